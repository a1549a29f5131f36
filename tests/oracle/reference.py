"""Writes tests/reference/NAME.csv for every NAME.yaml there, or for those given: what pyradiomics gives. Run from the top of
the source tree after `make test-programs`, with the Python that README.md describes."""
import baseline  # noqa: F401 (first: NumPy reads what it sets)
import csv
import glob
import logging
import os
import subprocess
import sys
import tempfile

import numpy as np
import radiomics
import SimpleITK as sitk
from radiomics import featureextractor

radiomics.logger.setLevel(logging.CRITICAL)
MAKE_VOLUME = os.environ.get("RADMILL_BUILD", "build") + "/tests/gen/make_volume"


def volumes(words):
    """First line of a parameter file -> arguments for image and mask."""
    if ";" in words:
        at = words.index(";")
        return words[:at], words[at + 1:]
    return words[:-1], words[-1:] + words[1:-1]


def voxels(name, image, grid):
    """A map -> the voxels that have a value, each named after its place in the case's image."""
    values = sitk.GetArrayViewFromImage(image)
    for at in zip(*np.nonzero(~np.isnan(values))):
        place = grid.TransformPhysicalPointToIndex(image.TransformIndexToPhysicalPoint([int(k) for k in at[::-1]]))
        yield " ".join([name, *map(str, place)]), values[at]


def entries(name, value, grid):
    return voxels(name, value, grid) if isinstance(value, sitk.Image) else [(name, value)]


def row(path):
    text = open(path).read()
    words = text.splitlines()[0].lstrip("# ").split()
    with tempfile.TemporaryDirectory() as folder:
        files = [folder + "/image.nii", folder + "/mask.nii"]
        for file, arguments in zip(files, volumes(words)):
            subprocess.run([MAKE_VOLUME, file, *arguments], check=True)
        extractor = featureextractor.RadiomicsFeatureExtractor(path)
        values = extractor.execute(*files, voxelBased="voxelSetting:" in text)
        grid = sitk.ReadImage(files[0])
    return [entry for name, value in values.items() if not name.startswith("diagnostics_") for entry in entries(name, value, grid)]


for path in sys.argv[1:] or sorted(glob.glob("tests/reference/*.yaml")):
    values = row(path)
    with open(path[:-5] + ".csv", "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for name, value in values:
            value = float(value)
            writer.writerow([name, "" if value != value else repr(value)])
    print(path, len(values), "entries")
