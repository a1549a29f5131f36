"""radmill.extract and its like, with numpy alone."""

import _thread
import concurrent.futures
import contextlib
import gc
import io
import os
import pickle
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import warnings

import numpy as np
import radmill
from balls import ball
from radmill import _result, selftest

FEW = {"featureClass": {"firstorder": ["Mean", "Maximum"], "shape": ["MeshVolume"]}}


class Values(unittest.TestCase):
    def test_selftest(self):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            self.assertEqual(selftest.main(), 0, said.getvalue())
        self.assertRegex(said.getvalue().splitlines()[-1], r"^[1-9]\d{2,} values, 0 differ$")

    def test_selftest_sees_a_difference(self):
        self.assertTrue(selftest.differs(1.0, 1.0 + 3e-6))
        self.assertTrue(selftest.differs(float("nan"), 1.0))
        self.assertTrue(selftest.differs(1.0, None))
        self.assertFalse(selftest.differs(float("nan"), None))

    def test_ordered_mapping(self):
        image, mask = ball()
        found = radmill.extract(image, mask, FEW)
        self.assertEqual(list(found), [v.name for v in found.values_])
        self.assertEqual(found["original_firstorder_Maximum"], image[mask == 1].max())
        self.assertAlmostEqual(found["original_firstorder_Mean"], image[mask == 1].mean(), 9)
        self.assertEqual(found.diagnostics["diagnostics_Mask-original_VoxelNum"], mask.sum())
        self.assertEqual(found.diagnostics["diagnostics_Image-original_Size"], image.shape[::-1])
        self.assertEqual(found.units["original_shape_MeshVolume"], "mm3")
        self.assertTrue(all(found.codes.values()))
        self.assertEqual(pickle.loads(pickle.dumps(found)), found)

    def test_what_was_not_asked_for_yet(self):
        """Values, diagnostics and numbers are made when they are asked for, in whatever order."""
        image, mask = ball()
        flat = {"setting": {"binWidth": 100000}, "featureClass": {"firstorder": [], "ngtdm": [], "glcm": ["MCC"]}}
        first, second = (radmill.extract(np.zeros_like(image), mask, flat) for _ in range(2))
        sent = pickle.loads(pickle.dumps(second))
        for found in (first, sent):
            self.assertEqual([v.value for v in found.values_], list(found.values()))
            self.assertEqual(found.reasons, {v.name: v.reason for v in found.values_ if v.value != v.value})
        self.assertEqual(dict(sent.diagnostics), first.diagnostics)
        first.diagnostics["mine"] = 1
        self.assertEqual(pickle.loads(pickle.dumps(first)).diagnostics["mine"], 1)
        self.assertEqual(first.diagnostics["diagnostics_Mask-original_VoxelNum"], mask.sum())

    def test_results_of_many_parameters(self):
        """What is kept of earlier results is never taken for another's."""
        image, mask = ball()
        names = [f.name for f in radmill.features("pyradiomics") if f.family == "firstorder"][:9]
        for _ in range(2):
            for name in names:
                for family in ({"firstorder": [name]}, {"firstorder": [name, "Mean"]}):
                    found = radmill.extract(image, mask, {"featureClass": family})
                    self.assertEqual({v.feature for v in found.values_}, set(family["firstorder"]))

    def test_axes(self):
        """The first element of the spacing is that of the last axis of the array."""
        image, mask = ball()
        params = {"featureClass": {"shape": ["MeshVolume", "Maximum2DDiameterSlice"]}}
        wide = radmill.extract(image, mask, params, spacing=(3, 1, 1))
        plain = radmill.extract(image, mask, params)
        turned = radmill.extract(image.T.copy(), mask.T.copy(), params, spacing=(1, 1, 3))
        self.assertAlmostEqual(wide["original_shape_MeshVolume"],
                               3 * plain["original_shape_MeshVolume"], 6)
        self.assertAlmostEqual(turned["original_shape_MeshVolume"],
                               wide["original_shape_MeshVolume"], 6)
        self.assertEqual(turned["original_shape_Maximum2DDiameterSlice"],
                         plain["original_shape_Maximum2DDiameterSlice"])


    def test_threads(self):
        """Values, maps and the order of what is told are the same for every number of threads."""
        image, mask = ball()
        params = {"imageType": {"Original": {}, "Wavelet": {}}}
        told, first = [], radmill.extract(image, mask, params)
        for n in (1, 3):
            calls = []
            found = radmill.extract(image, mask, params, threads=n, progress=lambda *what: calls.append(what))
            np.testing.assert_array_equal(list(found.values()), list(first.values()))
            self.assertEqual(list(found), list(first))
            told.append(calls)
        self.assertEqual(told[0], told[1])
        one, three = (radmill.maps(image, mask, FEW, threads=n) for n in (1, 3))
        for name, made in one.items():
            np.testing.assert_array_equal(np.asarray(made), np.asarray(three[name]))
        for bad in (0, 1.5, True, 2000):
            with self.assertRaises(radmill.UsageError):
                radmill.extract(image, mask, FEW, threads=bad)


