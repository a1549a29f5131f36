"""Images of SimpleITK and nibabel, pandas; skipped where they are not installed."""

import os
import tempfile
import unittest

import numpy as np
import radmill
from balls import ball


def installed(name):
    try:
        return __import__(name)
    except ImportError:
        return None


sitk, nibabel, pandas = (installed(n) for n in ("SimpleITK", "nibabel", "pandas"))
PLACE = {"spacing": (1.5, 2.0, 2.5), "origin": (-10.0, 20.0, 30.0),
         "direction": (0.0, -1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0)}


def expected():
    image, mask = ball()
    return radmill.extract(image, mask, **PLACE)


@unittest.skipUnless(sitk, "SimpleITK is not installed")
class SimpleITK(unittest.TestCase):
    def setUp(self):
        self.image, self.mask = (radmill.Image(a, **PLACE).to_simpleitk() for a in ball())

    def test_objects(self):
        found = radmill.extract(self.image, self.mask)
        self.assertEqual(dict(found), dict(expected()))
        self.assertEqual(found.diagnostics, expected().diagnostics)

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, n) for n in ("image.nrrd", "mask.nrrd")]
            for image, path in zip((self.image, self.mask), paths):
                sitk.WriteImage(image, path)
            self.assertEqual(dict(radmill.extract(*paths)), dict(expected()))

    def test_vector_mask(self):
        other = sitk.Cast(self.mask == 0, sitk.sitkUInt8)
        both = sitk.Compose(other, self.mask)
        found = radmill.extract(self.image, both, settings={"label_channel": 1})
        self.assertEqual(dict(found), dict(expected()))

    def test_maps_are_of_the_same_kind(self):
        made = radmill.maps(self.image, self.mask, {"featureClass": {"firstorder": ["Mean"]}})
        got = made["original_firstorder_Mean"]
        self.assertIsInstance(got, sitk.Image)
        self.assertEqual(got.GetDirection(), PLACE["direction"])

    def test_flat(self):
        image, mask = self.image[:, :, 9], self.mask[:, :, 9]
        params = {"setting": {"force2D": True}}
        self.assertEqual(dict(radmill.extract(image, mask, params)), dict(radmill.extract(
            ball()[0][9], ball()[1][9], params, spacing=image.GetSpacing())))


@unittest.skipUnless(nibabel, "nibabel is not installed")
class Nibabel(unittest.TestCase):
    def test_same_place(self):
        matrix = np.reshape(PLACE["direction"], (3, 3)) * PLACE["spacing"]
        affine = np.eye(4)
        affine[:3, :3], affine[:3, 3] = matrix, PLACE["origin"]
        affine = np.diag([-1, -1, 1, 1]) @ affine
        image, mask = (nibabel.Nifti1Image(a.T, affine) for a in ball())
        found = radmill.extract(image, mask)
        for name, value in expected().items():
            self.assertAlmostEqual(found[name], value, delta=1e-9 * abs(value), msg=name)
        place = radmill._images.image_of(image)
        for part in ("spacing", "origin", "direction"):
            np.testing.assert_allclose(getattr(place, part), PLACE[part], atol=1e-12)


@unittest.skipUnless(pandas, "pandas is not installed")
class Pandas(unittest.TestCase):
    def test_series_and_frame(self):
        image, mask = ball()
        found = radmill.extract(image, mask)
        series = found.to_series()
        self.assertEqual(series.dtype, float)
        self.assertEqual(dict(series), dict(found))
        self.assertEqual(len(found.to_series(diagnostics=True)), len(found) + len(found.diagnostics))
        frame = radmill.extract_many([(image, mask, 3), (image, mask)], progress=False).to_frame()
        self.assertEqual(list(frame["state"]), ["skipped", "ok"])
        self.assertEqual(list(frame.columns)[3:], list(found))

    def test_results(self):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "_RESULTS"))
            with open(os.path.join(folder, "_RESULTS", "radiomics.csv"), "w") as f:
                f.write("patient_id,roi_name,structure_cropped,original_a_B,original_a_C,text\n"
                        '007,NaN,True,1.5,,"a,b"\n1e3,NA,False,0.1,2,x\n')
            frame = radmill.read_results(folder)
            self.assertEqual(list(frame["patient_id"]), ["007", "1e3"])
            self.assertEqual(list(frame["roi_name"]), ["NaN", "NA"])
            self.assertEqual(frame["structure_cropped"].dtype, bool)
            self.assertEqual(list(frame["original_a_B"]), [1.5, 0.1])
            self.assertTrue(np.isnan(frame["original_a_C"][0]) and frame["original_a_C"][1] == 2)
            self.assertEqual(list(frame["text"]), ["a,b", "x"])
            with self.assertRaises(FileNotFoundError):
                radmill.read_results(folder, "status")


if __name__ == "__main__":
    unittest.main()
