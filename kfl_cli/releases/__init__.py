"""Releases: the ledger of what was published, and the changes since then for each reader."""