class Arrays(unittest.TestCase):
    def test_every_type_and_layout(self):
        image, mask = ball()
        expected = dict(radmill.extract(image, mask))
        types = "uint8 uint16 int16 uint32 int32 uint64 int64 float16 float32 float64 >i2 >f8".split()
        for dtype in types:
            given = image.astype(dtype)
            for kind in ("bool", "uint8", "int32", ">u2"):
                found = radmill.extract(given, mask.astype(kind))
                self.assertEqual(found.keys(), expected.keys())
                for name, value in expected.items():
                    self.assertAlmostEqual(found[name], value, delta=1e-6 * abs(value) + 1e-12,
                                           msg=f"{dtype} {name}")
        for layout in (np.asfortranarray(image), np.repeat(image, 2, axis=2)[:, :, ::2],
                       image[::-1][::-1]):
            self.assertEqual(dict(radmill.extract(layout, mask)), expected)

    def test_not_written_to(self):
        image, mask = ball()
        image.setflags(write=False)
        mask.setflags(write=False)
        radmill.extract(image, mask)

    def test_lent_without_a_copy(self):
        from radmill._images import image_of, lend

        for array in (ball()[0], ball(dtype=np.float64)[0], ball()[1].view(bool)):
            struct, kept = lend(image_of(array))
            self.assertEqual(struct.voxels, array.ctypes.data)
            self.assertTrue(np.shares_memory(kept[0], array))

    def test_two_axes(self):
        image, mask = ball()
        params = {"featureClass": {"shape2D": ["PixelSurface"]}, "setting": {"force2D": True}}
        found = radmill.extract(image[9], mask[9], params, spacing=(2, 3))
        self.assertEqual(found["original_shape2D_PixelSurface"], 6 * mask[9].sum())

    def test_what_is_no_image(self):
        image, mask = ball()
        for given in (None, 3, "absent.nii", image.astype(complex), image.astype(object), image[0, 0],
                      np.stack([image, image])):
            with self.assertRaises(ValueError, msg=repr(given)[:40]):
                radmill.extract(given, mask)
        with self.assertRaises(radmill.UsageError):
            radmill.extract(image, None)
        for place in ({"spacing": (1, 2)}, {"spacing": (1, 0, 1)}, {"spacing": (1, float("nan"), 1)},
                      {"direction": [0] * 9}, {"origin": (1e300, 0, 0)}):
            with self.assertRaises(ValueError, msg=str(place)):
                radmill.extract(image, mask, **place)


