"""One case: drawn, written to files, extracted by both, compared."""
import json
import logging
import os
import shutil
import struct
import subprocess
import tempfile
import time
import traceback

import baseline  # noqa: F401 (first: NumPy reads what it sets)
import batches
import draw
import exceptions
import files
import judge
import roundoff
import ruamel.yaml
import SimpleITK as sitk

import radiomics
from radiomics import featureextractor

radiomics.logger.setLevel(logging.CRITICAL)
roundoff.watch()
NOT_COMPARED = "diagnostics_Versions"
RADFEAT_SECONDS = 60


def theirs(case, image, mask, params):
    # the geometry tolerance of one extractor stays in force for the next ones of the process
    sitk.ProcessObject.SetGlobalDefaultCoordinateTolerance(1e-6)
    sitk.ProcessObject.SetGlobalDefaultDirectionTolerance(1e-6)
    roundoff.watched.clear()
    extractor = featureextractor.RadiomicsFeatureExtractor(params)
    row = extractor.execute(image, mask, label=case.label, voxelBased=case.voxel)
    case.eigenvalues = dict(zip((k for k in row if k.endswith("_MCC")), roundoff.watched))
    return {k: v for k, v in row.items() if not k.startswith(NOT_COMPARED)}


def ours(radfeat, case, image, mask, params):
    """-> status, and entries or the error."""
    # JSON leaves out what pyradiomics has no entry for; the columns of a CSV follow from the parameters alone
    command = [radfeat, "--params", params, "--format", "json"]
    if case.batch:
        command += ["--batch", batches.write(case.batch, image, mask, case.label)]
    else:
        command += [image, mask]
    if case.label and not (case.batch and "Label" in case.batch.columns):
        command += ["--label", str(case.label)]
    if case.voxel:
        command += ["--mode", "voxel", "--out-dir", os.path.dirname(image)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=RADFEAT_SECONDS)  # whatever the locale
    if run.returncode:
        refused = case.batch and run.returncode == 1 and "case 1: skipped: " in run.stderr
        return 3 if refused else run.returncode, run.stderr.strip()
    row = batches.read(case.batch, run.stdout, image, mask, case.label) if case.batch else json.loads(run.stdout)
    row = {k: v for k, v in row.items() if not k.startswith(NOT_COMPARED)}
    if case.voxel:
        row = {k: v if k.startswith("diagnostics_") else sitk.ReadImage(v) for k, v in row.items()}
    return 0, row


def rescale(path, slope, intercept):
    with open(path, "r+b") as f:
        f.seek(112)  # scl_slope, scl_inter
        f.write(struct.pack("<ff", slope, intercept))


def write_params(case, path):
    with open(path, "w", encoding="utf-8") as out:
        if case.yaml:
            ruamel.yaml.YAML().dump(case.params, out)
        else:
            json.dump(case.params, out, indent=1)


def write(case, folder):
    os.makedirs(folder, exist_ok=True)
    parameters = "params.yaml" if case.yaml else "params.json"
    paths = [os.path.join(folder, x) for x in ("image" + case.extension, "mask" + case.extension, parameters)]
    if case.forms:
        paths[0] = files.write(case.forms[0], case.image, folder, "image")
        paths[1] = files.write(case.forms[1], case.mask, folder, "mask", like=case.forms[0])
    else:
        sitk.WriteImage(case.image, paths[0])
        sitk.WriteImage(case.mask, paths[1])
    if case.rescale:
        rescale(paths[0], *case.rescale)
    write_params(case, paths[2])
    return paths


def both(case, radfeat, paths, result):
    try:
        expected, refusal = theirs(case, *paths), None
    except Exception as x:
        expected, refusal = None, f"{type(x).__name__}: {x}"
    status, got = ours(radfeat, case, *paths)
    reason = exceptions.whole_case(case, refusal)
    if reason and status in (0, 3):
        result["excepted"][reason] = 1
    elif refusal and status == 3:
        result["refused"] = True
    elif refusal or status:
        result["wrong"].append(("refusal", f"pyradiomics: {refusal or 'computed'}", f"radfeat {status}: {got if status else 'computed'}"))
    else:
        judge.compare(expected, got, case, result)


def run(seed, number, radfeat, keep, only_maps=False):
    result = {"case": number, "values": 0, "worst": {}, "wrong": [], "excepted": {}, "refused": False}
    began = time.monotonic()
    folder = keep or tempfile.mkdtemp(prefix="oracle-")
    try:
        case = draw.case(seed, number, only_maps)
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
