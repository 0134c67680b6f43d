"""The formats of findings: for people, for programs, for GitHub and for code scanners. Nothing here prints."""
