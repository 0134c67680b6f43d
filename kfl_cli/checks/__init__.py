"""Rules that judge a plan that can be read: each a small generator of findings."""
