"""What a call of radmill.extract takes beside the engine's own time, for images of 100 x 100 x 100 voxels
(make bench-python sets PYTHONPATH and RADMILL_LIBRARY; HELPER is build/bench/python_call.so).

    python_call.py HELPER [CALLS]

Engine and call take turns, CALLS times (60): medians of each, and of what a call takes more than the engine
before it. The engine's time is taken in C, with the same library, voxels, parameters and thread."""

import ctypes as c
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import radmill
from radmill import _library
from radmill._images import image_of, lend

CLASS = {"featureClass": {"firstorder": []}}
SETTINGS = {"setting": {"binWidth": 25, "voxelArrayShift": 1000, "label": 1}, "imageType": {"Original": {}},
            "featureClass": {name: [] for name in "shape firstorder glcm gldm glrlm glszm ngtdm".split()}}
MANY = {**SETTINGS, "imageType": {"Original": {}, "Wavelet": {"wavelet": "coif1"}, "LoG": {"sigma": [1.0, 2.0, 3.0, 4.0]}}}


def ball(radius):
    """An image and its ROI: a smooth field with noise."""
    z, y, x = np.mgrid[:100, :100, :100] - 50.0
    noise = np.random.default_rng(7).normal(0, 12, (100, 100, 100))
    image = 100 * (np.sin(x / 9) + np.sin(y / 11) + np.cos(z / 13)) + noise
    return image.astype(np.int16), (x * x + y * y + z * z <= radius * radius).astype(np.uint8)


def engine(helper, params, image, mask):
    """A function that measures the case once and gives the engine's seconds."""
    helper.engine_seconds.restype = c.c_double
    (lent, kept), (lent_mask, kept_mask) = lend(image_of(image)), lend(image_of(mask))
    address = [c.cast(f, c.c_void_p) for f in (_library.lib.radmill_measure, _library.lib.radmill_result_destroy)]

    def seconds():
        took = helper.engine_seconds(*address, params._handle, c.byref(lent), c.byref(lent_mask))
        assert took > 0 and kept and kept_mask
        return took

    return seconds


def turns(own, call, n):
    """Medians in ms: of the engine, of the call, of the difference."""
    pairs = []
    for i in range(n + 3):
        alone = own()
        start = time.perf_counter()
        call()
        pairs.append((alone, time.perf_counter() - start))
    pairs = pairs[3:]
    return [1e3 * statistics.median(column) for column in
            ([a for a, _ in pairs], [b for _, b in pairs], [b - a for a, b in pairs])]


def cases(folder):
    """Rows: what is given, and with which parameters."""
    image, mask = ball(10)
    path = os.path.join(folder, "params.json")
    with open(path, "w") as out:
        json.dump(SETTINGS, out)
    yield "int16, no parameters", image, mask, None
    yield "float32, no parameters", image.astype(np.float32), mask, None
    yield "int16, a mapping", image, mask, SETTINGS
    yield "int16, a path", image, mask, path
    yield "int16, radmill.Params", image, mask, radmill.Params()
    yield "int16, Params, as a dict", image, mask, radmill.Params()
    yield "int16, one class", image, mask, CLASS
    try:
        import SimpleITK
    except ImportError:
        print("# without SimpleITK: its images are left out", file=sys.stderr)
    else:
        yield "SimpleITK, int16", SimpleITK.GetImageFromArray(image), SimpleITK.GetImageFromArray(mask), None
    yield "int16, 1,223 features", image, mask, MANY
    yield "int16, 1,223 features, as a dict", image, mask, MANY
    yield "int16, ROI of 463,000 voxels", *ball(48), None


def call_table(helper, n):
    print(f"{'given':36}{'values':>8}{'engine, ms':>12}{'call, ms':>12}{'more, ms':>12}")
    with tempfile.TemporaryDirectory() as folder:
        for name, image, mask, params in cases(folder):
            made = params if isinstance(params, radmill.Params) else radmill.Params(params)
            use = dict if name.endswith("as a dict") else lambda found: found
            row = turns(engine(helper, made, image, mask), lambda: use(radmill.extract(image, mask, params)), n)
            print(f"{name:36}{len(radmill.extract(image, mask, params)):8}" + "".join(f"{v:12.3f}" for v in row),
                  flush=True)


IMPORTS = """
import time
start = time.perf_counter()
import numpy
middle = time.perf_counter()
import radmill
print(middle - start, time.perf_counter() - middle)
"""


def import_table(folder, n=9):
    """With their bytecode at hand, as where the package is installed."""
    env = dict(os.environ, PYTHONPYCACHEPREFIX=folder)
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    times = [[float(word) for word in subprocess.check_output([sys.executable, "-c", IMPORTS], env=env).split()]
             for _ in range(n + 1)][1:]
    numpy_ms, radmill_ms = (1e3 * statistics.median(column) for column in zip(*times))
    print(f"import numpy {numpy_ms:.1f} ms, import radmill after it {radmill_ms:.1f} ms")


def main(helper, calls=60):
    call_table(c.CDLL(os.path.abspath(helper)), int(calls))
    with tempfile.TemporaryDirectory() as folder:
        import_table(folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
