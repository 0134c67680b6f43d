"""Jinja's sandbox, bounded in time and memory. A module of its own, since it loads Jinja."""

from __future__ import annotations

import ctypes
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.runtime import Context

LONGEST = 60.0
"""Seconds that a plan's own template may take."""


MOST_MEMORY = 512 * 1024**2
"""Bytes that it may take beyond those in use."""


_GRACE = 15.0
"""Seconds beyond those, after which the system ends a run that could not be stopped."""


_MOST_BITS, _MOST_ITEMS = 4096, 10_000_000
"""Most bits of a number, and most items of a text or a list, that one operation may make."""


class TooLongError(Exception):
    """A template takes longer than ``LONGEST``."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with a memo of safe attributes: whether one is safe depends on its type and name alone."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  Jinja's own
        """Make an environment with Jinja's options."""
        super().__init__(**options)
        self._known: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return whether a template may read an attribute."""
        key = (type(obj), attr)
        if key not in self._known:
            self._known[key] = super().is_safe_attribute(obj, attr, value)
        return self._known[key]

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401  Jinja's own
        """Multiply or raise to a power; refuse results whose making the bound in time could not interrupt."""
        match left, right:
            case int(), int():
                bits = left.bit_length() * right if operator == "**" else left.bit_length() + right.bit_length()
                if bits > _MOST_BITS:
                    raise OverflowError("the number is too large")
            case (int(times), (str() | list() | tuple()) as items) | ((str() | list() | tuple()) as items, int(times)):
                if times * len(items) > _MOST_ITEMS:
                    raise OverflowError("the text is too long")
        return super().call_binop(context, operator, left, right)


@contextmanager
def bounded(seconds: float = LONGEST, memory: int = MOST_MEMORY) -> Iterator[None]:
    """Bound what runs inside in time and, where the system can, in memory. Raises TooLongError or MemoryError.

    A thread of its own watches, since signals reach only the main one, and pages are served by others.
    """
    lock, thread = threading.Lock(), threading.get_ident()
    running = True

    def stop() -> None:
        with lock:
            if running:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TooLongError))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    _set_alarm(seconds + _GRACE)
    try:
        with _bounded_memory(memory):
            yield
    finally:
        _set_alarm(0)
        with lock:
            running = False
        timer.cancel()


def _set_alarm(seconds: float) -> None:
    """Let the system end the run, since some steps, such as comparing lists of lists, let no other thread run."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


@contextmanager
def _bounded_memory(memory: int) -> Iterator[None]:
    """Bound the memory of the process on Linux, where its size can be read."""
    if not sys.platform.startswith("linux"):
        yield
        return
    import resource  # noqa: PLC0415  not on every system
    from pathlib import Path  # noqa: PLC0415  only where memory is bounded

    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + memory
    ceilings = [limit for limit in (most, *before) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(ceilings), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
