"""One case: drawn, written to files, extracted by both, compared."""
import json
import logging
import os
import shutil
import subprocess
import tempfile
import time
import traceback

import draw
import judge
import SimpleITK as sitk

import radiomics
from radiomics import featureextractor

radiomics.logger.setLevel(logging.CRITICAL)
NOT_COMPARED = ("diagnostics_Versions", "diagnostics_Configuration")
RADFEAT_SECONDS = 60


def theirs(image, mask, params):
    # the geometry tolerance of one extractor stays in force for the next ones of the process
    sitk.ProcessObject.SetGlobalDefaultCoordinateTolerance(1e-6)
    sitk.ProcessObject.SetGlobalDefaultDirectionTolerance(1e-6)
    extractor = featureextractor.RadiomicsFeatureExtractor(params)
    row = extractor.execute(image, mask)
    return {k: v for k, v in row.items() if not k.startswith(NOT_COMPARED)}


def ours(radfeat, image, mask, params):
    # JSON leaves out what pyradiomics has no entry for; the columns of a CSV follow from the parameters alone
    run = subprocess.run([radfeat, image, mask, "--params", params, "--format", "json"], capture_output=True, text=True,
                         timeout=RADFEAT_SECONDS)
    if run.returncode:
        return run.returncode, run.stderr.strip()
    return 0, {k: v for k, v in json.loads(run.stdout).items() if not k.startswith(NOT_COMPARED)}


def write(case, folder):
    os.makedirs(folder, exist_ok=True)
    paths = [os.path.join(folder, x) for x in ("image" + case.extension, "mask" + case.extension, "params.json")]
    sitk.WriteImage(case.image, paths[0])
    sitk.WriteImage(case.mask, paths[1])
    with open(paths[2], "w") as out:
        json.dump(case.params, out, indent=1)
    return paths


def both(case, radfeat, paths, result):
    try:
        expected, refusal = theirs(*paths), None
    except Exception as x:
        expected, refusal = None, f"{type(x).__name__}: {x}"
    status, got = ours(radfeat, *paths)
    if refusal and status == 3:
        result["refused"] = True
    elif refusal or status:
        result["wrong"].append(("refusal", f"pyradiomics: {refusal or 'computed'}", f"radfeat {status}: {got if status else 'computed'}"))
    else:
        judge.compare(expected, got, case, result)


def run(seed, number, radfeat, keep):
    result = {"case": number, "values": 0, "worst": {}, "wrong": [], "excepted": {}, "refused": False}
    began = time.monotonic()
    folder = keep or tempfile.mkdtemp(prefix="oracle-")
    try:
        case = draw.case(seed, number)
        both(case, radfeat, write(case, folder), result)
    except subprocess.TimeoutExpired:
        result["wrong"].append(("hang", "", f"radfeat: no end after {RADFEAT_SECONDS} s"))
    except Exception:
        result["wrong"].append(("harness", traceback.format_exc(), ""))
    finally:
        if not keep:
            shutil.rmtree(folder)
    result["seconds"] = time.monotonic() - began
    return result
