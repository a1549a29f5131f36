"""radmill.radiomics as scripts use pyradiomics; skipped without SimpleITK. Values beside pyradiomics: tests/oracle/objects.py."""

import json
import os
import pickle
import subprocess
import sys
import tempfile
import threading
import unittest

import numpy as np
import radmill
from balls import ball

try:
    import SimpleITK as sitk

    from radmill import radiomics
    from radmill.radiomics import featureextractor, imageoperations
except ImportError:
    sitk = None

SCRIPT = """
import multiprocessing, sys, os
import SimpleITK as sitk
from radiomics import featureextractor, glcm

def work(number):
    image = sitk.Image([12, 12, 12], sitk.sitkInt16)
    for i in range(12 ** 3):
        image[i % 12, i // 12 % 12, i // 144] = i * (number + 3) % 97
    mask = sitk.Cast(image >= 0, sitk.sitkUInt8)
    mask[0, 0, 0] = 0
    row = featureextractor.RadiomicsFeatureExtractor(binWidth=10).execute(image, mask)
    return row["diagnostics_Versions_PyRadiomics"], float(row["original_glcm_Contrast"])

if __name__ == "__main__":
    assert sys.path[0] == os.path.dirname(os.path.abspath(__file__)), sys.path[0]
    assert sys.argv[1:] == ["a", "b"], sys.argv
    expected = [work(i) for i in range(3)]
    for method in ("fork", "spawn", "forkserver"):
        with multiprocessing.get_context(method).Pool(4) as pool:
            assert pool.map(work, range(3)) == expected, method
    print(expected[0][0])
"""

THEIRS = """
class RadiomicsFeatureExtractor:
    def __init__(self):
        self.settings = {"additionalInfo": True}
        self.enabledImagetypes = {"Original": {}}
        self.enabledFeatures = {"firstorder": ["Mean"]}
    def execute(self, imageFilepath, maskFilepath, label=None, label_channel=None, voxelBased=False):
        return {"diagnostics_Versions_PyRadiomics": "theirs"}
    def loadImage(self): pass
    def computeShape(self): pass
    def computeFeatures(self): pass
    def _setTolerance(self): pass
"""

ASKED = """
import logging
logging.basicConfig(level=logging.INFO)
from radiomics.featureextractor import RadiomicsFeatureExtractor
import SimpleITK as sitk

image = sitk.GaussianSource(sitk.sitkFloat32, [9, 9, 9], [2.0] * 3, [4.0] * 3)
mask = sitk.Cast(image > 50, sitk.sitkUInt8)

def ask(extractor, *more):
    print(extractor.execute(image, mask, *more)["diagnostics_Versions_PyRadiomics"].split()[0])

class Own(RadiomicsFeatureExtractor):
    def loadImage(self): pass

one = RadiomicsFeatureExtractor()
ask(one)
import radmill
radmill.accelerate()
ask(one, 1)
ask(one, 7)
ask(Own())
one.enabledFeatures["own"] = []
ask(one)
one.enabledFeatures = {"firstorder": ["Own"]}
ask(one)
"""


