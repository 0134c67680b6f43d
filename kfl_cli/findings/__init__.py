"""Findings in a file: their places, rules, messages and remedies, and the formats in which they are reported."""
