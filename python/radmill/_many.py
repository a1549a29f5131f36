"""Many cases: threads in this process, or processes of their own; a row for each, whatever happens."""

import os
import threading
import time
from typing import TYPE_CHECKING, Any, Iterable, List, Mapping, NamedTuple, Optional

from ._case import Here, case_of
from ._params import params_of
from ._result import Features
from .errors import RefusedError, UsageError

if TYPE_CHECKING:
    import pandas


class Row(NamedTuple):
    """What became of a case: state "ok", "skipped" (refused by a rule) or "failed", and why."""

    id: Any
    state: str
    reason: str
    features: Optional[Features]
    seconds: float


class Rows(List[Row]):
    """Rows in the order of the cases."""

    def to_frame(self, diagnostics: bool = False) -> "pandas.DataFrame":
        """A pandas.DataFrame: id, state, reason, and a column for each feature (NaN where the case
        did not come to it)."""
        import pandas

        def cells(row):
            head = {"id": row.id, "state": row.state, "reason": row.reason}
            if row.features is None:
                return head
            return {**head, **(row.features.diagnostics if diagnostics else {}), **row.features}

        # Columns come from rows that hold values: a failed one must not decide their order.
        frame = pandas.DataFrame([cells(row) for row in self])
        return frame if len(self) else pandas.DataFrame(columns=["id", "state", "reason"])


def _row(case, worker) -> Row:
    begun = time.monotonic()
    state, reason, values = "ok", "", None
    try:
        values = worker(case)
    except RefusedError as e:
        state, reason = "skipped", str(e)
    except KeyboardInterrupt as e:  # the call was ended because all of them are
        state, reason = "failed", str(e)
    except Exception as e:
        state, reason = "failed", str(e) or type(e).__name__
    return Row(case.id, state, reason, values, time.monotonic() - begun)


def _bar(progress, total):
    """tqdm's bar where it is installed and wanted, and what closes it."""
    if progress:
        try:
            from tqdm.auto import tqdm
        except ImportError:
            pass
        else:
            bar = tqdm(total=total, unit="case")
            return bar.update, bar.close
    return lambda n: None, lambda: None


def _cores():
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def extract_many(cases: Iterable[Any], params: Any = None, *, jobs: Optional[int] = None,
                 isolate: bool = False, timeout_seconds: Optional[float] = None,
                 memory_mb: Optional[int] = None, progress: bool = True,
                 profile: Optional[str] = None, preset: Optional[str] = None,
                 settings: Optional[Mapping[str, Any]] = None) -> Rows:
    """Features of many cases: one Row for each, in their order; a case that fails is a row, too.

    cases     (image, mask), (image, mask, label), mappings of Case's fields, or Case
    jobs      cases at a time; None: as many as there are cores
    isolate   each worker is a process of its own: a case that crashes, runs longer than
              timeout_seconds or needs more than memory_mb takes nothing with it
    progress  a bar, where tqdm is installed

    params, profile, preset, settings as for radmill.extract; they are read once, and errors in them
    are raised. Ctrl-C ends all cases.
    """
    made = params_of(params, profile, preset, settings)
    listed = [case_of(case, i) for i, case in enumerate(cases)]
    if jobs is not None and jobs < 1:
        raise UsageError(f"jobs={jobs}: at least 1")
    if not isolate and (timeout_seconds is not None or memory_mb is not None):
        raise UsageError("timeout_seconds and memory_mb need isolate=True")
    stop = threading.Event()

    def worker():
        if not isolate:
            return Here(made, stop)
        from ._isolated import Isolated  # late: subprocess is not needed by those who isolate nothing

        return Isolated(made, timeout_seconds, memory_mb)

    return _run(listed, worker, min(jobs or _cores(), max(1, len(listed))), stop, progress)


def _run(cases, make_worker, jobs, stop, progress) -> Rows:
    own = threading.local()
    workers: List[Any] = []

    def one(case):
        if not hasattr(own, "worker"):
            own.worker = make_worker()
            workers.append(own.worker)
        row = _row(case, own.worker)
        update(1)
        return row

    from concurrent.futures import ThreadPoolExecutor

    update, close = _bar(progress, len(cases))
    pool = ThreadPoolExecutor(jobs)
    futures = [pool.submit(one, case) for case in cases]
    try:
        return Rows(future.result() for future in futures)
    except BaseException:
        stop.set()
        for future in futures:
            future.cancel()
        raise
    finally:
        for worker in list(workers):
            worker.close()
        pool.shutdown(wait=True)
        close()
