"""Time and memory against the voxels of the ROI: balls of 10^4 to 10^7 voxels in a box that just holds them.

The exponent is that of time without the start. Below 1 are the parts that grow with the surface or with the grey levels;
the line a + b voxels says what they amount to."""
import os
from math import log

from measure import CT, row, table

SIZES = [10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000]
START = 100  # a ball so small that what remains is the start, the parameters and what every matrix costs
LONG_FROM = 3_000_000
SETTINGS = [("default", []), ("ct.yaml, not resampled", ["--params", CT, "--setting", "resampledPixelSpacing="])]
NEGLIGIBLE_S = 1e-3  # of the largest ball: not worth a line


def files_of(bench, voxels):
    return [os.path.join(bench.folder, f"ball_{voxels}{suffix}.nii") for suffix in ("", "_m")]


def power_law(voxels, seconds):
    """Least squares of log(seconds) on log(voxels) -> exponent"""
    x, y = [log(n) for n in voxels], [log(max(s, 1e-9)) for s in seconds]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / sum((a - mean_x) ** 2 for a in x)


def line(voxels, seconds):
    """Least squares of the relative deviations from a + b voxels -> a in seconds, b in seconds a voxel, the worst of them"""
    u, v = [1 / s for s in seconds], [n / s for n, s in zip(voxels, seconds)]
    uu, uv, vv, su, sv = sum(a * a for a in u), sum(a * b for a, b in zip(u, v)), sum(b * b for b in v), sum(u), sum(v)
    fixed, slope = (su * vv - sv * uv) / (uu * vv - uv * uv), (sv * uu - su * uv) / (uu * vv - uv * uv)
    return fixed, slope, max(abs(fixed * a + slope * b - 1) for a, b in zip(u, v))


def print_fit(name, voxels, seconds, start_s):
    fixed, slope, worst = line(voxels, seconds)
    exponent = power_law(voxels, [s - start_s for s in seconds])
    row(name, *(f"{1e9 * (s - start_s) / n:.1f}" for s, n in zip(seconds, voxels)), f"{exponent:.2f}",
        f"{1e3 * fixed:.1f} ms + {1e9 * slope:.1f} ns", f"{100 * worst:.0f} %")


def by_size(bench):
    sizes = [n for n in SIZES if os.path.exists(files_of(bench, n)[0]) and not (bench.quick and n >= LONG_FROM)]
    for label, options in SETTINGS:
        start_s, start_mb, start_laps = bench.mine(files_of(bench, START), options)
        runs = [bench.mine(files_of(bench, n), options) for n in sizes]
        print(f"\nBalls, {label}: nanoseconds a ROI voxel without the start ({1e3 * start_s:.1f} ms and {start_mb:.1f} MB for {START} voxels)", end="")
        table("", *(f"{n:.0e}" for n in sizes), "exponent", "line", "worst deviation from it")
        print_fit("whole process", sizes, [r[0] for r in runs], start_s)
        for name in runs[0][2]:
            if runs[-1][2][name] > NEGLIGIBLE_S:
                print_fit(name, sizes, [r[2][name] for r in runs], start_laps.get(name, 0))
        row("memory, bytes", *(f"{(r[1] - start_mb) * 2**20 / n:.1f}" for r, n in zip(runs, sizes)), "", "", "")
