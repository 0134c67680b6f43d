"""The plan in days: dates resolved, selections, upcoming occurrences, gaps, working days."""
