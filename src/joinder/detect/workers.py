"""Several processes over a stream of batches, with the results in the order of the batches.

At most two batches per process are in flight, so memory stays bounded however long the stream is.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor

import pyarrow as pa

Kernel = Callable[[pa.RecordBatch], pa.RecordBatch]
_kernel: Kernel | None = None


def _start(kernel: Kernel) -> None:
    global _kernel
    _kernel = kernel


def _run(batch: pa.RecordBatch) -> pa.RecordBatch:
    if _kernel is None:
        raise RuntimeError("the worker process was not started with a kernel")
    return _kernel(batch)


def in_processes(kernel: Kernel, batches: Iterable[pa.RecordBatch], workers: int) -> Iterator[pa.RecordBatch]:
    """Every batch through `kernel` (picklable), lazily and in order; empty results are left out."""
    # Fresh processes: a fork would copy the threads of Arrow in an unknown state.
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[pa.RecordBatch]] = deque()
    with ProcessPoolExecutor(workers, context, initializer=_start, initargs=(kernel,)) as pool:
        for batch in batches:
            waiting.append(pool.submit(_run, batch))
            while len(waiting) >= 2 * workers:
                yield from _next(waiting)
        while waiting:
            yield from _next(waiting)


def _next(waiting: deque[Future[pa.RecordBatch]]) -> Iterator[pa.RecordBatch]:
    result = waiting.popleft().result()
    if result.num_rows:
        yield result
