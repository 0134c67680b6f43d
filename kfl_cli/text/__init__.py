"""Strings of any kind: cleaning them, comparing them, making them safe to show."""
