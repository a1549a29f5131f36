"""Every orientation and patient position that make_dicom writes: do radmill and ITK put the same
voxels at the same physical coordinates? Prints the worst corner in millimetres; status 1 beyond TOLERANCE_MM.

    python tests/oracle/geometry.py BIN BUILD          (SimpleITK and NumPy)
"""
import itertools
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import SimpleITK as sitk

TOLERANCE_MM = 1e-3  # NIfTI keeps its matrix in single precision
BODY = ["--size", "20x16x8", "--spacing", "0.977,2.5,4", "--centre", "12.5,-80,333"]
CASES = [["--orientation", o] for o in ("axial", "sagittal", "coronal", "oblique:10,20,30", "oblique:-70,15,100")]
CASES += [["--position", p] for p in ("HFS", "HFP", "FFS", "FFP", "HFDR", "HFDL", "FFDR", "FFDL")]
CASES += [["--shuffle", "--syntax", "rle"], ["--modality", "MR", "--pixel", "uint16"], ["--modality", "PT", "--slope", "0.5", "--slope-step", "0.1"]]


def by_itk(folder):
    reader = sitk.ImageSeriesReader()
    reader.SetFileNames(reader.GetGDCMSeriesFileNames(str(folder)))
    return reader.Execute()


def corners(image):
    last = [n - 1 for n in image.GetSize()]
    return np.array([image.TransformIndexToPhysicalPoint([int(b) * n for b, n in zip(bits, last)])
                     for bits in itertools.product((0, 1), repeat=3)])


def check(bin_dir, build, options):
    with tempfile.TemporaryDirectory() as work:
        folder, out = pathlib.Path(work, "in"), pathlib.Path(work, "image.nii")
        subprocess.run([build / "tests/gen/make_dicom", "-o", folder, *BODY, *options], check=True)
        subprocess.run([bin_dir / "dcm2nii-course", folder, "-o", out], check=True)
        theirs, ours = by_itk(folder), sitk.ReadImage(str(out))
        worst = np.abs(corners(theirs) - corners(ours)).max() if theirs.GetSize() == ours.GetSize() else np.inf
        a, b = (sitk.GetArrayFromImage(i).astype(float) for i in (theirs, ours))
        differ = int((~np.isclose(a, b, rtol=1e-6)).sum()) if a.shape == b.shape else a.size
    print(f"{' '.join(options):32} {worst:9.2e} mm, {differ} of {a.size} voxels differ")
    return worst <= TOLERANCE_MM and differ == 0


def main():
    bin_dir, build = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
    sys.exit(0 if all([check(bin_dir, build, options) for options in CASES]) else 1)


main()
