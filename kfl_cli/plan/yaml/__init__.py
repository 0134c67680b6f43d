"""Bytes to YAML nodes with places, and what is wrong where a file is not YAML."""
