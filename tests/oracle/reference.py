"""Writes tests/reference/NAME.csv for every NAME.yaml there: what pyradiomics gives. Run from the top of the source tree
after `make test-programs`, with the Python that README.md describes."""
import baseline  # noqa: F401 (first: NumPy reads what it sets)
import csv
import glob
import logging
import os
import subprocess
import tempfile

import radiomics
from radiomics import featureextractor

radiomics.logger.setLevel(logging.CRITICAL)
MAKE_VOLUME = os.environ.get("RADMILL_BUILD", "build") + "/tests/gen/make_volume"


def volumes(words):
    """First line of a parameter file -> arguments for image and mask."""
    if ";" in words:
        at = words.index(";")
        return words[:at], words[at + 1:]
    return words[:-1], words[-1:] + words[1:-1]


def row(path):
    words = open(path).readline().lstrip("# ").split()
    with tempfile.TemporaryDirectory() as folder:
        files = [folder + "/image.nii", folder + "/mask.nii"]
        for file, arguments in zip(files, volumes(words)):
            subprocess.run([MAKE_VOLUME, file, *arguments], check=True)
        return featureextractor.RadiomicsFeatureExtractor(path).execute(*files)


for path in sorted(glob.glob("tests/reference/*.yaml")):
    values = row(path)
    with open(path[:-5] + ".csv", "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for name, value in values.items():
            if not name.startswith("diagnostics_"):
                value = float(value)
                writer.writerow([name, "" if value != value else repr(value)])
    print(path, len(values), "entries")
