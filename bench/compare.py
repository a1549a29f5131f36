"""compare.py RADFEAT CASES PARAMS [--python P]: seconds, peak memory and ratios, side by side."""
import argparse
import json
import os
import subprocess
import tempfile

PAIRS = [("lung", "lung.nii", "lung_m.nii"), ("ph", "ph.nii", "ph_m.nii"), ("syn", "syn.nii", "syn_m.nii"), ("right", "lung.nii", "right_m.nii")]
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS": "1"}

# Run inside the Python that has pyradiomics: seconds by class, as its own calls take them.
PEER = r"""
import json, logging, sys, time
import radiomics
from radiomics import featureextractor, imageoperations
radiomics.logger.setLevel(logging.ERROR)
image, mask, params = sys.argv[1:4]
seconds = {}
def timed(name, method):
    def call(*a, **k):
        t = time.perf_counter()
        try:
            return method(*a, **k)
        finally:
            seconds[name] = seconds.get(name, 0) + time.perf_counter() - t
    return call
for name, cls in radiomics.getFeatureClasses().items():
    cls.__init__ = timed(name, cls.__init__)
    cls.execute = timed(name, cls.execute)
extractor = featureextractor.RadiomicsFeatureExtractor(*([] if params == "-" else [params]))
extractor.execute(image, mask)
print(json.dumps(seconds))
"""


def run(command):
    """-> seconds of processor time (the neighbours of a shared machine move wall time far more), peak MB, output"""
    env = dict(os.environ, **ONE_CORE)
    with tempfile.TemporaryFile() as out:
        p = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=env)
        _, status, usage = os.wait4(p.pid, 0)
        seconds = usage.ru_utime + usage.ru_stime
        p.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode()
    if p.returncode:
        raise SystemExit(f"{command[0]} ended with {p.returncode}")
    return seconds, usage.ru_maxrss / 1024, text


def best(command, times):
    results = [run(command) for _ in range(times)]
    return min(r[0] for r in results), max(r[1] for r in results), results[-1][2]


def by_class(radfeat, image, mask, params):
    """Seconds by class as radfeat's own clock prints them (--timings)."""
    p = subprocess.run([radfeat, image, mask, *params, "--timings", "-", "-o", os.devnull], capture_output=True, text=True, env=dict(os.environ, **ONE_CORE))
    return json.loads(p.stdout) if p.returncode == 0 else {}


def main():
    a = argparse.ArgumentParser()
    a.add_argument("radfeat")
    a.add_argument("cases")
    a.add_argument("ct")
    a.add_argument("--python", default="")
    a.add_argument("--repeat", type=int, default=5)
    a = a.parse_args()
    print("| case | settings | pyradiomics s | MB | radfeat s | MB | times faster | memory ratio |\n|---|---|---|---|---|---|---|---|")
    classes = []
    for name, image, mask in PAIRS:
        image, mask = os.path.join(a.cases, image), os.path.join(a.cases, mask)
        if not (os.path.exists(image) and os.path.exists(mask)):
            continue
        for label, params in (("ct.yaml", a.ct), ("default", "-")):
            options = [] if params == "-" else ["--params", params]
            mine = best([a.radfeat, image, mask, *options], a.repeat)
            peer = run([a.python, "-c", PEER, image, mask, params]) if a.python else (float("nan"), float("nan"), "{}")
            print(f"| {name} | {label} | {peer[0]:.1f} | {peer[1]:.0f} | {mine[0]:.3f} | {mine[1]:.0f} | {peer[0] / mine[0]:.0f} | {peer[1] / mine[1]:.1f} |", flush=True)
            classes.append((name, label, json.loads(peer[2]), by_class(a.radfeat, image, mask, options)))
    print("\n| case | settings | class | pyradiomics s | radfeat s | times faster |\n|---|---|---|---|---|---|")
    for name, label, theirs, ours in classes:
        for key in sorted(theirs):
            if key in ours and theirs[key] > 0.05:
                print(f"| {name} | {label} | {key} | {theirs[key]:.3f} | {ours[key]:.4f} | {theirs[key] / max(ours[key], 1e-9):.0f} |")


main()
