"""Processor time of the shipped library beside the native one, and of `import radmill` beside numpy:
the least of several runs each, in processes of their own. More runs where others disturb."""

import os
import subprocess
import sys

MEASURE = """
import time, numpy
begun = time.process_time()
import radmill
imported = time.process_time() - begun
from radmill import selftest
image, mask = (numpy.tile(a, (2, 3, 3)) for a in selftest.case())
params = radmill.Params(selftest.PARAMS)
best = 1e9
for _ in range(5):
    begun = time.process_time()
    radmill.extract(image, mask, params)
    best = min(best, time.process_time() - begun)
print(best, imported)
"""


def measure(library):
    env = dict(os.environ, RADMILL_LIBRARY=library)
    out = subprocess.run([sys.executable, "-c", MEASURE], env=env, stdout=subprocess.PIPE, check=True)
    return [float(x) for x in out.stdout.split()]


def main():
    runs = {"native": [], "shipped": []}
    for run in range(20):
        runs["native"].append(measure(os.environ["RADMILL_NATIVE"]))
        runs["shipped"].append(measure(os.environ["RADMILL_SHIPPED"]))
        native, shipped = (min(r[0] for r in runs[name]) for name in ("native", "shipped"))
        imported = min(r[1] for r in runs["shipped"])
        good = shipped <= 1.2 * native and imported < 0.030
        if run >= 4 and good:
            break
    print(f"speed: {shipped * 1e3:.1f} ms, native {native * 1e3:.1f} ms: {shipped / native:.2f} times; "
          f"import beside numpy: {imported * 1e3:.1f} ms")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
