"""What every table of the bench is measured with: processor time of one process on one core."""
import json
import os
import subprocess
import tempfile
import time

ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS": "1"}
HERE = os.path.dirname(os.path.abspath(__file__))
CT = os.path.join(HERE, "ct.yaml")
CASES = {"lung": ("lung.nii", "lung_m.nii"), "ph": ("ph.nii", "ph_m.nii"), "syn": ("syn.nii", "syn_m.nii"), "right": ("lung.nii", "right_m.nii")}
NEEDED_TIMES = 10  # of every class and image type for which pyradiomics needs more than:
NEEDED_FROM_S = 0.05


def run(command):
    """-> seconds of processor time (the neighbours of a shared machine move wall time far more), peak MB, output"""
    env = dict(os.environ, **ONE_CORE)
    with tempfile.TemporaryFile() as out:
        p = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=env)
        _, status, usage = os.wait4(p.pid, 0)
        p.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode()
    if p.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {p.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text


def wall_ms(command, times):
    """-> milliseconds from start to end, ascending"""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        taken.append(1e3 * (time.perf_counter() - start))
    return sorted(taken)


class Bench:
    """The program under test, where the cases are, and the Python that has pyradiomics ("": none)."""

    def __init__(self, radfeat, folder, python, repeat, quick):
        self.radfeat, self.folder, self.python, self.repeat, self.quick = radfeat, folder, python, repeat, quick

    def case(self, name):
        """-> paths of image and mask, or None where the case could not be made"""
        paths = [os.path.join(self.folder, f) for f in CASES[name]]
        return paths if all(map(os.path.exists, paths)) else None

    def mine(self, files, options=()):
        """-> least seconds, peak MB and least seconds by stage, class and image type (--timings)"""
        results = [run([self.radfeat, *files, *options, "--timings", "-", "-o", os.devnull]) for _ in range(self.repeat)]
        laps = [json.loads(r[2]) for r in results]
        return min(r[0] for r in results), max(r[1] for r in results), {k: min(lap[k] for lap in laps) for k in laps[0]}

    def peer(self, files, params, what):
        """pyradiomics' own calls (peer.py) -> seconds, peak MB, seconds by name; None without pyradiomics"""
        if not self.python:
            return None
        seconds, mb, text = run([self.python, os.path.join(HERE, "peer.py"), *files, params or "-", what])
        return seconds, mb, json.loads(text.splitlines()[-1])

    def diagnostics(self, files, options=()):
        return json.loads(run([self.radfeat, *files, *options, "-f", "json"])[2])


def settings(params):
    """The options of radfeat for a parameter file, None: pyradiomics' defaults."""
    return ["--params", params] if params else []


def ratio(theirs, ours):
    return theirs / max(ours, 1e-9)


def table(*titles):
    print("\n| " + " | ".join(titles) + " |\n" + "|---" * len(titles) + "|")


def row(*cells):
    print("| " + " | ".join(str(c) for c in cells) + " |", flush=True)
