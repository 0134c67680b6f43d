"""From nodes to a ``Plan``: values are checked for their shape, references are resolved, dates are read."""
