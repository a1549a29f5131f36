"""radmill.radiomics beside pyradiomics 3.0.1 through Python objects: names, order, types and values of random cases;
then the same cases by eight threads and by four forked processes, which must give the very same.

    PYTHONPATH=python RADMILL_LIBRARY=build/python/libradmill-python.so python3 tests/oracle/objects.py --cases 200 [--seed 1]
"""
import baseline  # noqa: F401 (first: NumPy reads what it sets)
import argparse
import concurrent.futures
import hashlib
import itertools
import logging
import multiprocessing
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
np.set_printoptions(floatmode="unique", threshold=sys.maxsize)  # every digit of every voxel


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


def plain(value):
    if isinstance(value, sitk.Image):
        return value.GetOrigin(), value.GetSpacing(), value.GetDirection(), sitk.GetArrayFromImage(value)
    return value


def alone(numbered):
    """What ours gives for the case (seed, number): digests of types and every digit, by name, and the refusal."""
    row, refusal = outcome(ours, draw.case(*numbered))
    digests = {name: hashlib.sha256(repr(plain(value)).encode()).hexdigest() for name, value in (row or {}).items()}
    return list(digests.items()), repr(refusal)


def together(seed, numbers):
    """How many cases come out otherwise when they are computed side by side."""
    cases, wrong = [(seed, number) for number in numbers], 0
    expected = [alone(case) for case in cases]
    for what, pool in (("8 threads", concurrent.futures.ThreadPoolExecutor(8)),
                       ("4 forked workers", concurrent.futures.ProcessPoolExecutor(4, multiprocessing.get_context("fork")))):
        with pool:
            for (_, number), one, found in zip(cases, expected, pool.map(alone, cases)):
                if found != one:
                    wrong += 1
                    names = [name for name, digest in found[0] if (name, digest) not in one[0]]
                    print(f"case {number}: otherwise by {what}: {names[:5]} of {len(names)}, {one[1]} / {found[1]}", flush=True)
    return wrong


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
    if exceptions.whole_case(case, None) in (exceptions.UNINITIALISED, exceptions.UNORDERED):
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
    parser.add_argument("--voxel", action="store_true", help="cases of voxel mode only (one in 20)")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    numbers = list(itertools.islice((n for n in itertools.count(given.first) if not given.voxel or draw.case(given.seed, n).voxel),
                                    given.cases))
    counts, wrong = {"values": 0, "refused": 0}, 0
    for number in numbers:
        lines = differences(draw.case(given.seed, number), counts)
        wrong += bool(lines)
        for line in lines[:6]:
            print(f"case {number}: {line}"[:400], flush=True)
    print(f"{given.cases} cases, {counts['refused']} refused by both, {counts['values']} values, {wrong} cases differ", flush=True)
    otherwise = together(given.seed, numbers)
    print(f"the same {given.cases} cases by 8 threads and by 4 forked workers: {otherwise} otherwise")
    return 1 if wrong or otherwise else 0


if __name__ == "__main__":
    sys.exit(main())
