"""Compares radfeat with pyradiomics on random cases. See README.md beside this file."""
import argparse
import functools
import os
import sys
import time

import baseline  # noqa: F401 (first: NumPy reads what it sets)
import extract
import workers


class Summary:
    def __init__(self, total):
        self.total, self.began = total, time.monotonic()
        self.done = self.refused = self.values = self.differences = 0
        self.differing, self.worst, self.excepted, self.seconds = [], {}, {}, {}

    def add(self, r):
        self.done += 1
        self.refused += r["refused"]
        self.values += r["values"]
        self.seconds[r["case"]] = r["seconds"]
        self.differences += len(r["wrong"])
        if r["wrong"]:
            self.differing.append(r["case"])
        for k, v in r["worst"].items():
            if k not in self.worst or v[0] > self.worst[k][0][0]:
                self.worst[k] = (v, r["case"])
        for reason, count in r["excepted"].items():
            self.excepted.setdefault(reason, []).append((r["case"], count))

    def progress(self):
        return f"{self.done} of {self.total} cases, {len(self.differing)} differ, {time.monotonic() - self.began:.0f} s"

    def print(self):
        for k in sorted(self.worst):
            v, n = self.worst[k]
            print(f"{k:34s} {v[0]:9.2e}  case {n:5d}  {v[1]} {v[2]!r} {v[3]!r}")
        for reason, uses in sorted(self.excepted.items()):
            print(f"excepted {sum(c for _, c in uses)} values in {len(uses)} cases {[n for n, _ in sorted(uses)][:10]}: {reason}")
        slowest = sorted(self.seconds, key=self.seconds.get)[:-6:-1]
        print("slowest:", ", ".join(f"case {n} {self.seconds[n]:.1f} s" for n in slowest))
        if self.differing:
            print("differing:", *sorted(self.differing))
        print(f"{self.done} cases ({self.refused} refused by both), {self.values} values, {len(self.differing)} cases with differences,"
              f" {self.differences} differences, {sum(len(u) for u in self.excepted.values())} cases with exceptions")


def show(result, most):
    for name, a, b in result["wrong"][:most]:
        print(f"WRONG case {result['case']}: {name}\n    pyradiomics {a}\n    radfeat     {b}")
    if len(result["wrong"]) > most:
        print(f"WRONG case {result['case']}: {len(result['wrong']) - most} more")
    sys.stdout.flush()


def arguments():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--radfeat", default="bin/radfeat")
    p.add_argument("--cases", type=int, default=200)
    p.add_argument("--from", type=int, default=0, dest="first", metavar="N", help="number of the first case")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--jobs", type=int, default=1)
    p.add_argument("--maps", action="store_true", help="all cases are of voxel mode, with kernels up to radius 3")
    p.add_argument("--case", type=int, metavar="N", help="only this one")
    p.add_argument("--keep", metavar="DIR", help="leave the files of the case there")
    p.add_argument("--show", type=int, default=8, help="differences to print of each case")
    return p.parse_args()


def main():
    a = arguments()
    numbers = [a.case] if a.case is not None else range(a.first, a.first + a.cases)
    summary, told = Summary(len(numbers)), time.monotonic()
    do = functools.partial(extract.run, a.seed, radfeat=os.path.abspath(a.radfeat), keep=a.keep, only_maps=a.maps)
    for result in workers.results(numbers, a.jobs, do):
        if result:
            summary.add(result)
            show(result, a.show)
        if result and result["wrong"] or time.monotonic() - told > 10:
            told = time.monotonic()
            print(summary.progress(), file=sys.stderr, flush=True)
    summary.print()
    sys.exit(bool(summary.differing))


if __name__ == "__main__":
    main()
