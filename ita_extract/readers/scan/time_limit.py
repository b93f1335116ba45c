"""A time limit for one page: a picture that takes for ever costs its page, not the file.

A timer wakes the main thread by a signal, so the limit holds where pages are read: in the main thread of a worker, or
of a program of the user's. In other threads, and where the system knows no such signals, there is none; the limit for
the whole file, which needs no help of this process, holds everywhere. A native library is interrupted when it returns.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from ita_extract.errors import TimeLimitError

_SIGNAL = getattr(signal, "SIGUSR1", None)
_running: list[float] = []
"""The limit that runs now, in seconds; none when a signal comes too late."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Runs a block for so long at most. Raises TimeLimitError."""
    if _SIGNAL is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    # The handler stays: without one, a signal that comes after the block would end the process.
    signal.signal(_SIGNAL, _stop)
    timer = threading.Timer(seconds, signal.pthread_kill, (threading.get_ident(), _SIGNAL))
    timer.daemon = True
    _running.append(seconds)
    timer.start()
    try:
        yield
    finally:
        _running.pop()
        timer.cancel()


def _stop(_number: int, _frame: FrameType | None) -> None:
    if _running:
        remedy = "Read the file again with a longer --page-timeout, or scan the page at 300 dots per inch."
        raise TimeLimitError(f"not read after {_running[-1]:g} seconds", remedy=remedy)
