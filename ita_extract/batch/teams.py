"""Who extracts: processes of this machine, or those of a Dask cluster. Both are an Executor and a function for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from ita_extract import __version__
from ita_extract.batch.crew import Crew, OnPage
from ita_extract.batch.settings import Outcome, Task
from ita_extract.errors import MissingPackageError, WorkerError

PER_WORKER = 4
"""Inputs handed out per worker at a time: enough to keep it busy, few enough to keep memory flat."""
RETRIES = 3
CONNECT = 20
"""Seconds within which a cluster's scheduler must answer."""
REGISTER = 5
"""Seconds within which a first worker must be known to it."""


@dataclass(frozen=True, slots=True)
class Team:
    """An executor, the function to submit to it, and how many inputs to have out at a time."""

    executor: Executor
    process: Callable[[Task], Outcome]
    in_flight: int


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def local(jobs: int, on_page: OnPage) -> Iterator[Team]:
    """`jobs` processes of this machine. Leaving the block ends them, whatever they do."""
    crew = Crew(on_page)
    executor = ThreadPoolExecutor(jobs, thread_name_prefix="worker")
    try:
        yield Team(executor, crew.process, jobs * PER_WORKER)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        crew.close()
        executor.shutdown()


@contextmanager
def cluster(address: str) -> Iterator[Team]:
    """The workers of the Dask scheduler at `address` (`tcp://host:8786`). Each runs inputs in processes of its own.

    Inputs of a worker that dies are given to another.

    Raises:
        MissingPackageError: Dask is not installed.
        WorkerError: no scheduler answers, it has no workers, or they have another version of this package.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingPackageError("--cluster", "cluster") from error
    try:
        client = Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise WorkerError(f"no Dask scheduler answers at {address}: {error}", remedy=_START_ONE) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=REGISTER)
        except TimeoutError as error:
            raise WorkerError(f"the Dask scheduler at {address} has no workers", remedy=_START_ONE) from error
        versions = set(client.run(version).values())
        if versions != {__version__}:
            there = ", ".join(sorted(versions))
            remedy = "Install the same version everywhere: the archive is to be the same wherever it is made."
            raise WorkerError(f"the cluster has ita-extract {there}, this is {__version__}", remedy=remedy)
        executor = client.get_executor(pure=False, retries=RETRIES)
        yield Team(executor, process_there, sum(client.nthreads().values()) * PER_WORKER)


_START_ONE = "Start `dask scheduler` and, on each machine, `dask worker ADDRESS`; see docs/cluster.md."


def version() -> str:
    """The version of this package on the worker that this is called on."""
    return __version__


def process_there(task: Task) -> Outcome:
    """Extracts one input on the cluster's worker that this is called on."""
    return _crew().process(task)


@cache
def _crew() -> Crew:
    return Crew()
