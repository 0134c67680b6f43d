"""The way in: ``kfl`` and ``python -m kfl_cli``."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
from contextlib import contextmanager
from io import BufferedWriter, RawIOBase, StringIO, TextIOWrapper
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> None:
    """Run the command line, with UTF-8 out whatever the locale says.

    An output that cannot be written (a full disk, a closed stream) is an error of the environment, exit code 2. Ctrl-C
    and a reader of the output that goes away end the run as they end other programs: 130 and 141 to the shell.
    """
    with short_run():
        _run()


@contextmanager
def short_run() -> Iterator[None]:
    """Switch the garbage collector off: a run is short and makes few cycles; collecting would cost a tenth of it."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # nor does the collection at exit look at what is left


def _run() -> None:
    _set_signals()
    sys.stderr = _stream(sys.stderr or StringIO())
    try:
        sys.stdout = _stream(sys.stdout)
        from kfl_cli.cli import cli  # noqa: PLC0415  after the streams are set up

        try:
            cli(prog_name="kfl")
        finally:
            sys.stdout.flush()
    except OSError as error:
        _give_up(1)
        try:
            sys.stderr.write(f"Error: {error.strerror or error}\n")
            sys.stderr.flush()
        except OSError:
            _give_up(2)
        sys.exit(2)


def _give_up(stream: int) -> None:
    """Discard what is still to be written to a stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)


def _set_signals() -> None:
    """Let Ctrl-C and a closed pipe end the process, as they do by default; Python makes exceptions of them."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def _stream(stream: TextIO | None) -> TextIO:
    """Return a stream that writes UTF-8, buffered: the raw one of ``python -u`` may write a part and report nothing.

    Raises OSError if the stream is closed.
    """
    if stream is None:
        raise OSError(errno.EBADF, "standard output is closed")
    if not isinstance(stream, TextIOWrapper):
        return stream
    if isinstance(stream.buffer, RawIOBase):
        stream = TextIOWrapper(BufferedWriter(stream.detach()), line_buffering=True)
    stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


if __name__ == "__main__":
    main()
