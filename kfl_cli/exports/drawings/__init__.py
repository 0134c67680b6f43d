"""The year wheel and the timeline: their layout as plain numbers, and the drawing as SVG."""
