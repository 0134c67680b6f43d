"""Schedules to bytes: one module a format, each a pure function; nothing here reads the clock or a file of its own."""
