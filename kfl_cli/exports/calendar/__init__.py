"""iCalendar files: events, to-dos, time zones."""
