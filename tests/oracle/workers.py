"""Processes that do many cases each; one that crashes or hangs costs its case, not the run."""
import multiprocessing
import multiprocessing.connection
import time

CASE_SECONDS = 300


def lost(number, why):
    return {"case": number, "values": 0, "worst": {}, "wrong": [("lost", f"pyradiomics' process {why}", "")], "excepted": {},
            "refused": False, "seconds": CASE_SECONDS}


def serve(pipe, do):
    while True:
        pipe.send(do(pipe.recv()))


class Worker:
    def __init__(self, do):
        self.do, self.number, self.since = do, None, 0
        self.start()

    def start(self):
        self.pipe, far = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=serve, args=(far, self.do), daemon=True)
        self.process.start()
        far.close()

    def give(self, number):
        self.number, self.since = number, time.monotonic()
        self.pipe.send(number)

    def take(self):
        """The result of the case under way, or None while there is none."""
        number = self.number
        try:
            if self.pipe.poll():
                self.number = None
                return self.pipe.recv()
            if time.monotonic() - self.since < CASE_SECONDS:
                return None
            why = f"gave nothing for {CASE_SECONDS} s"
        except EOFError:
            why = None
        self.process.kill()
        self.process.join()
        why = why or f"ended with {self.process.exitcode}"
        self.number = None
        self.start()
        return lost(number, why)


def results(numbers, jobs, do):
    """Yields do(number) for each number, in the order in which they end, and now and then None."""
    waiting = iter(numbers)
    workers = [Worker(do) for _ in range(jobs)]
    for w in workers:
        hand_out(w, waiting)
    while busy := [w for w in workers if w.number is not None]:
        multiprocessing.connection.wait([w.pipe for w in busy], timeout=5)
        for w in busy:
            result = w.take()
            if result:
                hand_out(w, waiting)
                yield result
        yield None
    for w in workers:
        w.process.kill()


def hand_out(worker, waiting):
    number = next(waiting, None)
    if number is not None:
        worker.give(number)