class Refusals(unittest.TestCase):
    def test_label(self):
        image, mask = ball()
        self.assertEqual(dict(radmill.extract(image, mask * 7, FEW, 7)),
                         dict(radmill.extract(image, mask, FEW)))
        with self.assertRaisesRegex(radmill.RefusedError, "label 3"):
            radmill.extract(image, mask, label=3)
        for label in (0, -1, 1.5, 2**63):
            with self.assertRaises(radmill.UsageError):
                radmill.extract(image, mask, label=label)

    def test_parameters(self):
        image, mask = ball()
        for wrong in ({"settings": {"binWidht": 3}}, {"settings": {"binWidth": -1}},
                      {"preset": "none-such"}, {"profile": "none-such"}, {"params": "absent.yaml"},
                      {"params": {"setting": {"binWidth": object()}}}, {"params": 3},
                      {"params": {}, "preset": "ct"}, {"params": {"a\0b": 1}}):
            with self.assertRaises(ValueError, msg=str(wrong)):
                radmill.extract(image, mask, **wrong)

    def test_parameters_given_again(self):
        """They are kept, but what was changed counts: in a mapping, in a file of the same size and time."""
        image, mask = ball()

        def width(*given, **more):
            found = radmill.extract(image, mask, *given, **more)
            return re.search(r"'binWidth': ([0-9]+)", found.diagnostics["diagnostics_Configuration_Settings"]).group(1)

        mapping = {"setting": {"binWidth": 11}}
        self.assertEqual(width(mapping), "11")
        mapping["setting"]["binWidth"] = 12
        self.assertEqual(width(mapping), "12")
        self.assertEqual(width(mapping, settings={"binWidth": 13}), "13")
        self.assertEqual(width(mapping), "12")
        self.assertEqual(width(settings={"binWidth": 25}), "25")
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "p.yaml")
            for written in ("14", "15", "14"):
                with open(path, "w") as out:
                    out.write("setting: {binWidth: %s}\n" % written)
                os.utime(path, (1, 1))
                self.assertEqual(width(path), written)
                self.assertEqual(width(path), written)
            os.remove(path)
            with self.assertRaisesRegex(radmill.RefusedError, "p.yaml"):
                width(path)
            os.mkfifo(path)  # read but once
            sender = threading.Thread(target=lambda: open(path, "w").write("setting: {binWidth: 16}\n"))
            sender.start()
            self.assertEqual(width(path), "16")
            sender.join()
        with self.assertRaises(radmill.UsageError):  # those of maps are others
            radmill.extract(image, mask, radmill.Params(mapping, voxel=True))
        self.assertEqual(list(radmill.maps(image, mask, FEW)), [n for n in radmill.maps(image, mask, FEW)])
        self.assertEqual(len(radmill.extract(image, mask, FEW)), 3)

    def test_spelling_of_parameters(self):
        """Values of Python arrive as what they are."""
        image, mask = ball(dtype=np.float64)
        image = image * 1e-7
        for width in (1e-07, np.float64(2.5e-07), np.float32(1e-6)):
            made = radmill.extract(image, mask, {"setting": {"binWidth": width}})
            again = radmill.extract(image, mask, settings={"binWidth": width})
            text = made.diagnostics["diagnostics_Configuration_Settings"]
            self.assertIn(f"'binWidth': {float(width)!r}", text)
            self.assertEqual(dict(made), dict(again))

    def test_warnings_are_warnings(self):
        image, mask = ball()
        params = {"imageType": {"LBP2D": {}}, **FEW}
        with warnings.catch_warnings(record=True) as seen, self.assertLogs("radmill", "WARNING"):
            warnings.simplefilter("always")
            radmill.extract(image, mask, params)
        self.assertTrue(any(issubclass(w.category, radmill.RadmillWarning) for w in seen))
        self.assertTrue(all(w.filename == __file__ for w in seen), [w.filename for w in seen])

    def test_end_by_progress(self):
        image, mask = ball()
        with self.assertRaises(KeyboardInterrupt):
            radmill.extract(image, mask, progress=lambda *_: False)
        with self.assertRaises(ZeroDivisionError):
            radmill.extract(image, mask, progress=lambda *_: 1 / 0)
        seen = []
        radmill.extract(image, mask, FEW, progress=lambda *a: seen.append(a))
        self.assertTrue(seen and all(len(a) == 4 for a in seen))


    def test_interruption(self):
        """Ctrl-C ends every kind of call, whoever listens, and its KeyboardInterrupt arrives."""
        # In the background of a shell Ctrl-C is ignored from the start.
        self.addCleanup(signal.signal, signal.SIGINT, signal.signal(signal.SIGINT, signal.default_int_handler))
        image, mask = ball()
        big = np.tile(image, (4, 4, 4))
        many = {"imageType": {"Original": {}, "LoG": {"sigma": [1 + i / 64 for i in range(400)]}}}
        warned = {**many, "imageType": {"LBP2D": {}, **many["imageType"]}}
        calls = {
            "extract": lambda: radmill.extract(image, mask, many),
            "progress": lambda: radmill.extract(image, mask, many, progress=lambda *_: True),
            "threads": lambda: radmill.extract(image, mask, many, threads=2),
            "warnings": lambda: radmill.extract(image, mask, warned),
            "maps": lambda: radmill.maps(image, mask, many),
            "filtered": lambda: radmill.filtered(big, params=many),
        }
        for name, call in calls.items():
            timer = threading.Timer(0.05, _thread.interrupt_main)
            with self.subTest(name), self.assertRaises(KeyboardInterrupt), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                timer.start()
                call()
            timer.join()
        self.assertEqual(len(radmill.extract(image, mask, FEW)), 3)


