"""Runs a package of PyPI that is built on pyradiomics, unedited, and prints names and values.

    python3 -m radmill run_consumer.py frd_score|radtract FOLDER     # what radmill serves
    python3 run_consumer.py frd_score|radtract FOLDER                # pyradiomics itself

The files *.tsv beside this one hold every eleventh line of the second form (pyradiomics 3.0.1)."""

import importlib
import os
import sys

import numpy as np
import SimpleITK as sitk


def cases():
    """Two images with textures, masks of two labels, from a fixed generator."""
    z, y, x = np.indices((14, 24, 26)) - np.array([6.5, 11.5, 12.5]).reshape(3, 1, 1, 1)
    for number in (0, 1):
        noise = np.random.default_rng(number).integers(0, 60, z.shape)
        image = noise + 100 * np.sin(x / (3 + number)) + 4 * y + 10 * z
        mask = ((x / 9) ** 2 + (y / 8) ** 2 + (z / 5) ** 2 < 1).astype("uint8")
        yield image, mask, mask + mask * (x > 0)


def write(path, array, kind):
    image = sitk.GetImageFromArray(array.astype(kind))
    image.SetSpacing((1.5, 1.5, 3))
    sitk.WriteImage(image, path)
    return path


def frd_score(folder):
    """Features of release v0 and v1 of the score, in a pool of processes, as the package takes them."""
    frd = importlib.import_module("frd_score.frd")
    files, masks = [], []
    for n, (image, mask, _) in enumerate(cases()):
        files.append(write(os.path.join(folder, f"image{n}.nii.gz"), image, "float32"))
        masks.append(write(os.path.join(folder, f"mask{n}.nii.gz"), mask, "uint8"))
    for version in ("v0", "v1"):
        extractor = frd.get_feature_extractor(frd_version=version, image_dim=3)
        _, rows, _ = frd.compute_features(files, extractor, masks, num_workers=2, frd_version=version)
        for n, row in enumerate(rows):
            for name, value in row.items():
                if not name.startswith("diagnostics_"):
                    yield f"{version}:{n}:{name}", value


def radtract(folder):
    """Features of a tract and of its parcels, with the package's own parameter file."""
    features = importlib.import_module("radtract.features")
    image, _, parcels = next(cases())
    files = (write(os.path.join(folder, "parcels.nii.gz"), parcels, "uint8"),
             write(os.path.join(folder, "map.nii.gz"), image / 300, "float64"))
    table = features.PyradiomicsExtractor(num_parcels=2).calc_features(*files)
    for row in table.itertuples():
        yield f"{row.parcel}:{row.filter}:{row.feature_type}:{row.feature}", row.value


if __name__ == "__main__":
    with open(os.path.join(sys.argv[2], "values.tsv"), "w") as out:
        for name, value in {"frd_score": frd_score, "radtract": radtract}[sys.argv[1]](sys.argv[2]):
            print(name, repr(float(value)), sep="\t", file=out)
