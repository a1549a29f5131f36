"""cases.py DATA BIN OUT: makes the benchmark cases (README.md). DATA may be missing: then only the synthetic one."""
import os
import subprocess
import sys

import numpy as np
import SimpleITK as sitk

from by_size import SIZES, START


def save(image, path, pixel):
    sitk.WriteImage(sitk.Cast(image, pixel), path)


def texture(n):
    """n^3 voxels of smooth noise around 30"""
    noise = sitk.GetImageFromArray(np.random.default_rng(7).normal(0, 400, (n, n, n)).astype(np.float32))
    return np.round(sitk.GetArrayFromImage(sitk.SmoothingRecursiveGaussian(noise, 1.5)) * 6 + 30).astype(np.int16)


def ball(out, name, n, radius):
    z, y, x = np.ogrid[:n, :n, :n]
    c = (n - 1) / 2
    inside = (x - c) ** 2 + (y - c) ** 2 + (z - c) ** 2 <= radius**2
    save(sitk.GetImageFromArray(texture(n)), f"{out}/{name}.nii", sitk.sitkInt16)
    save(sitk.GetImageFromArray(inside.astype(np.uint8)), f"{out}/{name}_m.nii", sitk.sitkUInt8)


def balls_by_size(out):
    """About so many voxels, with one voxel around them."""
    for voxels in (START, *SIZES):
        radius = (voxels * 0.75 / np.pi) ** (1 / 3)
        ball(out, f"ball_{voxels}", 2 * int(np.ceil(radius)) + 3, radius)


def convert(bin_folder, images, structures, rois, out, name):
    """DICOM to NIfTI with the project's own tools; masks uncompressed."""
    run = lambda *a: subprocess.run(a, check=True, stdout=subprocess.DEVNULL)
    run(bin_folder + "/dcm2nii-course", images, "-o", f"{out}/{name}.nii")
    for roi, short in rois.items():
        run(bin_folder + "/rtstruct2masks", structures, "--reference", f"{out}/{name}.nii", "--roi", roi, "-o", f"{out}/{short}.nii.gz.tmpdir")
        folder = f"{out}/{short}.nii.gz.tmpdir"
        made = [f for f in os.listdir(folder) if f.endswith(".nii.gz")][0]
        save(sitk.ReadImage(f"{folder}/{made}"), f"{out}/{short}.nii", sitk.sitkUInt8)


def first(folder):
    return os.path.join(folder, sorted(os.listdir(folder))[0])


def main():
    data, bin_folder, out = sys.argv[1:4]
    os.makedirs(out, exist_ok=True)
    balls_by_size(out)
    ball(out, "syn", 136, 62.04)
    ph, lung = data + "/ibsi_1_ct_radiomics_phantom/dicom", data + "/lung1/LUNG1-001"
    if os.path.isdir(ph):
        convert(bin_folder, ph + "/image", first(ph + "/mask"), {"GTV-1": "ph_m"}, out, "ph")
    if os.path.isdir(lung):
        convert(bin_folder, lung + "/image", first(lung + "/mask_rtstruct"), {"GTV-1": "lung_m", "Lung-Right": "right_m"}, out, "lung")


main()
