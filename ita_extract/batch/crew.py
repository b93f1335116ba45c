"""The parent's side of workers: each thread that hands out inputs has a process of its own, which it may kill.

A process is no thread's guest here, because only a process can be stopped while a native library hangs, and only a
process can crash alone. Each leads a process group, so that the programs it calls (Tesseract) end with it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from multiprocessing import Pipe
from pathlib import Path

import msgspec
import psutil

import ita_extract
from ita_extract.batch.settings import Outcome, Task, failed
from ita_extract.batch.worker import PAGE, READY
from ita_extract.errors import CrashError, ItaError, MemoryLimitError, TimeLimitError, WorkerError

CHECK = 0.25
"""Seconds between two looks at a worker's memory."""
START = 120
"""Seconds within which a worker must have loaded its libraries."""
RECYCLE = 1000
"""Inputs after which a worker is replaced, lest what libraries leak add up."""
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""Native libraries get one thread: files are read in parallel instead, which is faster."""


OnPage = Callable[[Path, int], None]
"""Told an input and the number of the page that is being read from its picture, from the worker's thread."""


class Crew:
    """Worker processes, one for each thread that calls `process`."""

    def __init__(self, on_page: OnPage = lambda path, number: None) -> None:
        self._on_page = on_page
        self._own = threading.local()
        self._lock = threading.Lock()
        self._workers: set[_Worker] = set()
        self._is_closed = False

    def process(self, task: Task) -> Outcome:
        """Extracts one input in the thread's worker. A worker that dies, hangs or swells is an outcome of its input.

        Raises WorkerError when no worker can be started.
        """
        started = time.perf_counter()
        worker = self._worker()
        try:
            return worker.do(task, self._on_page)
        except ItaError as error:
            self._dismiss(worker)
            return failed(task.path, error.code, str(error), error.remedy, time.perf_counter() - started)

    def close(self) -> None:
        """Ends all workers at once, whatever they do."""
        with self._lock:
            self._is_closed = True
            workers = list(self._workers)
        for worker in workers:
            worker.kill()

    def _worker(self) -> _Worker:
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is not None and not worker.is_fit():
            self._dismiss(worker)
            worker = None
        if worker is None:
            worker = self._own.worker = _Worker()
            with self._lock:
                self._workers.add(worker)
                is_closed = self._is_closed
            if is_closed:
                worker.kill()
            worker.wait_until_ready()
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        worker.kill()
        self._own.worker = None
        with self._lock:
            self._workers.discard(worker)


class _Worker:
    """One worker process and the pipe to it."""

    def __init__(self) -> None:
        self._pipe, theirs = Pipe()
        self._done = 0
        self._limit = 0
        self._ending = threading.Lock()
        self._is_ended = False
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
        package = str(Path(ita_extract.__file__).parents[1])
        paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ita_extract.batch.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                env={**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(paths)},
                start_new_session=True,
            )
        except OSError as error:
            raise WorkerError(f"no worker process can be started: {error}") from error
        finally:
            theirs.close()

    def wait_until_ready(self) -> None:
        """Returns when the libraries are loaded. Raises WorkerError."""
        try:
            if self._pipe.poll(START) and self._pipe.recv_bytes() == READY:
                self._watched = psutil.Process(self._process.pid)
                return
        except (EOFError, OSError, psutil.Error):
            pass
        self.kill()
        raise WorkerError(f"no worker process can be started: {self._last_words() or 'it did not answer'}")

    def do(self, task: Task, on_page: OnPage) -> Outcome:
        """The outcome of a task. Raises TimeLimitError, MemoryLimitError, CrashError; the worker is useless then."""
        limit = task.settings.max_memory * 2**20
        deadline = time.monotonic() + task.settings.timeout
        self._limit = limit
        self._log.seek(0)
        self._log.truncate()
        try:
            self._pipe.send_bytes(msgspec.msgpack.encode(task))
            answer = PAGE
            while answer.startswith(PAGE):
                while not self._pipe.poll(min(CHECK, max(0.0, deadline - time.monotonic()))):
                    if time.monotonic() >= deadline:
                        raise TimeLimitError(f"not finished after {task.settings.timeout} seconds")
                    if self._memory() > limit:
                        raise MemoryLimitError(f"took more than {task.settings.max_memory} MiB of memory")
                answer = self._pipe.recv_bytes()
                if answer.startswith(PAGE):
                    on_page(task.path, int(answer[len(PAGE) :]))
            outcome = msgspec.msgpack.decode(answer, type=Outcome)
        except (EOFError, OSError, psutil.NoSuchProcess) as error:
            raise CrashError(f"the process that read it died: {self._cause()}") from error
        self._done += 1
        return outcome

    def is_fit(self) -> bool:
        """Whether it may get another input: alive, not yet old, and it gave its memory back."""
        try:
            swollen = self._limit and self._watched.memory_info().rss > self._limit / 2
        except psutil.Error:
            return False
        return self._process.poll() is None and self._done < RECYCLE and not swollen

    def kill(self) -> None:
        """Ends it and the programs it has called."""
        with self._ending:
            if not self._is_ended:
                self._is_ended = True
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()

    def _memory(self) -> int:
        """Resident bytes of the worker and of the programs it has called."""
        total: int = self._watched.memory_info().rss
        for child in self._watched.children(recursive=True):
            with contextlib.suppress(psutil.Error):
                total += child.memory_info().rss
        return total

    def _cause(self) -> str:
        """How it ended, in words."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(2)
        self.kill()
        code = self._process.returncode
        if code < 0:
            return f"{signal.Signals(-code).name} ({signal.strsignal(-code)})"
        return self._last_words() or f"exit status {code}"

    def _last_words(self) -> str:
        """The last line that it or a library printed."""
        self._log.seek(0)
        lines = self._log.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1][:300] if lines else ""
