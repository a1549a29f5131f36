"""compare.py RADFEAT CASES [--python P] [--quick]: every table of README.md, side by side in one run."""
import argparse

from by_case import by_case
from by_class import by_class
from by_size import by_size
from by_type import by_type
from measure import NEEDED_FROM_S, NEEDED_TIMES, Bench
from start import start


def name_the_slow(found):
    slow = [f"{what} {times:.1f} times ({theirs:.2f} s)" for what, theirs, times in found if times < NEEDED_TIMES]
    print(f"\nLess than {NEEDED_TIMES} times faster where pyradiomics needs more than {1e3 * NEEDED_FROM_S:.0f} ms, of {len(found)} classes and "
          f"image types: {', '.join(slow) if slow else 'none'}")


def main():
    a = argparse.ArgumentParser()
    a.add_argument("radfeat")
    a.add_argument("cases")
    a.add_argument("--python", default="")
    a.add_argument("--repeat", type=int, default=5)
    a.add_argument("--quick", action="store_true", help="without what takes minutes")
    a = a.parse_args()
    bench = Bench(a.radfeat, a.cases, a.python, a.repeat, a.quick)
    found = by_class(bench, by_case(bench)) + by_type(bench)
    if bench.python:
        name_the_slow(found)
    by_size(bench)
    start(bench)


main()
