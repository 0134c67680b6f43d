"""What readers have been given, and what has changed for them."""
