"""Runs TotalSegmentator's radiomics module, unedited, on a case in the folder FOLDER, under python -m radmill; then compares
its numbers, which are rounded to four decimals, with radmill.extract."""

import json
import pathlib
import sys

import nibabel
import numpy as np
import radmill
from radmill import selftest
from totalsegmentator import statistics


def main(folder):
    (folder / "masks").mkdir()
    image, mask = selftest.case()
    affine = np.diag([1.5, 1.5, 3, 1])
    half = mask.copy()
    half[:, :, :15] = 0
    nibabel.save(nibabel.Nifti1Image(image.T, affine), folder / "ct.nii.gz")
    for name, array in (("whole", mask), ("half", half)):
        nibabel.save(nibabel.Nifti1Image(array.T, affine), folder / "masks" / (name + ".nii.gz"))
    statistics.get_radiomics_features_for_entire_dir(folder / "ct.nii.gz", folder / "masks", folder / "out.json")
    found = json.loads((folder / "out.json").read_text())
    params = {"featureClass": {"shape": [], "firstorder": []}}
    settings = {"resampledPixelSpacing": [3, 3, 3], "geometryTolerance": 1e-3}
    for name in ("whole", "half"):
        expected = radmill.extract(folder / "ct.nii.gz", folder / "masks" / (name + ".nii.gz"), params, settings=settings)
        expected = {k.replace("original_", ""): round(v, 4) for k, v in expected.items()}
        assert found[name] == expected and len(expected) == 32, name
    print("equal")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
