"""pyradiomics' command over radmill; skipped without SimpleITK. Beside pyradiomics' own: tests/oracle/commandline.py."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import radmill
from balls import ball

try:
    import SimpleITK as sitk
except ImportError:
    sitk = None


@unittest.skipUnless(sitk, "SimpleITK is not installed")
class CommandLine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        image, mask = (radmill.Image(a, (1, 1.5, 2)).to_simpleitk() for a in ball())
        sitk.WriteImage(image, self.path("image.nrrd"))
        for label in (1, 2):
            sitk.WriteImage(sitk.Cast(mask, sitk.sitkUInt8) * label, self.path(f"mask{label}.nrrd"))
        with open(self.path("batch.csv"), "w", newline="") as f:
            csv.writer(f).writerows([["Id", "Image", "Mask", "Label"], ["007", "image.nrrd", "mask1.nrrd", "1"],
                                     ["x", "absent.nrrd", "mask1.nrrd", "1"], ["é, y", "image.nrrd", "mask2.nrrd", "2"]])
        self.expected = radmill.extract(image, mask)

    def path(self, name):
        return os.path.join(self.folder, name)

    def run_it(self, *words, status=0):
        run = subprocess.run([sys.executable, "-m", "radmill.radiomics.scripts", *words], cwd=self.folder,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
        self.assertEqual(run.returncode, status, run.stderr)
        return run

    def check(self, row):
        found = {k: float(v) for k, v in row.items() if k.startswith("original_")}
        self.assertEqual(found, dict(self.expected))

    def test_text(self):
        lines = self.run_it("image.nrrd", "mask1.nrrd").stdout.splitlines()
        self.assertEqual(lines[0], "Case-1_Image: " + os.path.realpath(self.path("image.nrrd")))
        self.check(dict(line[len("Case-1_"):].split(": ", 1) for line in lines))

    def test_batch(self):
        for jobs in ("1", "2")[:os.cpu_count()]:
            run = self.run_it("batch.csv", "-j", jobs, "-f", "csv", "--format-path", "basename", "-o", "out" + jobs)
            self.assertIn("Feature extraction failed!", run.stderr)
            with open(self.path("out" + jobs), newline="") as f:
                rows = list(csv.DictReader(f))
            self.assertEqual([r["Id"] for r in rows], ["007", "x", "é, y"])
            self.assertEqual([r["Image"] for r in rows], ["image.nrrd", "absent.nrrd", "image.nrrd"])
            self.assertEqual(rows[1]["original_firstorder_Mean"], "")
            self.check(rows[0])
            self.check(rows[2])

    def test_a_batch_goes_on_where_it_was(self):
        def rows():
            return json.loads(self.run_it("batch.csv", "-f", "json", "-od", "each").stdout)

        self.check(rows()[0])
        self.assertEqual(sorted(os.listdir(self.path("each"))), [f"features_{n}.csv" for n in (1, 2, 3)])
        with open(self.path("each/features_1.csv"), "w") as f:
            f.write("Image,Mask,mine\na,b,5\n")
        self.assertEqual(rows()[0]["mine"], "5")

    def test_settings(self):
        run = self.run_it("image.nrrd", "mask2.nrrd", "-s", "label:2", "-s", "binWidth:10", "-s", "distances:1,2", "-s",
                          "nothing:1", "-s", "binWidth:wide", "-f", "json")
        row = json.loads(run.stdout)[0]
        settings = row["diagnostics_Configuration_Settings"]
        self.assertEqual([settings[k] for k in ("label", "binWidth", "distances")], [2, 10.0, [1, 2]])
        self.assertEqual(run.stderr.count("skipping"), 2)
        self.check(json.loads(self.run_it("image.nrrd", "mask2.nrrd", "--label", "2", "-f", "json").stdout)[0])

    def test_maps(self):
        with open(self.path("p.json"), "w") as f:
            json.dump({"featureClass": {"firstorder": ["Mean"]}}, f)
        row = json.loads(self.run_it("image.nrrd", "mask1.nrrd", "-p", "p.json", "-m", "voxel", "-od", "maps", "-f", "json").stdout)
        path = os.path.join("maps", "Case-1_original_firstorder_Mean.nrrd")
        self.assertEqual(row[0]["original_firstorder_Mean"], path)
        self.assertEqual(sitk.ReadImage(self.path(path)).GetPixelID(), sitk.sitkFloat64)

    def test_trouble(self):
        with open(self.path("columns.csv"), "w") as f:
            f.write("Image,Region\n")
        with open(self.path("wrong.json"), "w") as f:
            f.write('{"setting": {"binWidth": "wide"}}')
        for words, status, said in ((["image.nrrd"], 1, "no mask"), (["columns.csv"], 1, "Mask"), (["absent.csv"], 3, "absent.csv"),
                                    (["image.nrrd", "mask1.nrrd", "-p", "wrong.json"], 3, "binWidth"), ([], 2, "usage"),
                                    (["batch.csv", "--validate", "-p", "wrong.json"], 0, "Validation complete, errors found in 1 case"),
                                    (["image.nrrd", "mask1.nrrd", "-o", "no/folder"], 2, "no/folder")):
            with self.subTest(words):
                self.assertIn(said, self.run_it("-v", "4", *words, status=status).stderr)

    def test_skipping_nan(self):
        from radmill.radiomics.scripts import _output

        for value, skipped in ((float("nan"), True), (np.array(np.nan), True), (1.5, False), ("nan", False), ((1.0, 2.0), False), (None, False)):
            self.assertEqual(_output._is_nan(value), skipped, value)

    def test_under_the_name_of_pyradiomics(self):
        with open(self.path("script.py"), "w") as f:
            f.write("import sys\nfrom radiomics.scripts import parse_args\nsys.exit(parse_args())\n")
        run = subprocess.run([sys.executable, "-m", "radmill", self.path("script.py"), "image.nrrd", "mask1.nrrd", "-f", "csv"],
                             cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.check(next(csv.DictReader(run.stdout.splitlines())))


if __name__ == "__main__":
    unittest.main()
