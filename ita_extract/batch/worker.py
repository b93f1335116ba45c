"""The process that extracts inputs, one after the other, as its parent hands them over a pipe.

Started as `python -m ita_extract.batch.worker FILE_DESCRIPTOR`. It ends when the parent is gone.
"""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing.connection import Connection

import msgspec

from ita_extract.batch.settings import Task

READY = b"ready"
PAGE = b"page "
"""What a message begins with that tells the number of the page which is being read; outcomes never do."""
GRACE = 5
"""Seconds over the time limit after which the system ends a worker whose parent did not: it is gone too."""


def main() -> None:
    """Works until the pipe is closed."""
    os.environ.setdefault("PYTHAINLP_OFFLINE", "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import cv2

    from ita_extract.batch.work import process

    cv2.setNumThreads(1)
    connection: Connection[bytes, bytes] = Connection(int(sys.argv[1]))
    decoder, encoder = msgspec.msgpack.Decoder(Task), msgspec.msgpack.Encoder()
    try:
        connection.send_bytes(READY)
        while True:
            task = decoder.decode(connection.recv_bytes())
            # Without a handler of Python's this ends the process even while a native library hangs.
            signal.alarm(task.settings.timeout + GRACE)
            outcome = process(task, lambda number: connection.send_bytes(PAGE + str(number).encode()))
            signal.alarm(0)
            connection.send_bytes(encoder.encode(outcome))
    except (EOFError, OSError):
        return


if __name__ == "__main__":
    main()
