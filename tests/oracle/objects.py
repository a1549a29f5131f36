"""radmill.radiomics beside pyradiomics 3.0.1 through Python objects: names, order, types and values of random cases.

    PYTHONPATH=python RADMILL_LIBRARY=build/python/libradmill-python.so python3 tests/oracle/objects.py --cases 200 [--seed 1]
"""
import baseline  # noqa: F401 (first: NumPy reads what it sets)
import argparse
import logging
import sys
import warnings

import draw
import exceptions
import judge
import numpy as np
import roundoff
import SimpleITK as sitk

import radiomics
from radiomics import featureextractor as theirs
from radmill.radiomics import featureextractor as ours

radiomics.logger.setLevel(logging.CRITICAL)
roundoff.watch()


def outcome(module, case):
    """What an extractor gives, or the kind of its refusal."""
    sitk.ProcessObject.SetGlobalDefaultCoordinateTolerance(1e-6)
    sitk.ProcessObject.SetGlobalDefaultDirectionTolerance(1e-6)
    roundoff.watched.clear()
    try:
        row = module.RadiomicsFeatureExtractor(case.params).execute(case.image, case.mask, label=case.label,
                                                                    voxelBased=case.voxel)
    except Exception as e:
        return None, e
    if module is theirs:
        case.eigenvalues = dict(zip((k for k in row if k.endswith("_MCC")), roundoff.watched))
    return row, None


def kind(value):
    if isinstance(value, tuple):
        return (tuple,) + tuple(type(v) for v in value)
    return type(value), getattr(value, "dtype", None), getattr(value, "shape", None)


def diagnostics_differ(name, a, b):
    if isinstance(a, (str, dict)):
        return str(a) != str(b)
    return not np.allclose(np.array(a, float), np.array(b, float), rtol=1e-6, atol=1e-9, equal_nan=True)


def differences(case, counts):
    """The lines of one case."""
    if exceptions.whole_case(case, None) == exceptions.UNINITIALISED:
        return []
    a, refusal = outcome(theirs, case)
    b, own = outcome(ours, case)
    if a is None or b is None:
        counts["refused"] += a is None and b is None
        same = (a is None) == (b is None) and (isinstance(own, ValueError) or not isinstance(refusal, ValueError))
        return [] if same else [f"refused by one: {refusal!r} / {own!r}"]
    lines = [] if list(a) == list(b) else [f"names: {[k for k in a if k not in b][:4]} {[k for k in b if k not in a][:4]}"]
    result = {"wrong": [], "values": 0, "worst": {}, "excepted": {}}
    for name in a:
        if name not in b or "_Versions_" in name:
            continue
        if kind(a[name]) != kind(b[name]):
            lines.append(f"{name}: {kind(a[name])} / {kind(b[name])}")
        if name.startswith("diagnostics_"):
            if diagnostics_differ(name, a[name], b[name]):
                lines.append(f"{name}: {a[name]} / {b[name]}")
        elif case.voxel:
            judge.voxel_map(name, a[name], b[name], case, result)
        else:
            judge.value(name, float(a[name]), float(b[name]), case, result)
    counts["values"] += result["values"]
    return lines + [f"{w}" for w in result["wrong"]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", type=int, default=0, dest="first")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    counts, wrong = {"values": 0, "refused": 0}, 0
    for number in range(given.first, given.first + given.cases):
        lines = differences(draw.case(given.seed, number), counts)
        wrong += bool(lines)
        for line in lines[:6]:
            print(f"case {number}: {line}"[:400], flush=True)
    print(f"{given.cases} cases, {counts['refused']} refused by both, {counts['values']} values, {wrong} cases differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
