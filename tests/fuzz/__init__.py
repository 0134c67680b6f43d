"""Plans that nobody would write, and what must hold for any of them."""
