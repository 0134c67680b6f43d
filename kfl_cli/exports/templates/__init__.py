"""The one Jinja environment, its sandbox, and a plan's own style sheet."""
