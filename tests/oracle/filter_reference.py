#!/usr/bin/env python3
"""Prints tests/unit/engine_filters/reference.inc: values of pyradiomics' filters on a formula image.

    python3 tests/oracle/filter_reference.py > tests/unit/engine_filters/reference.inc

The image is 9 x 8 x 7 voxels (x, y, z) of ((7x + 13y + 29z + 3xy + 5yz) mod 101) - 40, spacing 0.8,
1.25, 2.5 mm, in int16 and float32; in float32 a quarter of x is added, so that values are no integers.
The ROI is the block x 2..6, y 1..5, z 2..4. Of each response the table holds four voxels.
"""
import baseline  # noqa: F401 (first: NumPy reads what it sets)
import logging
import sys

import numpy as np
import SimpleITK as sitk
from radiomics import imageoperations

SETTINGS = [  # image type, pyradiomics settings, the same for struct settings of C
    ("LoG", {"sigma": [1.0, 2.5]}, ""),
    ("Wavelet", {}, ""),
    ("Wavelet", {"wavelet": "bior2.4", "level": 2}, '.wavelet = "bior2.4", .level = 2'),
    ("Wavelet", {"wavelet": "db3", "start_level": 1, "force2D": True, "force2Ddimension": 1},
     '.wavelet = "db3", .start_level = 1, .force_2d = true, .force_2d_dimension = 1'),
    ("Square", {}, ""),
    ("SquareRoot", {}, ""),
    ("Logarithm", {}, ""),
    ("Exponential", {}, ""),
    ("Gradient", {}, ""),
    ("Gradient", {"gradientUseSpacing": False}, ".gradient_use_spacing = false"),
    ("LBP2D", {"force2D": True}, ".force_2d = true"),
    ("LBP2D", {"lbp2DMethod": "default", "lbp2DRadius": 1.5, "force2Ddimension": 1},
     ".lbp2d_method = LBP2D_DEFAULT, .lbp2d_radius = 1.5, .force_2d_dimension = 1"),
    ("LBP2D", {"lbp2DMethod": "ror", "lbp2DSamples": 12, "force2Ddimension": 2},
     ".lbp2d_method = LBP2D_ROR, .lbp2d_samples = 12, .force_2d_dimension = 2"),
    ("LBP2D", {"lbp2DMethod": "var"}, ".lbp2d_method = LBP2D_VAR"),
    ("LBP3D", {}, ""),
    ("LBP3D", {"lbp3DLevels": 3, "lbp3DIcosphereRadius": 1.7, "lbp3DIcosphereSubdivision": 0},
     ".lbp3d_levels = 3, .lbp3d_icosphere_radius = 1.7, .lbp3d_icosphere_subdivision = 0"),
]
AT = [(2, 1, 2), (6, 5, 4), (4, 3, 3), (3, 5, 2)]  # x, y, z


def image(dtype):
    z, y, x = np.ogrid[0:7, 0:8, 0:9]
    v = (7 * x + 13 * y + 29 * z + 3 * x * y + 5 * y * z) % 101 - 40
    if dtype == "float32":
        v = v + 0.25 * x
    out = sitk.GetImageFromArray(v.astype(dtype))
    out.SetSpacing([0.8, 1.25, 2.5])
    return out


def mask(like):
    m = np.zeros((7, 8, 9), np.uint8)
    m[2:5, 1:6, 2:7] = 1
    out = sitk.GetImageFromArray(m)
    out.CopyInformation(like)
    return out


def number(v):
    return "NAN" if np.isnan(v) else repr(float(v))


def main():
    logging.disable(logging.CRITICAL)
    print("/* Printed by tests/oracle/filter_reference.py from pyradiomics 3.0.1; do not edit.")
    print(" * image type, pixel type, settings, response, pixel type of it, voxels. */")
    for dtype in ("int16", "float32"):
        im = image(dtype)
        for name, settings, given in SETTINGS:
            function = getattr(imageoperations, f"get{name}Image")
            for out, response, _ in function(im, mask(im), **settings):
                values = sitk.GetArrayFromImage(out)
                row = ", ".join(number(values[z, y, x]) for x, y, z in AT)
                print(f'{{"{name}", "{dtype}", WITH({given}),\n'
                      f' "{response}", "{values.dtype}", {{{row}}}}},')


if __name__ == "__main__":
    sys.exit(main())
