"""The year wheel and the timeline, as plain numbers and as SVG."""
