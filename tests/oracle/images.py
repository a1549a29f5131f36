"""Random images and masks: pixel types, geometry, regions of every kind."""
import math

import numpy as np
import SimpleITK as sitk

PIXELS = [np.int16, np.float32, np.uint8, np.float64, np.uint16, np.int32, np.int8, np.uint32, np.int64]
PIXEL_SHARE = [0.35, 0.2, 0.1, 0.1, 0.08, 0.07, 0.04, 0.03, 0.03]
ROIS = {"ball": 0.28, "ragged": 0.2, "pieces": 0.1, "border": 0.1, "tiny": 0.12, "slab": 0.09, "box": 0.05, "line": 0.03, "voxel": 0.02,
        "all": 0.01}


def rotation(angles):
    """Three Euler angles (radians) to a proper rotation."""
    out = np.eye(3)
    for axis, angle in enumerate(angles):
        c, s = math.cos(angle), math.sin(angle)
        m = np.eye(3)
        i, j = [k for k in range(3) if k != axis]
        m[i, i] = m[j, j] = c
        m[i, j], m[j, i] = -s, s
        out = out @ m
    return out


def direction(rng, dims):
    kind = rng.choice(["identity", "permuted", "oblique"], p=[0.55, 0.15, 0.3])
    if kind == "identity":
        return np.eye(dims)
    if kind == "permuted":
        return np.eye(dims)[rng.permutation(dims)] * rng.choice([-1, 1], dims)
    angle = rng.uniform(-0.6, 0.6, 3)
    return rotation(angle) if dims == 3 else rotation([0, 0, angle[2]])[:2, :2]


def spacing(rng, dims):
    kind = rng.choice(["unit", "round", "any", "thick"])
    if kind == "unit":
        return np.ones(dims)
    if kind == "round":
        return rng.choice([0.5, 0.75, 0.9765625, 1.0, 1.5, 2.0, 2.5, 3.0], dims)
    if kind == "thick":
        s = float(rng.uniform(0.5, 1.2))
        return np.array([s, s, float(rng.uniform(2, 5))])[:dims]
    return np.round(rng.uniform(0.4, 3.5, dims), 3)


def smooth(rng, shape, width):
    a = sitk.GetImageFromArray(rng.normal(0, 1, shape))
    a = sitk.GetArrayFromImage(sitk.DiscreteGaussian(a, width)) if width else sitk.GetArrayFromImage(a)
    return a / (a.std() or 1)


def voxels(rng, shape, dtype):
    """(z,) y, x array of a pixel type."""
    kind = rng.choice(["smooth", "noise", "few", "wide", "negative", "flat"], p=[0.4, 0.2, 0.15, 0.1, 0.1, 0.05])
    if kind == "flat":
        a = np.full(shape, float(rng.choice([0, 1, 7.7, 0.1, float(rng.integers(0, 120))])))
    elif kind == "few":
        a = rng.integers(0, int(rng.integers(2, 6)), shape) * float(rng.integers(1, 60))
    else:
        a = smooth(rng, shape, 0 if kind == "noise" else float(rng.uniform(0.5, 3)))
        a = a * float({"wide": 900, "negative": 150}.get(kind, rng.uniform(10, 120)))
        a = a + float({"wide": 500, "negative": -400}.get(kind, rng.uniform(-50, 150)))
    if np.issubdtype(dtype, np.integer):
        info = np.iinfo(dtype)
        return np.clip(np.round(a), info.min, info.max).astype(dtype)
    a = a.astype(dtype)
    if rng.random() < 0.02:  # a voxel that is not a number
        a.flat[int(rng.integers(a.size))] = np.nan
    return a


def corner(rng, shape, most):
    """A small block at a random place."""
    out = np.zeros(shape, bool)
    lo = [int(rng.integers(0, k)) for k in shape]
    out[tuple(slice(a, a + int(rng.integers(1, most + 1))) for a in lo)] = True
    return out


def line(rng, shape):
    out = np.zeros(shape, bool)
    at = [int(rng.integers(0, k)) for k in shape]
    at[int(rng.integers(len(shape)))] = slice(None)
    out[tuple(at)] = True
    return out