@unittest.skipUnless(sitk, "SimpleITK is not installed")
class Extractor(unittest.TestCase):
    def setUp(self):
        self.image, self.mask = (radmill.Image(a, (1, 1.5, 2)).to_simpleitk() for a in ball())

    def execute(self, *args, **kwargs):
        return featureextractor.RadiomicsFeatureExtractor(*args, **kwargs).execute(self.image, self.mask)

    def test_what_scripts_rely_on(self):
        plain = self.execute(binWidth=10)
        self.assertEqual(list(self.execute(binWidth=np.float64(10), verbosity=3, featureClass="x",
                                           enableCExtensions=True)), list(plain))
        constant = self.execute(interpolator=sitk.sitkLinear, resampledPixelSpacing=np.array([2, 2, 2.0]))
        named = self.execute(interpolator="sitkLinear", resampledPixelSpacing=(2, 2, 2))
        features = [k for k in named if not k.startswith("diagnostics")]
        self.assertEqual([constant[k] for k in features], [named[k] for k in features])
        self.assertEqual(sum(k.startswith("original_") for k in plain), 107)

    def test_nothing_enabled(self):
        extractor = featureextractor.RadiomicsFeatureExtractor()
        extractor.disableAllFeatures()
        row = extractor.execute(self.image, self.mask)
        self.assertTrue(row and all(k.startswith("diagnostics_") for k in row))
        extractor.addProvenance(False)
        self.assertEqual(len(extractor.execute(self.image, self.mask)), 0)
        extractor.enableAllFeatures()
        extractor.disableAllImageTypes()
        self.assertEqual({k.split("_")[1] for k in extractor.execute(self.image, self.mask)}, {"shape"})

    def test_enabling(self):
        extractor = featureextractor.RadiomicsFeatureExtractor(additionalInfo=False)
        extractor.disableAllFeatures()
        extractor.enableFeaturesByName(glcm=["Contrast"], firstorder=["Mean", "Energy"])
        extractor.enableImageTypeByName("LoG", customArgs={"sigma": [3.0]})
        self.assertEqual(list(extractor.execute(self.image, self.mask)),
                         [f"{i}_{f}" for i in ("original", "log-sigma-3-0-mm-3D") for f in
                          ("glcm_Contrast", "firstorder_Mean", "firstorder_Energy")])
        extractor.enableFeatureClassByName("glcm", False)
        extractor.enableImageTypeByName("Original", False)
        self.assertEqual(len(extractor.execute(self.image, self.mask)), 2)
        extractor.enableFeaturesByName(glcm=["Nothing"])
        with self.assertRaises(LookupError):
            extractor.execute(self.image, self.mask)

    def test_parameters(self):
        params = {"setting": {"binWidth": 10, "label": 1}, "imageType": {"Square": {}},
                  "featureClass": {"firstorder": ["Mean"]}}
        expected = self.execute(params)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "params.json")
            with open(path, "w") as f:
                json.dump(params, f)
            self.assertEqual(self.execute(path), expected)
        extractor = featureextractor.RadiomicsFeatureExtractor()
        extractor.loadJSONParams(json.dumps(params))
        self.assertEqual(extractor.execute(self.image, self.mask), expected)
        with self.assertRaises(IOError):
            featureextractor.RadiomicsFeatureExtractor("absent.yaml")
        with self.assertRaises(ValueError):
            featureextractor.RadiomicsFeatureExtractor({"setting": {"binWidth": "wide"}})

    def test_refusals(self):
        for image, mask, label in ((self.image, self.mask, 2), (self.image, self.mask * 0, None),
                                   ("absent", self.mask, None), (self.image, None, None),
                                   (self.image, self.mask[1:], None)):
            with self.assertRaises(ValueError):
                featureextractor.RadiomicsFeatureExtractor().execute(image, mask, label)

    def test_pickled_and_in_threads(self):
        extractor = pickle.loads(pickle.dumps(featureextractor.RadiomicsFeatureExtractor(binWidth=7)))
        expected = self.execute(binWidth=7)
        found = []
        threads = [threading.Thread(target=lambda: found.append(extractor.execute(self.image, self.mask)))
                   for _ in range(8)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual(found, [expected] * 8)

    def test_maps(self):
        extractor = featureextractor.RadiomicsFeatureExtractor(kernelRadius=1, additionalInfo=False)
        extractor.disableAllFeatures()
        extractor.enableFeaturesByName(firstorder=["Mean"])
        made = extractor.execute(self.image, self.mask, voxelBased=True)
        self.assertEqual(list(made), ["original_firstorder_Mean"])
        self.assertIsInstance(made["original_firstorder_Mean"], sitk.Image)

    def test_classes(self):
        whole = self.execute(binWidth=10)
        box, _ = imageoperations.checkMask(self.image, self.mask)
        image, mask = imageoperations.cropToTumorMask(self.image, self.mask, box)
        for name, kind in radiomics.getFeatureClasses().items():
            if name == "shape2D":
                continue
            one = kind(image, mask, binWidth=10)
            values = one.execute()
            self.assertEqual([f"original_{name}_{f}" for f in values],
                             [k for k in whole if k.startswith(f"original_{name}_")])
            for feature, value in values.items():
                self.assertEqual(value, whole[f"original_{name}_{feature}"], feature)
                alone = getattr(one, f"get{feature}FeatureValue")()
                self.assertEqual(alone, value)
                self.assertIsInstance(alone, float if name == "shape" else np.ndarray, feature)
                self.assertEqual(np.shape(alone), () if name == "shape" else (1,), feature)
        with self.assertRaises(DeprecationWarning):
            radiomics.getFeatureClasses()["glcm"](image, mask).getDissimilarityFeatureValue()

    def test_modules_are_there_without_being_imported(self):
        script = "from radmill import radiomics as r; r.featureextractor, r.glcm.RadiomicsGLCM, r.scripts; r.nothing"
        run = subprocess.run([sys.executable, "-c", script], stderr=subprocess.PIPE, text=True)
        self.assertEqual(run.stderr.splitlines()[-1],
                         "AttributeError: module 'radmill.radiomics' has no attribute 'nothing'")

    def test_mcc_of_a_flat_region_is_an_integer(self):
        checks = np.indices((6, 6, 6)).sum(axis=0) % 4 * 100.0
        mask = radmill.Image(np.ones((6, 6, 6), np.uint8), (1, 1, 1)).to_simpleitk()
        mask[0, 0, 0] = 0
        for voxels, kind in ((checks, np.float64), (checks * 0, np.int64)):
            image = radmill.Image(voxels, (1, 1, 1)).to_simpleitk()
            for features in (["MCC"], []):
                row = featureextractor.RadiomicsFeatureExtractor({"featureClass": {"glcm": features}}).execute(image, mask)
                value = row["original_glcm_MCC"]
                self.assertEqual((value, value.dtype), (1, kind))

    def test_filters_by_hand(self):
        """An extractor's steps, done by the script: the same values."""
        for image_type in ("Wavelet", "LoG", "Square"):
            extractor = featureextractor.RadiomicsFeatureExtractor(
                {"imageType": {image_type: {"sigma": [3.0]} if image_type == "LoG" else {}},
                 "featureClass": {"firstorder": [], "glcm": []}})
            expected = extractor.execute(self.image, self.mask)
            box, _ = imageoperations.checkMask(self.image, self.mask)
            generator = getattr(imageoperations, f"get{image_type}Image")
            for image, name, settings in generator(self.image, self.mask, sigma=[3.0]):
                image, mask = imageoperations.cropToTumorMask(image, self.mask, box)
                for key, value in extractor.computeFeatures(image, mask, name, **settings).items():
                    self.assertAlmostEqual(float(value), float(expected[key]),
                                           delta=1e-6 * abs(float(value)) + 1e-9, msg=key)


@unittest.skipUnless(sitk, "SimpleITK is not installed")
class Script(unittest.TestCase):
    def test_script(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "script.py")
            with open(path, "w") as f:
                f.write(SCRIPT)
            run = subprocess.run([sys.executable, "-m", "radmill", path, "a", "b"], stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, universal_newlines=True)
            self.assertEqual((run.returncode, run.stdout.strip()), (0, radiomics.__version__), run.stderr)

    def test_what_is_not_served_goes_to_pyradiomics(self):
        """A package in pyradiomics' place that says who was asked."""
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "radiomics"))
            for name, text in (("__init__.py", ""), ("featureextractor.py", THEIRS)):
                with open(os.path.join(folder, "radiomics", name), "w") as f:
                    f.write(text)
            path = os.path.join(folder, "script.py")
            with open(path, "w") as f:
                f.write(ASKED)
            run = subprocess.run([sys.executable, "-m", "radmill", path], stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, universal_newlines=True)
        self.assertEqual(run.stdout.split(), ["radmill", "radmill"] + ["theirs"] * 4, run.stderr)
        lines = [line for line in run.stderr.splitlines() if "leaves this case to pyradiomics" in line]
        self.assertEqual(len(lines), 4, run.stderr)

    def test_usage(self):
        run = subprocess.run([sys.executable, "-m", "radmill"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual((run.returncode, run.stdout), (2, b""))


if __name__ == "__main__":
    unittest.main()
