"""Random parameters: every setting, image type and class of the parameter file."""
import numpy as np

CLASSES = ["firstorder", "glcm", "gldm", "glrlm", "glszm", "ngtdm", "shape"]
DEPRECATED = {"firstorder": ["StandardDeviation"],
              "shape": ["Compactness1", "Compactness2", "SphericalDisproportion"],
              "glcm": ["SumVariance", "Homogeneity1", "Homogeneity2", "Dissimilarity"],
              "gldm": ["GrayLevelNonUniformityNormalized", "DependencePercentage"],
              "shape2D": ["SphericalDisproportion"]}
WAVELETS = ["haar", "coif1", "coif2", "coif5", "db2", "db5", "sym4", "sym7", "bior1.3", "bior2.4", "rbio3.1", "bior6.8", "dmey", "db11"]
SINCS = ["Hamming", "Cosine", "Welch", "Lanczos", "Blackman"]
INTERPOLATORS = ["sitkBSpline", "sitkLinear", "sitkNearestNeighbor", "sitkGaussian", "sitkLabelGaussian"] + [f"sitk{s}WindowedSinc" for s in SINCS]
NUMBERED = [1, 2, 4, 5, 6, 7, 8, 9, 10, True]  # 3: specification 3.5
MAY_BE_NULL = ["minimumROISize", "geometryTolerance", "binCount", "removeOutliers", "resampledPixelSpacing", "interpolator",
               "resegmentRange", "weightingNorm"]
WIDTHS = [0.7, 3.3, 5, 10, 12.5, 25, 50]


class Draw:
    def __init__(self, rng):
        self.rng = rng

    def sometimes(self, p):
        return bool(self.rng.random() < p)

    def one_of(self, values):
        return values[int(self.rng.integers(len(values)))]


def bins(d, spread, s):
    """A width that gives a number of grey levels for which pyradiomics takes seconds, not hours."""
    if d.sometimes(0.25):
        s["binCount"] = int(d.one_of([1, 2, 8, 16, 32, 64, 100]))
        return
    most = 400 if d.sometimes(0.03) else 60
    fine = [w for w in WIDTHS if spread <= most * w]
    s["binWidth"] = d.one_of(fine) if fine else float(np.ceil(spread / most))


def texture(d, s):
    if d.sometimes(0.3):
        s["distances"] = d.one_of([[1, 2], [2], [1, 3], [3, 1], [2, 2], [1, 2, 3]])
    if d.sometimes(0.25):
        s["force2D"] = True
    if d.sometimes(0.25):
        s["force2Ddimension"] = int(d.rng.integers(0, 3))
    if d.sometimes(0.25):
        s["weightingNorm"] = d.one_of(["manhattan", "euclidean", "infinity", "no_weighting"])
    if d.sometimes(0.2):
        s["symmetricalGLCM"] = False
    if d.sometimes(0.2):
        s["gldm_a"] = int(d.rng.integers(0, 4))
    if d.sometimes(0.2):
        s["voxelArrayShift"] = int(d.rng.integers(-200, 2000))


def resampling(d, spacing, s):
    if d.sometimes(0.35):
        # at most about twice as fine: pyradiomics' diameters take the square of the surface
        s["resampledPixelSpacing"] = [d.one_of([v for v in (0.0, 0.8, 1.0, 1.5, 2.0, 3.0) if v == 0 or old <= 2.2 * v]) for old in spacing]
        if d.sometimes(0.75):
            s["interpolator"] = d.one_of(INTERPOLATORS) if d.sometimes(0.9) else d.one_of(NUMBERED)
    elif d.sometimes(0.2):
        s["preCrop"] = True
    if d.sometimes(0.2):
        s["padDistance"] = int(d.rng.integers(0, 12))


def intensities(d, s):
    if d.sometimes(0.2):
        s["normalize"] = True
        s["normalizeScale"] = d.one_of([1, 100, 2.5])
        if d.sometimes(0.5):
            s["removeOutliers"] = d.one_of([1, 2, 3, 1.5])
    if d.sometimes(0.25):
        mode = d.one_of(["absolute", "relative", "sigma"])
        range_ = {"absolute": [-100, 120], "relative": [0.2, 0.9], "sigma": [-1.5, 2]}[mode]
        s["resegmentRange"] = d.one_of([range_, range_, range_[::-1], range_[:1]])
        if mode != "absolute" or d.sometimes(0.5):
            s["resegmentMode"] = mode
        s["resegmentShape"] = d.sometimes(0.4)


def checks(d, s):
    if d.sometimes(0.15):
        s["minimumROISize"] = d.one_of([1, 10, 50])
    if d.sometimes(0.1):
        s["minimumROIDimensions"] = int(d.rng.integers(1, 4))
    if d.sometimes(0.1):
        s["additionalInfo"] = False
    if d.sometimes(0.1):
        s["correctMask"] = True
    if d.sometimes(0.1):
        s["geometryTolerance"] = d.one_of([1e-9, 1e-4, 0.01, 1])
    if d.sometimes(0.05):
        s[d.one_of(MAY_BE_NULL)] = None


