"""Rules for a plan that can be read: each a small generator of findings."""
