"""Strings, whatever they are of: cleaned, compared, made safe to show."""
