"""kfl: one plan file, checked and rendered for each of its readers.

Read the rooms in this order; each imports only from rooms before it:
``diagnostics`` → ``catalogue`` → ``source`` → ``words`` → ``dates`` → ``model`` → ``shape`` → ``load`` → ``resolve``
→ ``select`` → ``exports`` → ``commands``.
"""

__version__ = "0.1.0"
