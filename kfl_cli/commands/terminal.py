"""Styles for terminals: colours and bold, if they are wanted."""

from __future__ import annotations

import os
import sys

import click


def color(*, err: bool = False) -> bool:
    """Return whether the stream is a terminal whose user wants colours (no-color.org)."""
    stream = sys.stderr if err else sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def bold(text: str) -> str:
    """Return a text in bold for standard output; as it is if no colours are wanted there."""
    return click.style(text, bold=True) if color() else text
