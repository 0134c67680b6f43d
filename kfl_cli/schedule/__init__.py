"""The plan in days, and what can be asked of it."""
