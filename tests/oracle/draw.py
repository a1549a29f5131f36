"""Random cases: image, mask, parameter file. A case is a pure function of (seed, number)."""
import dataclasses
import inspect

import batches
import files
import images
import numpy as np
import settings
import SimpleITK as sitk

import radiomics


@dataclasses.dataclass
class Case:
    image: object
    mask: object
    params: dict
    extension: str = ".nii"
    forms: list = None     # files.Form of image and mask: files that SimpleITK would not write
    rescale: tuple = None  # slope and intercept of a NIfTI file
    label: int = None      # given with the call
    yaml: bool = False     # parameters as block YAML, not as JSON
    voxel: bool = False    # maps, not values
    fine: bool = False     # more than 65535 grey levels
    batch: object = None   # the form of the batch file that names image and mask
    eigenvalues: dict = dataclasses.field(default_factory=dict)  # of every MCC that pyradiomics gave


def feature_names():
    classes = radiomics.getFeatureClasses()
    named = {c: [n[3:-12] for n, _ in inspect.getmembers(classes[c]) if n.startswith("get") and n.endswith("FeatureValue")] for c in classes}
    return {c: [n for n in names if n not in settings.DEPRECATED.get(c, ())] for c, names in named.items()}


NAMES = feature_names()


def shape(d, voxel):
    out = tuple(int(v) for v in d.rng.integers(5, 9 if voxel else 26, 3))
    if d.sometimes(0.05):
        return (1,) + out[1:]
    return out[1:] if d.sometimes(0.06) else out


def spread(image):
    a = sitk.GetArrayFromImage(image)
    return float(np.nanmax(a)) - float(np.nanmin(a))


def labelled(d, case):
    """The label and the mask's own form."""
    label = int(d.one_of([2, 3, 7, 200])) if d.sometimes(0.15) else 1
    if d.sometimes(0.3):
        case.mask = images.as_label(d.rng, case.mask, label)
    elif label != 1:
        case.mask = sitk.Cast(case.mask == 1, sitk.sitkUInt8) * label
    if label != 1 and d.sometimes(0.5):
        case.label = label
    elif label != 1 or d.sometimes(0.05):
        case.params.setdefault("setting", {})["label"] = label
    # (ITK takes a NIfTI file of vectors for 2-D when it has one slice)
    if d.sometimes(0.05) and case.mask.GetDimension() == 3 and case.mask.GetSize()[2] > 1:
        channel = int(d.rng.integers(0, 3))
        case.mask = images.as_channels(d.rng, case.mask, channel)
        case.params.setdefault("setting", {})["label_channel"] = channel


def misplaced(d, case):
    """Masks on another grid: refused, corrected or resampled, as the parameters say."""
    if d.sometimes(0.06):
        case.mask = images.jolted(d.rng, case.mask)
    elif d.sometimes(0.06):
        case.mask = images.moved(d.rng, case.mask)
        if d.sometimes(0.6):
            case.params.setdefault("setting", {})["correctMask"] = True


def make_voxel_case(d, case, only_maps):
    case.voxel = True
    case.params["voxelSetting"] = settings.voxel(d)
    if only_maps:
        case.params["voxelSetting"]["kernelRadius"] = int(d.rng.integers(1, 4))
    if only_maps and d.sometimes(0.4):
        case.params["voxelSetting"]["voxelBatch"] = 1
    if len(case.params.get("imageType", {})) > 1:
        first = list(case.params["imageType"])[0]
        case.params["imageType"] = {first: case.params["imageType"][first]}


def finely(d, case):
    """More grey levels than two bytes number. Co-occurrence matrices of so many do not fit into pyradiomics' memory."""
    s = case.params.get("setting", {})
    width = (8 * s.get("normalizeScale", 1) if s.get("normalize") else spread(case.image)) / float(d.rng.integers(66000, 130000))
    if case.voxel or width == 0 or (sitk.GetArrayViewFromImage(case.mask) > 0).sum() > 3000:
        return
    for key in ("resampledPixelSpacing", "interpolator", "binCount", "binWidth"):
        s.pop(key, None)
    s["binWidth" if d.sometimes(0.7) else "binCount"] = width
    if "binCount" in s:
        s["binCount"] = int(d.rng.integers(66000, 100000))
    wanted = case.params.get("featureClass") or {c: None for c in settings.CLASSES}
    case.params["setting"], case.fine = s, True
    case.params["featureClass"] = {c: names for c, names in wanted.items() if c != "glcm"} or {"ngtdm": None}


def case(seed, number, only_maps=False):
    d = settings.Draw(np.random.default_rng([seed, number]))
    voxel = d.sometimes(1 if only_maps else 0.05)
    size = shape(d, voxel)
    image, mask = images.pair(d.rng, size)
    flat = len(size) == 2 or size[0] == 1
    out = Case(image, mask, settings.parameters(d, spread(image), image.GetSpacing(), flat, NAMES))
    misplaced(d, out)
    labelled(d, out)
    if voxel:
        make_voxel_case(d, out, only_maps)
    out.extension = str(d.rng.choice([".nii", ".nrrd", ".nii.gz", ".mha"], p=[0.5, 0.25, 0.15, 0.1]))
    if out.extension == ".nii" and d.sometimes(0.06):
        out.rescale = d.one_of([(1.0, -1024.0), (0.5, 3.25), (2.0, 0.0)])
    out.yaml = d.sometimes(0.3)
    if d.sometimes(0.06):
        finely(d, out)
    if d.sometimes(0.12):
        out.batch = batches.draw(d)
    if not out.rescale and d.sometimes(0.25):
        out.forms = files.draw(d)
    return out
