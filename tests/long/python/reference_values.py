"""reference_values.py FOLDER: values of every case that reference_images has made, a line "case column value" each. numpy only."""

import pathlib
import sys

import numpy as np
import radmill

KINDS = {2: "u1", 256: "i1", 4: "<i2", 512: "<u2", 8: "<i4", 768: "<u4", 16: "<f4", 64: "<f8", 1024: "<i8", 1280: "<u8"}


def volume(path):
    """A NIfTI file of make_volume's: spacing, and axes and origin in DICOM's directions, of its matrix."""
    data = path.read_bytes()
    axes, sizes = np.frombuffer(data, "<i2", 1, 40)[0], np.frombuffer(data, "<i2", 3, 42)
    kind, offset = KINDS[int(np.frombuffer(data, "<i2", 1, 70)[0])], int(np.frombuffer(data, "<f4", 1, 108)[0])
    matrix = np.frombuffer(data, "<f4", 12, 280).reshape(3, 4).astype(float) * [[-1], [-1], [1]]
    spacing = np.sqrt((matrix[:, :3] ** 2).sum(axis=0))
    voxels = np.frombuffer(data, kind, int(np.prod(sizes[:axes].astype(int))), offset)
    shape = tuple(int(n) for n in sizes[:axes][::-1])
    n = int(axes)
    return radmill.Image(voxels.reshape(shape), tuple(spacing[:n]), tuple(matrix[:n, 3]),
                         tuple((matrix[:, :3] / spacing)[:n, :n].ravel()))


def main(folder):
    for case in sorted(p for p in folder.iterdir() if p.is_dir()):
        image, mask = volume(case / "image.nii"), volume(case / "mask.nii")
        try:
            row = radmill.extract(image, mask, case / "params.yaml")
        except radmill.RadmillError as e:
            print(case.name, "refused", type(e).__name__)
            continue
        for name, value in row.items():
            print(case.name, name, repr(float(value)))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
