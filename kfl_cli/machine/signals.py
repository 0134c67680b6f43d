"""Deferring the signals that end a process, until what is being written is complete or undone."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ENDING = [number for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", None)) if number]


@contextmanager
def held() -> Iterator[Callable[[], None]]:
    """Defer SIGINT, SIGTERM and SIGHUP to the end of the block.

    Yield a function that ends the process between two steps of the block if a signal came. (An exception raised by a
    handler could strike anywhere, also between the making of a file and the note that it must be removed.) A signal
    that is ignored, as under nohup, stays so. Raises SystemExit, with 128 + the number of the first signal.
    """
    came: list[int] = []

    def end_if_asked() -> None:
        if came:
            sys.exit(128 + came[0])

    before = {number: signal.getsignal(number) for number in _ENDING}
    heard = {number: handler for number, handler in before.items() if handler not in (signal.SIG_IGN, None)}
    for number in heard:
        signal.signal(number, lambda number, _: came.append(number))
    try:
        yield end_if_asked
    finally:
        for number, handler in heard.items():
            signal.signal(number, handler)
        end_if_asked()
