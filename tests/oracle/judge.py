"""Compares the entries of pyradiomics with those of radfeat (specification: 1e-6 relative, 1e-9 where zero up to round-off)."""
import math

import exceptions
import numpy as np
import SimpleITK as sitk

RELATIVE, ABSOLUTE, ABSOLUTE_ROOT = 1e-6, 1e-9, 1e-6
ROOTS = ("LeastAxisLength", "MinorAxisLength", "Flatness", "Elongation")


def number(value):
    return math.nan if value is None else float(value)


def difference(name, a, b):
    """0 when they agree; else the relative difference (inf when it has no sense)."""
    if math.isnan(a) or math.isnan(b):
        return 0.0 if math.isnan(a) and math.isnan(b) else math.inf
    if a == b:
        return 0.0
    absolute = ABSOLUTE_ROOT if name.endswith(ROOTS) else ABSOLUTE
    if abs(a - b) <= absolute and min(abs(a), abs(b)) <= absolute:
        return 0.0
    return abs(a - b) / max(abs(a), abs(b))


def same_diagnostic(a, b):
    if isinstance(a, (str, dict)):
        return str(a) == b
    if b is None:
        return bool(np.isnan(a))
    a, b = np.array(a, float), np.array(b, float)
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=RELATIVE, atol=ABSOLUTE))


def group(name):
    """Image type and class of an entry: wavelet-LLH_glcm_MCC -> wavelet_glcm."""
    return "_".join([name.split("_")[0].split("-")[0].rstrip("0123456789"), name.split("_")[-2]])


def names(expected, got):
    if list(expected) == list(got):
        return []
    missing, extra = [k for k in expected if k not in got], [k for k in got if k not in expected]
    return [("names", f"missing {missing[:5]}", f"extra {extra[:5]}" + ("" if missing or extra else " in another order"))]


def compare(expected, got, case, result):
    """Adds to result: wrong (entry, theirs, ours), worst (by group), excepted (reason: count), values."""
    result["wrong"] += names(expected, got)
    for name in expected:
        if name not in got:
            continue
        if name.startswith("diagnostics_"):
            if not same_diagnostic(expected[name], got[name]):
                result["wrong"].append((name, str(expected[name]), str(got[name])))
            continue
        if case.voxel:
            voxel_map(name, expected[name], got[name], case, result)
        else:
            value(name, float(expected[name]), number(got[name]), case, result)


def voxel_map(name, expected, got, case, result):
    """Every voxel of two maps, and where they lie."""
    where = [(im.GetSize(), im.GetSpacing(), im.GetOrigin(), im.GetDirection()) for im in (expected, got)]
    if not same_diagnostic(where[0][0], where[1][0]) or not all(np.allclose(a, b, atol=1e-9) for a, b in zip(*where)):
        result["wrong"].append((name, str(where[0]), str(where[1])))
        return
    a, b = sitk.GetArrayViewFromImage(expected), sitk.GetArrayViewFromImage(got)
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    result["values"] += int(same.sum())
    for x, y in zip(a[~same], b[~same]):
        value(name, float(x), float(y), case, result)


def value(name, a, b, case, result):
    result["values"] += 1
    d = difference(name, a, b)
    reason = exceptions.known(name, a, b, case.eigenvalues.get(name)) if d > RELATIVE else None
    if reason:
        result["excepted"][reason] = result["excepted"].get(reason, 0) + 1
        return
    key = group(name)
    if d > result["worst"].get(key, (-1,))[0]:
        result["worst"][key] = (d, name, a, b)
    if d > RELATIVE:
        result["wrong"].append((name, repr(a), repr(b)))
