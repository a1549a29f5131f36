"""Compares radfeat with pyradiomics on files of one's own, as they are: given.py [--radfeat FILE] IMAGE MASK PARAMS...

Maps where a parameter file has the section voxelSetting. Ends with 1 when anything differs."""
import argparse
import os
import sys
import tempfile
import types

import baseline  # noqa: F401 (first: NumPy reads what it sets)
import extract
import oracle
import ruamel.yaml
import SimpleITK as sitk


def arguments():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--radfeat", default="bin/radfeat")
    p.add_argument("image")
    p.add_argument("mask")
    p.add_argument("params", nargs="+")
    return p.parse_args()


def case(image, mask, params):
    with open(params) as text:
        content = ruamel.yaml.YAML(typ="safe", pure=True).load(text)
    return types.SimpleNamespace(image=sitk.ReadImage(image), mask=sitk.ReadImage(mask), params=content, label=None,
                                 voxel="voxelSetting" in content, batch=None, eigenvalues={})


def compare(radfeat, image, mask, params):
    """-> what both gave. Maps are written beside the image, so it is linked into a folder that goes away."""
    result = {"case": os.path.basename(params), "values": 0, "worst": {}, "wrong": [], "excepted": {}, "refused": False}
    with tempfile.TemporaryDirectory() as folder:
        links = []
        for file in (image, mask):
            links.append(os.path.join(folder, f"{len(links)}-{os.path.basename(file)}"))
            os.symlink(os.path.abspath(file), links[-1])
        extract.both(case(image, mask, params), radfeat, [*links, params], result)
    return result


def main():
    a, different = arguments(), 0
    for params in a.params:
        result = compare(os.path.abspath(a.radfeat), a.image, a.mask, params)
        oracle.show(result, 8)
        different += bool(result["wrong"])
        worst = max((d for d, *_ in result["worst"].values()), default=0.0)
        outcome = "refused by both" if result["refused"] else f"{result['values']} values, worst {worst:.1e}"
        print(f"{params}: {outcome}, {len(result['wrong'])} differences, {sum(result['excepted'].values())} exceptions")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
