"""Random cases: image, mask, parameter file. A case is a pure function of (seed, number)."""
import collections
import math

import numpy as np
import SimpleITK as sitk

Case = collections.namedtuple("Case", "image mask params extension")
CLASSES = ["firstorder", "glcm", "gldm", "glrlm", "glszm", "ngtdm", "shape"]
DEPRECATED = {"firstorder": ["StandardDeviation"],
              "shape": ["Compactness1", "Compactness2", "SphericalDisproportion"],
              "glcm": ["SumVariance", "Homogeneity1", "Homogeneity2", "Dissimilarity"],
              "gldm": ["GrayLevelNonUniformityNormalized", "DependencePercentage"]}
PIXELS = [np.int16, np.uint8, np.float32, np.float64, np.uint16, np.int32]
WAVELETS = ["haar", "coif1", "coif2", "db2", "db5", "sym4", "sym7", "bior1.3", "bior2.4", "rbio3.1", "dmey", "db11"]


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


def direction(rng):
    kind = rng.choice(["identity", "permuted", "oblique"], p=[0.6, 0.15, 0.25])
    if kind == "identity":
        return np.eye(3)
    if kind == "permuted":
        return np.eye(3)[rng.permutation(3)] * rng.choice([-1, 1], 3)
    return rotation(rng.uniform(-0.6, 0.6, 3))


def spacing(rng):
    kind = rng.choice(["unit", "round", "any", "thick"])
    if kind == "unit":
        return np.ones(3)
    if kind == "round":
        return rng.choice([0.5, 0.75, 0.9765625, 1.0, 1.5, 2.0, 2.5, 3.0], 3)
    if kind == "thick":
        s = float(rng.uniform(0.5, 1.2))
        return np.array([s, s, float(rng.uniform(2, 5))])
    return np.round(rng.uniform(0.4, 3.5, 3), 3)


def smooth(rng, shape, width):
    a = sitk.GetImageFromArray(rng.normal(0, 1, shape))
    a = sitk.GetArrayFromImage(sitk.DiscreteGaussian(a, width)) if width else sitk.GetArrayFromImage(a)
    return a / (a.std() or 1)


def voxels(rng, shape, dtype):
    """z, y, x array of a pixel type."""
    kind = rng.choice(["smooth", "noise", "few", "wide", "negative", "flat"], p=[0.4, 0.2, 0.15, 0.1, 0.1, 0.05])
    if kind == "flat":
        a = np.full(shape, float(rng.integers(0, 200)))
    elif kind == "few":
        a = rng.integers(0, int(rng.integers(2, 6)), shape) * float(rng.integers(1, 60))
    else:
        a = smooth(rng, shape, 0 if kind == "noise" else float(rng.uniform(0.5, 3)))
        a = a * float({"wide": 900, "negative": 150}.get(kind, rng.uniform(10, 120)))
        a = a + float({"wide": 500, "negative": -400}.get(kind, rng.uniform(-50, 150)))
    if np.issubdtype(dtype, np.integer):
        info = np.iinfo(dtype)
        a = np.clip(np.round(a), info.min, info.max)
    return a.astype(dtype)


