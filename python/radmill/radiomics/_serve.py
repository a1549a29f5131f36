"""From pyradiomics' dicts and images to the engine, and back to pyradiomics' types."""

import collections
import logging

import numpy as np
import SimpleITK as sitk

import radmill
from radmill import _extract
from radmill._call import Call, images_of
from radmill._params import params_of

logger = logging.getLogger("radiomics.radmill")

SETTINGS = {s.name: s for s in radmill.settings("pyradiomics")}
FEATURES = collections.OrderedDict()
for _f in radmill.features("pyradiomics"):
    FEATURES.setdefault(_f.family, {})[_f.name] = _f.status

# pyradiomics gives numpy scalars for these and arrays without axes for all others.
_SCALARS = {
    "shape": {"Compactness1", "Elongation", "Flatness", "LeastAxisLength", "MajorAxisLength", "MinorAxisLength",
              "VoxelVolume"},
    "shape2D": {"Elongation", "MajorAxisLength", "MinorAxisLength", "PixelSurface", "SphericalDisproportion",
                "Sphericity"},
}


def _interpolators(value):
    """Names of the interpolators whose constant this is (pixel types have the same numbers)."""
    words = SETTINGS["interpolator"].type.replace("one of", "").split(",")
    return [w.strip() for w in words if getattr(sitk, w.strip(), None) == value]


def known(settings, voxel):
    """The settings that the engine has; scripts pass others along, and pyradiomics lets them."""
    out = {k: v for k, v in settings.items()
           if k in SETTINGS and (voxel or not SETTINGS[k].voxel) and (v is not None or _may_be_none(k))}
    if "interpolator" in out:
        names = [out["interpolator"]] if isinstance(out["interpolator"], (str, type(None))) \
            else _interpolators(out["interpolator"])
        out["interpolator"] = names[0] if names else out["interpolator"]
    return out


def _may_be_none(name):
    return name == "interpolator" or SETTINGS[name].fallback == "None"


def parameters(settings, image_types, features, voxel):
    """The text of a parameter file as a mapping."""
    both = known(settings, voxel)
    # what the extractor does when the setting is not there, where the engine has another default
    # (1e-6 is SimpleITK's own tolerance)
    for name, absent in (("interpolator", None), ("additionalInfo", False), ("geometryTolerance", 1e-6)):
        if both.get(name) is None:
            both[name] = absent
    own = {k: v for k, v in both.items() if SETTINGS[k].voxel}
    out = {"setting": {k: v for k, v in both.items() if k not in own},
           "imageType": {k: known(v or {}, voxel) for k, v in image_types.items()},
           "featureClass": {k: None if v is None or not len(v) else list(v)
                            for k, v in features.items()}}
    if own:
        out["voxelSetting"] = own
    return out


def run(image, mask, params, voxel=False, as_it_is=False, family=None, label=None):
    """-> names and values in order, and diagnostics. Refusals are ValueErrors."""
    images = images_of(image, mask, None, None, None)

    def call(params, work):
        one = Call(*images, label=label, family=family, as_it_is=as_it_is, quiet=True)
        return work(params_of(params, profile="pyradiomics", voxel=voxel), one), one.said

    if voxel:
        out, said = call(params, _maps)
    else:
        found, said = call(params, _extract.measure)
        flat = ()
        if any(v.feature == "MCC" and v.value == 1 for v in found.values_):
            flat = _flat(call({**params, "featureClass": {"glcm": ["MaximumProbability"]}}, _extract.measure)[0])
        out = [(v, typed(v.family, v.feature, v.value, v.image in flat)) for v in found.values_], found.diagnostics
    for text in said:  # to where pyradiomics says it
        logger.warning("%s", text)
    return out


def _flat(found):
    """The images that have one grey level in the region, of those whose MCC is 1: every pair is of the
    same levels, or there is none. (With more levels MCC is 1 only where there are several kinds of pairs.)"""
    return {v.image for v in found.values_ if not v.value < 1}


def _maps(made, call):
    made_maps, diagnostics = _extract.all_maps(made, call)
    return [(about, image.to_simpleitk()) for about, image in made_maps], diagnostics


def typed(family, feature, value, flat=False):
    if feature == "MCC" and value == 1 and flat:
        return np.array(1)  # where pyradiomics says 1 and not 1.0
    if feature in _SCALARS.get(family, ()) and value == value:
        return np.float64(value)
    return np.array(value)


_FLOATS = ("_Mean", "_Minimum", "_Maximum")


def typed_diagnostic(name, value):
    if name.endswith(_FLOATS):
        return np.float64(value)
    if name.endswith("_CenterOfMassIndex"):
        return tuple(np.float64(v) for v in value)
    if name.endswith(("_CenterOfMass", "_Spacing")):
        return tuple(float(v) for v in value)
    return value
