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

for path in sorted(glob.glob("tests/reference/*.yaml")):
    kind, *size, mask_kind = open(path).readline().lstrip("# ").split()
    with tempfile.TemporaryDirectory() as folder:
        image, mask = folder + "/image.nii", folder + "/mask.nii"
        subprocess.run([MAKE_VOLUME, image, kind, *size], check=True)
        subprocess.run([MAKE_VOLUME, mask, mask_kind, *size], check=True)
        row = featureextractor.RadiomicsFeatureExtractor(path).execute(image, mask)
    with open(path[:-5] + ".csv", "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for name, value in row.items():
            if not name.startswith("diagnostics_"):
                value = float(value)
                writer.writerow([name, "" if value != value else repr(value)])
    print(path, len(row), "entries")
