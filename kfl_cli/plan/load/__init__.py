"""Nodes to a plan: every value checked for its shape, every reference for what it names, every date read."""
