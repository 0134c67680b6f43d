"""Every rule that kfl knows, a file for each hundred of codes."""
