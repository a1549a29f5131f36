"""A worker process: it is sent cases and sends back values. Its end is the end of one case only.

The worker is a program of its own (python -m radmill._isolated), not a fork: threads, locks and the
main module of the caller are none of its business."""

import pickle
import signal
import subprocess
import sys
import threading

from ._call import images_of
from ._case import Case, Here
from .errors import RadmillError, error_of

OUT_OF_MEMORY = 99  # status of a worker that had no memory for its case

class Isolated:
    """The caller's end."""

    def __init__(self, params, timeout_seconds=None, memory_mb=None):
        self.params, self.timeout_seconds, self.memory_mb = params, timeout_seconds, memory_mb
        self.process = None
        self.closed = False

    def _start(self):
        self.process = subprocess.Popen(
            [sys.executable, "-c", "import sys; sys.path[:] = %r; from radmill import _isolated; "
             "_isolated.serve(%r)" % (sys.path, self.memory_mb)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        pickle.dump(self.params, self.process.stdin)

    def _ask(self, message):
        if self.process is None:
            self._start()
        pickle.dump(message, self.process.stdin)
        self.process.stdin.flush()
        return pickle.load(self.process.stdout)

    def __call__(self, case):
        # A path is read over there; everything else becomes arrays here.
        late = []
        if not isinstance(case.image, (str, bytes)) and not hasattr(case.image, "__fspath__"):
            image, mask = images_of(case.image, case.mask, case.spacing, case.origin, case.direction)
            case = Case(image, mask, case.label)
        timer = threading.Timer(self.timeout_seconds or 0, self._too_late, [late])
        timer.daemon = True
        if self.timeout_seconds is not None:
            timer.start()
        try:
            code, said = self._ask(case._replace(id=None))
        except (EOFError, OSError, pickle.UnpicklingError):
            raise RadmillError(self._end(late)) from None
        finally:
            timer.cancel()
        if code == 0:
            return said
        raise error_of(code, said)

    def _too_late(self, late):
        late.append(True)
        if self.process:
            self.process.kill()

    def _end(self, late):
        """Why the process is no more; the next case gets a new one."""
        process, self.process = self.process, None
        try:
            status = process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        _close(process)
        if late:
            return f"took longer than {self.timeout_seconds:g} s"
        if self.closed:
            return "interrupted by the caller"
        if status == OUT_OF_MEMORY:
            return f"needs more memory than {self.memory_mb} MB" if self.memory_mb else "out of memory"
        if status < 0:
            return f"killed by signal {-status} ({signal.Signals(-status).name})"
        return f"its process ended with status {status}"

    def close(self):
        self.closed = True
        if self.process:
            self.process.kill()
            self.process.wait()
            _close(self.process)


def _close(process):
    for stream in (process.stdin, process.stdout):
        try:
            stream.close()
        except OSError:  # what was not sent to a process that is no more
            pass


# --- the other end ---


def _answer(here, case):
    try:
        return 0, here(case)
    except MemoryError:
        return 1, "out of memory"
    except Exception as e:
        return getattr(e, "code", 1), str(e) or type(e).__name__


def _limit(memory_mb):
    if memory_mb is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))


def serve(memory_mb=None):
    """Cases from stdin, values to stdout, until stdin ends. What code of others prints goes to stderr."""
    import os
    import warnings

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit(memory_mb)
    warnings.simplefilter("always")
    here = Here(pickle.load(sys.stdin.buffer), threading.Event())
    while True:
        try:
            case = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        except MemoryError:  # in the middle of the stream: nothing more can be read from it
            os._exit(OUT_OF_MEMORY)
        pickle.dump(_answer(here, case), answers)
        answers.flush()