def region(rng, shape):
    at, n = np.indices(shape), np.array(shape)
    middle = n / 2 + rng.uniform(-1, 1, len(n))
    radius = np.maximum(n / 2 * rng.uniform(0.4, 0.85), 1.2)
    from_middle = [a - c for a, c in zip(at, middle)]
    ball = sum((d / r) ** 2 for d, r in zip(from_middle, radius)) <= 1
    kind = str(rng.choice(list(ROIS), p=list(ROIS.values())))
    out = {"ball": lambda: ball, "ragged": lambda: ball & (rng.random(shape) < rng.uniform(0.4, 0.9)),
           "pieces": lambda: smooth(rng, shape, 1.5) > 0.7, "border": lambda: at[-1] < n[-1] // 2,
           "tiny": lambda: corner(rng, shape, 3), "slab": lambda: ball & (at[0] == int(middle[0])),
           "box": lambda: np.all([abs(d) < k / 4 for d, k in zip(from_middle, n)], axis=0),
           "line": lambda: line(rng, shape), "voxel": lambda: corner(rng, shape, 1), "all": lambda: np.ones(shape, bool)}[kind]()
    if not out.any():
        out[tuple(n // 2)] = True
    if out.all() and kind != "all":
        out.flat[0] = False
    return out


def place(rng, dims, *images):
    where = (spacing(rng, dims), np.round(rng.uniform(-300, 300, dims), 2), direction(rng, dims).ravel())
    for im in images:
        im.SetSpacing([float(v) for v in where[0]])
        im.SetOrigin([float(v) for v in where[1]])
        im.SetDirection([float(v) for v in where[2]])


def pair(rng, shape):
    """-> image and mask (label 1) on one grid."""
    dtype = PIXELS[int(rng.choice(len(PIXELS), p=PIXEL_SHARE))]
    image = sitk.GetImageFromArray(voxels(rng, shape, dtype))
    label = region(rng, shape).astype(np.uint8)
    if rng.random() < 0.15:
        label[(rng.random(shape) < 0.05) & (label == 0)] = 2
    mask = sitk.GetImageFromArray(label)
    place(rng, len(shape), image, mask)
    return image, mask


def moved(rng, mask):
    """The mask on a grid of its own that covers about the same space."""
    grid = sitk.Image([int(k) for k in rng.integers(6, 26, mask.GetDimension())], mask.GetPixelID())
    extent = [(n * s) for n, s in zip(mask.GetSize(), mask.GetSpacing())]
    grid.SetSpacing([e / n for e, n in zip(extent, grid.GetSize())])
    grid.SetOrigin([o + float(rng.uniform(-1, 1)) for o in mask.GetOrigin()])
    grid.SetDirection(mask.GetDirection())
    return sitk.Resample(mask, grid, sitk.Transform(), sitk.sitkNearestNeighbor, 0)


def jolted(rng, mask):
    """A mask whose geometry is off by more or less than the usual tolerance."""
    by = float(10.0 ** rng.uniform(-8, -2))
    out = sitk.Image(mask)
    out.SetOrigin([o + by for o in mask.GetOrigin()])
    return out


def as_label(rng, mask, label):
    """Labels 1 become `label`; the pixel type is drawn: a fraction counts as cut off."""
    kind = [np.uint8, np.int16, np.uint16, np.uint32, np.float32, np.float64][int(rng.integers(6))]
    a = sitk.GetArrayFromImage(mask).astype(kind)
    a[a == 2] = label + 1
    a[a == 1] = label
    if np.issubdtype(kind, np.floating):
        a[a == label] += kind(rng.choice([0, 0.25, 0.9]))
    out = sitk.GetImageFromArray(a)
    out.CopyInformation(mask)
    return out


def as_channels(rng, mask, channel):
    """A vector mask with the label in one component."""
    other = sitk.Cast(mask == 2, mask.GetPixelID())
    parts = [other] * int(channel + rng.integers(1, 3))
    parts[channel] = mask
    return sitk.Compose(parts)
