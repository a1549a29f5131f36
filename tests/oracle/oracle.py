"""Compares radfeat with pyradiomics on random cases. See README.md beside this file."""
import argparse
import json
import logging
import math
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

import numpy as np
import SimpleITK as sitk
import draw
import exceptions

import radiomics
from radiomics import featureextractor

radiomics.logger.setLevel(logging.CRITICAL)
RELATIVE, ABSOLUTE, ABSOLUTE_ROOT = 1e-6, 1e-9, 1e-6
ROOTS = ("LeastAxisLength", "MinorAxisLength", "Flatness", "Elongation")
NOT_COMPARED = ("diagnostics_Versions", "diagnostics_Configuration")


def theirs(image, mask, params):
    extractor = featureextractor.RadiomicsFeatureExtractor(params)
    row = extractor.execute(image, mask)
    return {k: v for k, v in row.items() if not k.startswith(NOT_COMPARED)}


def ours(radfeat, image, mask, params):
    # JSON leaves out what pyradiomics has no entry for; the columns of a CSV follow from the parameters alone
    run = subprocess.run([radfeat, image, mask, "--params", params, "--format", "json"], capture_output=True, text=True, timeout=300)
    if run.returncode:
        return run.returncode, run.stderr.strip()
    return 0, {k: v for k, v in json.loads(run.stdout).items() if not k.startswith(NOT_COMPARED)}


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
    if isinstance(b, str) or b is None:
        return str(a) == b
    return bool(np.allclose(np.array(a, float), np.array(b, float), rtol=1e-6, atol=1e-9))


def one(args):
    seed, n, radfeat, keep = args
    image, mask, params, ext = draw.case(seed, n)
    folder = keep or tempfile.mkdtemp(prefix="oracle-")
    os.makedirs(folder, exist_ok=True)
    paths = [os.path.join(folder, x) for x in ("image" + ext, "mask" + ext, "params.json")]
    sitk.WriteImage(image, paths[0])
    sitk.WriteImage(mask, paths[1])
    json.dump(params, open(paths[2], "w"), indent=1)
    result = {"case": n, "worst": {}, "wrong": []}
    try:
        try:
            expected, refusal = theirs(*paths), None
        except Exception as x:
            expected, refusal = None, f"{type(x).__name__}: {x}"
        status, got = ours(radfeat, *paths)
        if refusal or status:
            if refusal and status == 3:
                result["refused"] = True
            else:
                result["wrong"].append(("refusal", f"pyradiomics: {refusal}", f"radfeat {status}: {got if status else 'computed'}"))
            return result
        compare(expected, got, params, image.GetPixelIDTypeAsString(), result)
        return result
    except Exception:
        result["wrong"].append(("harness", traceback.format_exc(), ""))
        return result
    finally:
        if not keep:
            shutil.rmtree(folder)


def compare(expected, got, params, dtype, result):
    if list(expected) != list(got):
        result["wrong"].append(("names", str([k for k in expected if k not in got][:5]), str([k for k in got if k not in expected][:5])
                                + ("" if set(expected) != set(got) else " order")))
    for name in expected:
        if name not in got:
            continue
        if name.startswith("diagnostics_"):
            if not same_diagnostic(expected[name], got[name]):
                result["wrong"].append((name, str(expected[name]), str(got[name])))
            continue
        a, b = float(expected[name]), number(got[name])
        d = difference(name, a, b)
        reason = exceptions.known(params, dtype, name, a, b) if d > RELATIVE else None
        if reason:
            result.setdefault("excepted", {}).setdefault(reason, 0)
            result["excepted"][reason] += 1
            continue
        key = "_".join([name.split("_")[0].split("-")[0], name.split("_")[-2]])
        if d > result["worst"].get(key, (-1,))[0]:
            result["worst"][key] = (d, name, a, b)
        if d > RELATIVE:
            result["wrong"].append((name, repr(a), repr(b)))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--radfeat", default="bin/radfeat")
    p.add_argument("--cases", type=int, default=200)
    p.add_argument("--first", type=int, default=0)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--jobs", type=int, default=1)
    p.add_argument("--case", type=int)
    p.add_argument("--keep")
    p.add_argument("--show", type=int, default=40, help="differences to print")
    a = p.parse_args()
    numbers = [a.case] if a.case is not None else range(a.first, a.first + a.cases)
    work = [(a.seed, n, os.path.abspath(a.radfeat), a.keep) for n in numbers]
    worst, wrong, refused, excepted, values = {}, [], 0, {}, 0
    with multiprocessing.Pool(a.jobs) as pool:
        for r in pool.imap_unordered(one, work):
            refused += r.get("refused", False)
            for k, v in r["worst"].items():
                if v[0] > worst.get(k, ((-1,),))[0][0]:
                    worst[k] = (v, r["case"])
            wrong += [(r["case"],) + w for w in r["wrong"]]
            for k, v in r.get("excepted", {}).items():
                excepted[k] = excepted.get(k, 0) + v
    for k in sorted(worst):
        v, n = worst[k]
        print(f"{k:34s} {v[0]:9.2e}  case {n:5d}  {v[1]} {v[2]!r} {v[3]!r}")
    for w in sorted(wrong)[:a.show]:
        print("WRONG case %d: %s\n    pyradiomics %s\n    radfeat     %s" % w)
    for k, v in excepted.items():
        print(f"excepted {v}: {k}")
    print(f"{len(work)} cases, {refused} refused by both, {len({w[0] for w in wrong})} cases with differences, {len(wrong)} differences")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
