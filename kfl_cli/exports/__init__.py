"""A schedule to bytes, one module or room a format; nothing here reads the clock or writes a file."""