class Pictures(unittest.TestCase):
    def test_maps(self):
        image, mask = ball()
        made = radmill.maps(image, mask, {"featureClass": {"firstorder": ["Mean"]}}, spacing=(1, 2, 3),
                            origin=(10, 20, 30))
        self.assertEqual(list(made), ["original_firstorder_Mean"])
        got = made["original_firstorder_Mean"]
        z, y, x = [int(round((o - p) / s)) for o, p, s in
                   zip(got.origin, (10, 20, 30), (1, 2, 3))][::-1]
        at = (9, 9, 9)
        inside = image[8:11, 8:11, 8:11]
        self.assertAlmostEqual(np.asarray(got)[at[0] - z, at[1] - y, at[2] - x], inside.mean(), 9)

    def test_filtered(self):
        image, mask = ball()
        params = {"imageType": {"Original": {}, "Wavelet": {}, "Square": {}}}
        made = radmill.filtered(image, params=params, spacing=(1, 2, 3))
        self.assertEqual(len(made), 10)
        self.assertTrue((made["original"].array == image).all())
        self.assertTrue(all(i.size == image.shape[::-1] and i.spacing == (1, 2, 3)
                            for i in made.values()))
        self.assertEqual(list(radmill.filtered(image, mask, params)), list(made))

    def test_params_are_for_one_mode(self):
        image, mask = ball()
        params = radmill.Params(FEW)
        with self.assertRaises(radmill.UsageError):
            radmill.maps(image, mask, params)
        with self.assertRaises(radmill.UsageError):
            radmill.extract(image, mask, params, settings={"binWidth": 3})
        again = pickle.loads(pickle.dumps(params))
        self.assertEqual(dict(radmill.extract(image, mask, again)),
                         dict(radmill.extract(image, mask, params)))


class Lists(unittest.TestCase):
    def test_rows(self):
        self.assertIn("Contrast", [f.name for f in radmill.features("pyradiomics") if f.family == "glcm"])
        self.assertIn("binWidth", [s.name for s in radmill.settings("pyradiomics")])
        self.assertIn("Wavelet", [f.name for f in radmill.filters("pyradiomics")])
        image, mask = ball()
        for preset in radmill.presets():
            radmill.Params(preset=preset.name)
            self.assertTrue(preset.text and preset.summary)
        self.assertEqual(radmill.features("none-such"), [])


class Process(unittest.TestCase):
    def test_threads(self):
        image, mask = ball()
        expected = dict(radmill.extract(image, mask))
        found = []
        threads = [threading.Thread(target=lambda: found.append(dict(radmill.extract(image, mask))))
                   for _ in range(8)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual(found, [expected] * 8)

    def test_threads_that_take_turns_anywhere(self):
        """Garbage whose end gives the interpreter to another thread, as in a program at work: what reads the engine's
        texts must not mind."""

        class Garbage:
            def __init__(self):
                self.itself = self

            def __del__(self):
                time.sleep(0)

        def work(_):
            for _ in range(2000):
                Garbage()
                self.assertEqual(_result._typed("(1.5, 2, 3e-05, nan)", _result._LIST)[:3], (1.5, 2, 3e-05))

        before = gc.get_threshold(), sys.getswitchinterval()
        gc.set_threshold(10)
        sys.setswitchinterval(1e-6)
        try:
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                list(pool.map(work, range(8)))
        finally:
            gc.set_threshold(*before[0])
            sys.setswitchinterval(before[1])

    def test_import_is_lean(self):
        """What is not needed is not imported: the import costs numpy and little else."""
        out = subprocess.run([sys.executable, "-c", "import sys, numpy, radmill\nprint(*sys.modules)"],
                             stdout=subprocess.PIPE, check=True, universal_newlines=True).stdout.split()
        for name in ("SimpleITK", "nibabel", "pandas", "tqdm", "multiprocessing", "concurrent.futures",
                     "subprocess", "yaml"):
            self.assertNotIn(name, out)


if __name__ == "__main__":
    unittest.main()
