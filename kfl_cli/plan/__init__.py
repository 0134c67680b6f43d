"""Reading a plan file: from bytes to a ``Plan`` of typed values, with their places in the file."""
