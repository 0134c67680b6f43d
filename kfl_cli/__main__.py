"""The way in: ``kfl`` and ``python -m kfl_cli``."""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command line, with UTF-8 out whatever the locale says.

    An output that cannot be written (a full disk, a closed stream) is an error of the environment, exit code 2.
    """
    gc.disable()  # one short run: what a plan's values would be traversed for again and again is given back at the end
    if sys.stdout is None:
        sys.stderr.write("Error: standard output is closed\n")
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        from kfl_cli.cli import cli  # noqa: PLC0415  after the streams are set up

        try:
            cli(prog_name="kfl")
        finally:
            gc.freeze()  # and what lives to the end is not searched for garbage on the way out
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is still buffered has nowhere to go
        sys.stderr.write(f"Error: {error.strerror}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
