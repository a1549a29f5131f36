"""Writes python/radmill/selftest.json: what pyradiomics computes for the case of radmill.selftest.

    PYTHONPATH=python RADMILL_LIBRARY=build/libradmill.so.1 python3 tests/oracle/selftest_values.py
"""

import json
import math
import os

import SimpleITK
from radiomics import featureextractor

from radmill import selftest


def main():
    arrays = selftest.case()
    images = [SimpleITK.GetImageFromArray(a) for a in arrays]
    for image in images:
        image.SetSpacing(selftest.SPACING)
    found = featureextractor.RadiomicsFeatureExtractor(selftest.PARAMS).execute(*images)
    values = {k: float(v) for k, v in found.items() if not k.startswith("diagnostics_")}
    values = {k: None if math.isnan(v) else v for k, v in values.items()}
    with open(os.path.join(os.path.dirname(selftest.__file__), "selftest.json"), "w") as f:
        json.dump(values, f, indent=0)
        f.write("\n")


if __name__ == "__main__":
    main()
