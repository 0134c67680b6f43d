"""The system around kfl: whole files and folders, signals, a local server, git. Nothing here knows what a plan is."""
