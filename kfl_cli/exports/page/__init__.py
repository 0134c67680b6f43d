"""The HTML page, and the PDF that is made of it."""