def roi(rng, shape):
    z, y, x = np.indices(shape)
    n = np.array(shape)
    kind = rng.choice(["ball", "ragged", "pieces", "border", "tiny", "slab", "box"], p=[0.35, 0.2, 0.1, 0.1, 0.1, 0.1, 0.05])
    c = n / 2 + rng.uniform(-1, 1, 3)
    r = np.maximum(n / 2 * rng.uniform(0.4, 0.85), 1.2)
    ball = ((z - c[0]) / r[0]) ** 2 + ((y - c[1]) / r[1]) ** 2 + ((x - c[2]) / r[2]) ** 2 <= 1
    if kind == "ragged":
        m = ball & (rng.random(shape) < rng.uniform(0.4, 0.9))
    elif kind == "pieces":
        m = smooth(rng, shape, 1.5) > 0.7
    elif kind == "border":
        m = x < n[2] // 2
    elif kind == "tiny":
        m = np.zeros(shape, bool)
        a = [int(rng.integers(0, k)) for k in shape]
        m[a[0]:a[0] + int(rng.integers(1, 4)), a[1]:a[1] + int(rng.integers(1, 4)), a[2]:a[2] + int(rng.integers(1, 4))] = True
    elif kind == "slab":
        m = ball & (z == int(c[0]))
    elif kind == "box":
        m = (abs(z - c[0]) < n[0] / 4) & (abs(y - c[1]) < n[1] / 4) & (abs(x - c[2]) < n[2] / 4)
    else:
        m = ball
    if not m.any():
        m[tuple(n // 2)] = True
    if m.all():
        m[0, 0, 0] = False
    return m


def settings(rng, dtype):
    s = {}

    def sometimes(p):
        return rng.random() < p

    if sometimes(0.25):
        s["binCount"] = int(rng.choice([1, 2, 8, 16, 32, 64]))
    else:
        s["binWidth"] = [25, 10, 5, 12.5, 0.7, 3.3, 50][int(rng.integers(0, 7))]
    if sometimes(0.3):
        s["distances"] = [[1, 2], [2], [1, 3], [3, 1]][int(rng.integers(0, 4))]
    if sometimes(0.2):
        s["force2D"] = True
        s["force2Ddimension"] = int(rng.integers(0, 3))
    if sometimes(0.25):
        s["weightingNorm"] = ["manhattan", "euclidean", "infinity", "no_weighting"][int(rng.integers(0, 4))]
    if sometimes(0.2):
        s["symmetricalGLCM"] = False
    if sometimes(0.2):
        s["gldm_a"] = int(rng.integers(0, 4))
    if sometimes(0.2):
        s["voxelArrayShift"] = int(rng.integers(-200, 2000))
    if sometimes(0.35):
        s["resampledPixelSpacing"] = [float(v) for v in rng.choice([0, 0.8, 1, 1.5, 2, 3], 3)]
        s["interpolator"] = str(rng.choice(["sitkBSpline", "sitkLinear", "sitkNearestNeighbor", "sitkGaussian", "sitkHammingWindowedSinc",
                                            "sitkLanczosWindowedSinc", "sitkLabelGaussian", "sitkCosineWindowedSinc",
                                            "sitkWelchWindowedSinc", "sitkBlackmanWindowedSinc"],
                                           p=[0.4, 0.2, 0.1, 0.05, 0.05, 0.05, 0.03, 0.04, 0.04, 0.04]))
        if sometimes(0.3):
            s["padDistance"] = int(rng.integers(0, 12))
    elif sometimes(0.2):
        s["preCrop"] = True
    if sometimes(0.2):
        s["normalize"] = True
        s["normalizeScale"] = float(rng.choice([1, 100]))
        if sometimes(0.5):
            s["removeOutliers"] = float(rng.choice([1, 2, 3]))
    if sometimes(0.2):
        mode = str(rng.choice(["absolute", "relative", "sigma"]))
        s["resegmentMode"] = mode
        s["resegmentRange"] = {"absolute": [-100, 120], "relative": [0.2, 0.9], "sigma": [-1.5, 2]}[mode]
        if sometimes(0.3):
            s["resegmentRange"] = s["resegmentRange"][:1]
        s["resegmentShape"] = bool(sometimes(0.4))
    if sometimes(0.15):
        s["minimumROISize"] = int(rng.choice([1, 10, 50]))
    if sometimes(0.1):
        s["minimumROIDimensions"] = int(rng.integers(1, 4))
    if sometimes(0.1):
        s["additionalInfo"] = False
    if sometimes(0.1):
        s["correctMask"] = True
    return s


def image_types(rng):
    t = {}
    if rng.random() < 0.85:
        t["Original"] = {}
    if rng.random() < 0.25:
        t["LoG"] = {"sigma": [[1.0], [2.0, 3], [0.7, 1.5], [1.0, 2.0, 3.0, 5.0]][int(rng.integers(0, 4))]}
    if rng.random() < 0.25:
        t["Wavelet"] = {"wavelet": str(rng.choice(WAVELETS))}
        if rng.random() < 0.3:
            t["Wavelet"]["level"] = 2
        if rng.random() < 0.2:
            t["Wavelet"]["start_level"] = 1
    for name in ["Square", "SquareRoot", "Logarithm", "Exponential"]:
        if rng.random() < 0.12:
            t[name] = {}
    if rng.random() < 0.15:
        t["Gradient"] = {"gradientUseSpacing": bool(rng.random() < 0.5)}
    if rng.random() < 0.1:
        t["LBP2D"] = {"lbp2DMethod": str(rng.choice(["default", "ror", "uniform", "var"])), "lbp2DRadius": float(rng.choice([1, 2, 1.5])),
                      "lbp2DSamples": int(rng.choice([4, 8, 9, 12]))}
    if rng.random() < 0.05:
        t["LBP3D"] = {"lbp3DLevels": int(rng.choice([2, 3])), "lbp3DIcosphereRadius": float(rng.choice([1, 2])),
                      "lbp3DIcosphereSubdivision": int(rng.choice([0, 1]))}
    items = list(t.items()) or [("Original", {})]
    order = rng.permutation(len(items))
    return {items[i][0]: items[i][1] for i in order}


def classes(rng):
    out = {}
    for name in [CLASSES[i] for i in rng.permutation(len(CLASSES))]:
        if rng.random() < 0.75:
            out[name] = None
    if rng.random() < 0.1:
        out = {k: (DEPRECATED[k] if k in DEPRECATED else None) for k in out}
    return out or {"firstorder": None}


def case(seed, number):
    rng = np.random.default_rng([seed, number])
    dtype = PIXELS[int(rng.choice(len(PIXELS), p=[0.4, 0.1, 0.2, 0.1, 0.1, 0.1]))]
    shape = tuple(int(v) for v in rng.integers(5, 26, 3))
    if rng.random() < 0.04:
        shape = (1,) + shape[1:]
    image = sitk.GetImageFromArray(voxels(rng, shape, dtype))
    label = roi(rng, shape).astype(np.uint8)
    if rng.random() < 0.15:
        label[(rng.random(shape) < 0.05) & (label == 0)] = 2
    mask = sitk.GetImageFromArray(label)
    place = (tuple(float(v) for v in spacing(rng)), tuple(float(v) for v in np.round(rng.uniform(-300, 300, 3), 2)), tuple(direction(rng).ravel()))
    for im in (image, mask):
        im.SetSpacing(place[0]), im.SetOrigin(place[1]), im.SetDirection(place[2])
    params = {"setting": settings(rng, dtype), "imageType": image_types(rng), "featureClass": classes(rng)}
    return Case(image, mask, params, str(rng.choice([".nii", ".nrrd", ".nii.gz"], p=[0.5, 0.35, 0.15])))
