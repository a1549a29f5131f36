"""threads.py RADFEAT CASES [--data DIR] [--threads "1 2"] [--runs N] [--under COMMAND]

Several threads on one region: wall time from start to written row or maps, numbers of threads in turns, medians; peak memory; and whether
the bytes are those of one thread. Maps are written to memory where there is /dev/shm: what the disk takes to flush a hundred files says nothing
of threads. --under: a command in front of each run, such as "chrt -f 1" on a machine with other work."""
import argparse
import gzip
import os
import shutil
import statistics
import subprocess
import tempfile
import time

from measure import CASES, CT, row, table

BRAIN, RADII = ("brain1_image.nrrd", "brain1_label.nrrd"), (1, 2, 3)
NEEDED = {"lung": 1.6, "syn": 1.7, "right": 1.7, "maps": 1.9}
MOST_MEMORY = 1.6


def works(o):
    """-> name, what is needed on two threads, files, options"""
    for name in ("lung", "ph", "syn", "right"):
        files = [os.path.join(o.cases, f) for f in CASES[name]]
        if all(map(os.path.exists, files)):
            yield name, NEEDED.get(name), files, ["-p", CT]
    brain = [os.path.join(o.data, "pyradiomics", f) for f in BRAIN]
    lung = [os.path.join(o.cases, f) for f in CASES["lung"]]
    for name, files, radii in ("brain1", brain, RADII), ("lung", lung, (1,)):
        for radius in radii if all(map(os.path.exists, files)) else ():
            yield f"maps of {name}, radius {radius}", NEEDED["maps"], files, ["--mode", "voxel", "-s", f"kernelRadius={radius}"]


def run(command):
    """-> seconds of wall time, peak MB"""
    start = time.perf_counter()
    p = subprocess.Popen(command)
    _, status, usage = os.wait4(p.pid, 0)
    seconds = time.perf_counter() - start
    p.returncode = os.waitstatus_to_exitcode(status)
    if p.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {p.returncode}")
    return seconds, usage.ru_maxrss / 1024


def content(path):
    """Maps uncompressed: once in some thousand maps ISA-L takes another of two equal matches, with one thread, too."""
    with open(path, "rb") as f:
        data = f.read()
    header, end, voxels = data.partition(b"\n\n")
    return header + gzip.decompress(voxels) if path.endswith(".nrrd") else data


def same_bytes(a, b):
    names = sorted(os.listdir(a))
    return names == sorted(os.listdir(b)) and all(content(os.path.join(a, n)) == content(os.path.join(b, n)) for n in names)


def measure(o, folder, files, options):
    """-> by number of threads: median seconds, peak MB; and whether all wrote the same"""
    seconds, peak, same = {n: [] for n in o.threads}, {n: 0 for n in o.threads}, True
    first = os.path.join(folder, "first")
    shutil.rmtree(first, ignore_errors=True)
    for _ in range(o.runs):
        for n in o.threads:
            out = os.path.join(folder, "out")
            os.mkdir(out)
            where = ["--out-dir", "."] if "voxel" in options else []
            s, mb = run([*o.under, "env", "-C", out, o.radfeat, *files, *options, *where, "--threads", str(n), "-o", "row.csv"])
            seconds[n].append(s)
            peak[n] = max(peak[n], mb)
            if not os.path.exists(first):
                os.rename(out, first)
                continue
            same = same_bytes(first, out) and same
            shutil.rmtree(out)
    return {n: statistics.median(s) for n, s in seconds.items()}, peak, same


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("radfeat", type=os.path.abspath)
    parser.add_argument("cases", type=os.path.abspath)
    parser.add_argument("--data", type=os.path.abspath, default="")
    parser.add_argument("--threads", type=lambda text: [int(n) for n in text.split()], default=[1, 2])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--under", type=str.split, default=[])
    o = parser.parse_args()
    table("case", "threads", "s", "times faster", "needed", "MB", "of one thread", "bytes")
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        for name, needed, files, options in works(o):
            seconds, peak, same = measure(o, folder, files, options)
            one = o.threads[0]
            for n in o.threads:
                faster, memory = seconds[one] / seconds[n], peak[n] / peak[one]
                ask = "" if n != 2 or not needed else f"{needed}: {'met' if faster >= needed else 'MISSED'}"
                most = "" if n == one else f"{memory:.2f}{'' if n != 2 or memory <= MOST_MEMORY else ' MISSED'}"
                row(name, str(n), f"{seconds[n]:.3f}", f"{faster:.2f}", ask, f"{peak[n]:.0f}", most, "same" if same else "DIFFERENT")


main()
