"""From bytes to YAML nodes with their places, and findings for a file that is not YAML."""
