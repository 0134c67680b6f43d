"""The way in: ``kfl`` and ``python -m kfl_cli``."""

from __future__ import annotations

import gc
import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command line, with UTF-8 out whatever the locale says."""
    gc.disable()  # one short run: what a plan's values would be traversed for again and again is given back at the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    from kfl_cli.cli import cli  # noqa: PLC0415  after the streams are set up

    cli(prog_name="kfl")


if __name__ == "__main__":
    main()
