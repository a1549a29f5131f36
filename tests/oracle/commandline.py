"""radmill.radiomics.scripts beside the command of pyradiomics 3.0.1: exit status, names, order, values and files of the
same arguments.

    PYTHONPATH=python RADMILL_LIBRARY=build/python/libradmill-python.so python3 tests/oracle/commandline.py
"""
import csv
import json
import math
import os
import re
import subprocess
import sys
import tempfile

import numpy as np
import SimpleITK as sitk

from radmill import selftest

# pyradiomics calls a function that newer releases of ruamel.yaml do not have.
THEIRS = ("import sys, ruamel.yaml as y; y.safe_load = lambda f: y.YAML(typ='safe', pure=True).load(f)\n"
          "from radiomics.scripts import parse_args; sys.exit(parse_args())")
OURS = "import sys; from radmill.radiomics.scripts import parse_args; sys.exit(parse_args())"

PARAMS = {"setting": {"binWidth": 20}, "imageType": {"Original": {}, "Wavelet": {}},
          "featureClass": {"firstorder": [], "glcm": [], "shape": []}}
LINES = """
    i0.nrrd m0.nrrd
    i1.nrrd m1.nrrd -s label:2 -s binWidth:10 -s resampledPixelSpacing:2,2,2 -f csv
    i1.nrrd m1.nrrd -s label:2 --label 3 -s correctMask:1 -s normalize:true -s weightingNorm:euclidean -f json
    i0.nrrd m0.nrrd -s binWidth:0.5.1 -s label -s nothing:1 -s interpolator:sitkLinear -s resampledPixelSpacing:0,3,3
    batch.csv -p p.json -f csv -j 2 --format-path basename
    batch.csv -f json --format-path relative
    batch.csv -j 2 -o results -od each --format-path relative -up
    s0.nrrd sm0.nrrd -m voxel -s kernelRadius:2 -f json -od maps
    i0.nrrd
    nothing.csv
    empty.csv
    columns.csv
    batch.csv --validate -p p.json
    batch.csv --jobs 0
    batch.csv --format yaml
"""


def make_inputs():
    image, mask = selftest.case()
    noise = np.random.default_rng(1)
    for i in range(3):
        voxels = sitk.GetImageFromArray((image * (1 + 0.1 * i) + noise.normal(0, 10, image.shape)).astype("float32"))
        region = sitk.GetImageFromArray((mask * (i + 1)).astype("uint8"))
        for one, name in ((voxels, "i"), (region, "m")):
            one.SetSpacing((1, 1.5, 2))
            sitk.WriteImage(one, f"{name}{i}.nrrd")
    for name, full in (("s0", "i0"), ("sm0", "m0")):
        sitk.WriteImage(sitk.ReadImage(full + ".nrrd")[5:15, 5:15, 8:13], name + ".nrrd")
    rows = [["Name", "Image", "Mask", "Label"], ["a", "i0.nrrd", "m0.nrrd", "1"], ["b", "i1.nrrd", "m1.nrrd", "2"],
            ["c", "absent.nrrd", "m0.nrrd", "1"], ["d", "i2.nrrd", "m2.nrrd", "3"], ["short"]]
    for name, table in (("batch", rows), ("empty", rows[:1]), ("columns", [["Image", "Region"], ["i0.nrrd", "m0.nrrd"]])):
        with open(name + ".csv", "w", newline="") as f:
            csv.writer(f).writerows(table)
    with open("p.json", "w") as f:
        json.dump(PARAMS, f)


def entries(path):
    """A file of results as names and texts, without the names of releases."""
    with open(path, newline="") as f:
        text = f.read()
    if text.startswith("["):
        found = [item for case in json.loads(text) for item in case.items()]
    elif text.startswith("Case-"):
        found = [line.split(": ", 1) for line in text.splitlines()]
    else:
        rows = list(csv.reader(text.splitlines()))
        found = [item for row in rows[1:] for item in zip(rows[0], row, strict=True)]
    return [(name, str(value)) for name, value in found if "diagnostics_Versions_" not in name]


def same(a, b):
    """Two names and texts: equal words, and equal numbers among them."""
    if a[0] != b[0]:
        return False
    ours, theirs = (re.split(r"[\s,()\[\]{}]+", text) for _, text in (a, b))
    return len(ours) == len(theirs) and all(map(same_word, ours, theirs))


def same_word(a, b):
    try:
        return math.isclose(float(a), float(b), rel_tol=1e-6, abs_tol=1e-9) or a == b
    except ValueError:
        return a == b


def files_differ(a, b):
    """What differs, or nothing."""
    if a.endswith(".nrrd"):
        one, two = (sitk.ReadImage(path) for path in (a, b))
        close = np.allclose(*map(sitk.GetArrayFromImage, (one, two)), rtol=1e-6, atol=1e-9, equal_nan=True)
        return not close or one.GetPixelID() != two.GetPixelID() or one.GetOrigin() != two.GetOrigin()
    one, two = entries(a), entries(b)
    if len(one) != len(two):
        return f"{len(one)} and {len(two)} entries"
    return next((pair for pair in zip(one, two) if not same(*pair)), None)


def run(program, words, folder):
    os.makedirs(folder)
    words = [os.path.join("..", "..", w) if w.endswith((".nrrd", ".csv", ".json")) else w for w in words]
    with open(os.path.join(folder, "out"), "w") as out:
        return subprocess.run([sys.executable, "-c", program, *words], cwd=folder, stdout=out,
                              stderr=subprocess.DEVNULL).returncode


def files(folder):
    return sorted(os.path.relpath(os.path.join(where, name), folder)
                  for where, _, names in os.walk(folder) for name in names)


def compare(folder, words):
    """-> their exit status, and what differs."""
    theirs, ours = os.path.join(folder, "theirs"), os.path.join(folder, "ours")
    ends = [run(program, words, place) for program, place in ((THEIRS, theirs), (OURS, ours))]
    names = [files(place) for place in (theirs, ours)]
    said = [what for what in (ends, names) if what[0] != what[1]]
    for name in set(names[0]) & set(names[1]):
        what = files_differ(os.path.join(theirs, name), os.path.join(ours, name))
        if what:
            said.append(f"{name}: {what}")
    return ends[0], said


def main():
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        make_inputs()
        for number, line in enumerate(LINES.strip().splitlines()):
            status, said = compare(str(number), line.split())
            wrong += bool(said)
            print("differs:" if said else "same:", f"status {status},", line.strip(), *said, flush=True)
    print(f"{number + 1} command lines, {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
