"""Image types, each alone: pyradiomics' own generators beside radfeat's filters."""
import os
import re
from math import prod

from measure import HERE, NEEDED_FROM_S, ratio, row, settings, table

TYPES_YAML = os.path.join(HERE, "types.yaml")
CASES = ["lung", "ph", "syn"]
LONG = {"syn"}


def box_voxels(diagnostics):
    """types.yaml resamples: both filter what resampling leaves, the ROI's box and its margin."""
    return prod(int(n) for n in re.findall(r"\d+", str(diagnostics["diagnostics_Image-interpolated_Size"])))


def by_type(bench):
    """Prints the table -> (what, pyradiomics' seconds, ratio) of every image type that pyradiomics needs time for."""
    table("case", "image type", "pyradiomics s", "radfeat s", "ns a voxel of the box", "times faster")
    found = []
    for case in CASES:
        files = bench.case(case)
        if not files or bench.quick and case in LONG:
            continue
        mine = bench.mine(files, settings(TYPES_YAML))[2]
        peer = bench.peer(files, TYPES_YAML, "types")
        voxels = box_voxels(bench.diagnostics(files, settings(TYPES_YAML)))
        for name in [n for n in mine if n[0].isupper()]:
            theirs = peer[2][name] if peer else 0
            shown = (f"{theirs:.3f}", f"{ratio(theirs, mine[name]):.0f}") if peer else ("", "")
            row(case, name, shown[0], f"{mine[name]:.4f}", f"{1e9 * mine[name] / voxels:.1f}", shown[1])
            if theirs > NEEDED_FROM_S:
                found.append((f"{name} ({case})", theirs, ratio(theirs, mine[name])))
    return found