def setting(d, spread, spacing):
    s = {}
    texture(d, s)
    resampling(d, spacing, s)
    intensities(d, s)
    bins(d, spread if not s.get("normalize") else 8 * s["normalizeScale"], s)
    checks(d, s)
    return {k: s[k] for k in [list(s)[i] for i in d.rng.permutation(len(s))]}


def wavelet(d):
    t = {"wavelet": d.one_of(WAVELETS)} if d.sometimes(0.8) else {}
    if d.sometimes(0.25):
        t["level"] = 2
    if d.sometimes(0.2):
        t["start_level"] = 1
    return t


def lbp2d(d):
    t = {"lbp2DMethod": d.one_of(["default", "ror", "uniform", "var"]), "lbp2DRadius": d.one_of([1, 2, 1.5]),
         "lbp2DSamples": d.one_of([4, 8, 9, 12])}
    if t["lbp2DMethod"] != "uniform":  # thousands of values
        t["binCount"] = d.one_of([16, 50])
    return t


def lbp3d(d):
    return {"lbp3DLevels": d.one_of([2, 3, 4] * 9 + [1]), "lbp3DIcosphereRadius": d.one_of([1, 2, 1.5]),
            "lbp3DIcosphereSubdivision": d.one_of([0, 1])}


TYPES = {"Original": (0.85, lambda d: {}), "LoG": (0.22, lambda d: {"sigma": d.one_of([[1.0], [2.0, 3], [0.7, 1.5], [1.0, 2.0, 3.0, 5.0]])}),
         "Wavelet": (0.22, wavelet), "Square": (0.1, lambda d: {}), "SquareRoot": (0.1, lambda d: {}), "Logarithm": (0.1, lambda d: {}),
         "Exponential": (0.1, lambda d: {}), "Gradient": (0.15, lambda d: {"gradientUseSpacing": d.sometimes(0.5)} if d.sometimes(0.7) else {}),
         "LBP2D": (0.12, lbp2d), "LBP3D": (0.08, lbp3d)}


def override(d, t):
    """A setting of the classes for one image type only."""
    key = d.one_of(["binWidth", "binCount", "distances", "force2D", "weightingNorm", "symmetricalGLCM", "gldm_a", "voxelArrayShift",
                    "padDistance", "normalize"])
    t[key] = {"binWidth": 30, "binCount": 12, "distances": [1, 2], "force2D": True, "weightingNorm": "euclidean", "symmetricalGLCM": False,
              "gldm_a": 2, "voxelArrayShift": 77, "padDistance": 1, "normalize": True}[key]


def image_types(d, s):
    t = {name: make(d) for name, (share, make) in TYPES.items() if d.sometimes(share)} or {"Original": {}}
    for own in t.values():
        if d.sometimes(0.08):
            override(d, own)
    for name, own in t.items():  # a filter's setting may stand among the general ones
        if own and d.sometimes(0.1):
            s.update(own)
            t[name] = {}
    return {k: t[k] for k in [list(t)[i] for i in d.rng.permutation(len(t))]}


def some_names(d, name, known):
    """Features by name: a few in any order, perhaps twice, perhaps deprecated ones."""
    names = [known[name][i] for i in d.rng.permutation(len(known[name]))[: int(d.rng.integers(1, 8))]]
    if name in DEPRECATED and d.sometimes(0.6):
        names += DEPRECATED[name]
    return names + names[:1] if d.sometimes(0.1) else names


def classes(d, known, flat):
    out = {}
    for name in [CLASSES[i] for i in d.rng.permutation(len(CLASSES))]:
        if d.sometimes(0.75):
            out[name] = some_names(d, name, known) if d.sometimes(0.15) else d.one_of([None, []])
    if d.sometimes(0.8 if flat else 0.05):
        out["shape2D"] = some_names(d, "shape2D", known) if d.sometimes(0.3) else None
    return out or {"firstorder": None}


def voxel(d):
    v = {}
    if d.sometimes(0.5):
        v["kernelRadius"] = int(d.rng.integers(1, 3))
    if d.sometimes(0.5):
        v["maskedKernel"] = d.sometimes(0.5)
    if d.sometimes(0.4):
        v["initValue"] = d.one_of([0, -1.5, "nan", float("nan")])
    if d.sometimes(0.4):
        v["voxelBatch"] = d.one_of([1, 5, 1000])
    return v


def parameters(d, spread, spacing, flat, known):
    """spread: of the voxels' values; spacing: of the image; flat: the ROI lies in one slice; known: feature names by class."""
    s = setting(d, spread, spacing)
    out = {"setting": s, "imageType": image_types(d, s), "featureClass": classes(d, known, flat)}
    for section in out if d.sometimes(0.06) else ():
        if d.sometimes(0.4):  # what is absent or empty means a default
            out[section] = {}
    out = {k: v for k, v in out.items() if v or d.sometimes(0.5)}
    return out
