"""Whether colours are wanted."""

from __future__ import annotations

import os
import sys


def color(*, err: bool = False) -> bool:
    """Return whether the stream is a terminal whose user wants colours (no-color.org)."""
    stream = sys.stderr if err else sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
