"""python -m radmill.selftest: does this build compute here what pyradiomics 3.0.1 computes?

The values in selftest.json were computed by pyradiomics (tests/oracle/selftest_values.py). The last
line is "N values, N differ"; the status is 0 when none does, else 1."""

import json
import math
import os
import sys

import numpy as np

TOLERANCE = 1e-6
SPACING = (0.9, 1.1, 2.5)
PARAMS = {
    "setting": {"binWidth": 12},
    "imageType": {"Original": {}, "LoG": {"sigma": [3.0]}, "Wavelet": {}},
}


def case():
    """An image and a mask of shape (z, y, x) by whole numbers, so that they are the same everywhere."""
    z, y, x = np.indices((18, 30, 34))
    image = (3 * x * x + 5 * y * y + 7 * z * z + 11 * x * y) % 211 + 4 * x - 3 * z
    mask = (x - 17) ** 2 * 16 + (y - 14) ** 2 * 20 + (z - 9) ** 2 * 60 <= 2400
    return image.astype(np.int16), mask.astype(np.uint8)


def differs(value, expected):
    if expected is None or math.isnan(value):
        return not (expected is None and math.isnan(value))
    return abs(value - expected) > TOLERANCE * max(abs(value), abs(expected), 1e-12)


def main():
    import radmill

    with open(os.path.join(os.path.dirname(__file__), "selftest.json"), encoding="utf-8") as f:
        expected = json.load(f)
    image, mask = case()
    values = radmill.extract(image, mask, PARAMS, spacing=SPACING)
    wrong = [name for name in expected if name not in values or differs(values[name], expected[name])]
    wrong += [name for name in values if name not in expected]
    for name in wrong:
        print(f"{name}: {values.get(name)}, not {expected.get(name)}")
    print(f"{len(expected)} values, {len(wrong)} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
