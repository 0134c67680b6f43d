"""Answers to questions about a plan, as text, Markdown and JSON: what is ahead, what is open, what changed."""
