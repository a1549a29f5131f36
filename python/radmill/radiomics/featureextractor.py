"""pyradiomics' RadiomicsFeatureExtractor."""

import collections
import json
import logging
import os
import pathlib
from typing import Any, Dict, Optional, Sequence, Tuple, Union

import SimpleITK as sitk

import radmill

from . import _serve, getFeatureClasses, getImageTypes, imageoperations

logger = logging.getLogger("radiomics.featureextractor")
geometryTolerance: Optional[float] = None


def _read_parameters(path):
    """A parameter file as a dict; the engine checks it first."""
    radmill.Params(path)
    with open(path, encoding="utf-8") as f:
        text = f.read()
    if os.fspath(path).endswith(".json"):
        return json.loads(text)
    try:
        from ruamel.yaml import YAML
    except ImportError:
        try:
            import yaml
        except ImportError:
            raise radmill.UsageError(f"{path}: to read YAML, install PyYAML or ruamel.yaml; JSON needs "
                                     "neither") from None
        return yaml.safe_load(text)
    return YAML(typ="safe", pure=True).load(text)


class RadiomicsFeatureExtractor:
    """Features of one region after another, as pyradiomics' class of this name gives them.

    One positional argument: path of a parameter file, or a dict of parameters; none: the defaults.
    Keywords are settings and overrule. `settings`, `enabledImagetypes`, `enabledFeatures` and
    `featureClassNames` are plain objects, and scripts may change them.
    """

    def __init__(self, *args: Union[str, pathlib.PurePath, Dict[str, Any]], **kwargs: Any) -> None:
        self.settings: Dict[str, Any] = {}
        self.enabledImagetypes: Dict[str, Any] = {}
        self.enabledFeatures: Dict[str, Any] = {}
        self.featureClassNames = list(getFeatureClasses())
        if len(args) == 1 and isinstance(args[0], dict):
            self._applyParams(paramsDict=args[0])
        elif len(args) == 1 and isinstance(args[0], (str, pathlib.PurePath)):
            if not os.path.isfile(args[0]):
                raise IOError("Parameter file %s does not exist." % args[0])
            self._applyParams(paramsFile=args[0])
        else:
            self._applyParams(paramsDict={}, checked=True)
        self.settings.update(kwargs)

    def addProvenance(self, provenance_on: bool = True) -> None:
        """Diagnostics in front of the features, or not."""
        self.settings["additionalInfo"] = provenance_on

    @staticmethod
    def _getDefaultSettings() -> Dict[str, Any]:
        return {
            "minimumROIDimensions": 2, "minimumROISize": None, "normalize": False, "normalizeScale": 1,
            "removeOutliers": None, "resampledPixelSpacing": None, "interpolator": "sitkBSpline",
            "preCrop": False, "padDistance": 5, "distances": [1], "force2D": False,
            "force2Ddimension": 0, "resegmentRange": None, "label": 1, "additionalInfo": True,
        }

    def loadParams(self, paramsFile: Union[str, pathlib.PurePath]) -> None:
        """Parameters from a file in place of all that is set."""
        self._applyParams(paramsFile=paramsFile)

    def loadJSONParams(self, JSON_configuration: str) -> None:
        """Parameters from a text in JSON in place of all that is set."""
        self._applyParams(paramsDict=json.loads(JSON_configuration))

    def _applyParams(self, paramsFile=None, paramsDict=None, checked=False):
        if paramsFile is not None:
            params = _read_parameters(paramsFile) or {}
        else:
            params = paramsDict
            if not checked:
                radmill.Params(params)
        self.enabledImagetypes = params.get("imageType") or {"Original": {}}
        self.enabledFeatures = params.get("featureClass") or {
            name: [] for name in self.featureClassNames if paramsFile or not checked or name != "shape2D"}
        self.settings = self._getDefaultSettings()
        self.settings.update(params.get("setting") or {})
        self.settings.update(params.get("voxelSetting") or {})

    # --- execution ---

    def execute(self, imageFilepath: Any, maskFilepath: Any, label: Optional[int] = None,
                label_channel: Optional[int] = None, voxelBased: bool = False) -> "collections.OrderedDict[str, Any]":
        """Features, and diagnostics in front of them, as an ordered mapping; maps with voxelBased.

        Image and mask are SimpleITK images or paths. Raises ValueError when the case is refused."""
        settings = dict(self.settings)
        if label is not None:
            settings["label"] = label
        if label_channel is not None:
            settings["label_channel"] = label_channel
        if voxelBased:
            settings["voxelBased"] = True
        image, mask = _image(imageFilepath, "image"), _image(maskFilepath, "mask")
        logger.info("Calculating features with label: %d", settings.get("label", 1))
        features, image_types, wanted = self._wanted(voxelBased)
        params = _serve.parameters(settings, image_types, features, voxelBased)
        values, diagnostics = _serve.run(image, mask, params, voxelBased)
        out = collections.OrderedDict()
        if settings.get("additionalInfo", False):
            out.update(self._diagnostics(diagnostics, settings))
        out.update((about.name, value) for about, value in values if about.family in wanted)
        return out

    def _wanted(self, voxel):
        """What the engine is asked for: it wants a class and an image type, even when a script has
        none enabled. -> classes, image types, and the classes whose values are given."""
        features = {name: names for name, names in self.enabledFeatures.items()
                    if name in _serve.FEATURES and not (voxel and name.startswith("shape"))}
        for name, names in features.items():
            for feature in names or ():
                if feature not in _serve.FEATURES[name]:
                    raise LookupError("Feature not found: " + feature)
        for name in self.enabledImagetypes:
            if name not in getImageTypes():
                raise AttributeError(f"there is no image type {name}")
        wanted = set(features)
        if not self.enabledImagetypes:
            wanted = {name for name in features if name.startswith("shape")}
        if not wanted:
            features = {"firstorder": ["Mean"]}
        return features, self.enabledImagetypes or {"Original": {}}, wanted

    def _diagnostics(self, diagnostics, settings):
        for name, value in diagnostics.items():
            if name == "diagnostics_Configuration_Settings":
                value = settings
            elif name == "diagnostics_Configuration_EnabledImageTypes":
                value = self.enabledImagetypes
            yield name, _serve.typed_diagnostic(name, value)

    @staticmethod
    def loadImage(ImageFilePath: Any, MaskFilePath: Any, generalInfo: Any = None, **kwargs: Any) -> Tuple[Any, Any]:
        """Image and mask after normalisation, and after resampling or cropping, as the settings say."""
        image, mask = _image(ImageFilePath, "image"), _image(MaskFilePath, "mask")
        mask = imageoperations.getMask(mask, **kwargs)
        if kwargs.get("normalize", False):
            image = imageoperations.normalizeImage(image, **kwargs)
        if kwargs.get("interpolator") is not None and kwargs.get("resampledPixelSpacing") is not None:
            return imageoperations.resampleImage(image, mask, **kwargs)
        if kwargs.get("preCrop", False):
            box, corrected = imageoperations.checkMask(image, mask, **kwargs)
            return imageoperations.cropToTumorMask(image, mask if corrected is None else corrected, box,
                                                   **kwargs)
        return image, mask

    def computeShape(self, image: Any, mask: Any, boundingBox: Any, **kwargs: Any) -> "collections.OrderedDict[str, Any]":
        """Values of the enabled shape classes of an image and a mask as they are."""
        image, mask = imageoperations.cropToTumorMask(image, mask, boundingBox)
        axes = mask.GetDimension()
        out = collections.OrderedDict()
        if "shape" in self.enabledFeatures and axes == 3:
            out.update(self._class_values("shape", image, mask, "original", kwargs))
        flat = axes == 2 or kwargs.get("force2D", False) and \
            mask.GetSize()[kwargs.get("force2Ddimension", 0)] == 1
        if "shape2D" in self.enabledFeatures:
            if flat:
                out.update(self._class_values("shape2D", image, mask, "original", kwargs))
            else:
                logger.warning("shape2D needs force2D and a region of one slice")
        return out

    def computeFeatures(self, image: Any, mask: Any, imageTypeName: str,
                        **kwargs: Any) -> "collections.OrderedDict[str, Any]":
        """Values of the enabled classes but shape of an image and a mask as they are."""
        out = collections.OrderedDict()
        for name in self.enabledFeatures:
            if not name.startswith("shape") and name in _serve.FEATURES:
                out.update(self._class_values(name, image, mask, imageTypeName, kwargs))
        return out

    def _class_values(self, name, image, mask, prefix, settings):
        one = getFeatureClasses()[name](image, mask, **settings)
        for feature in self.enabledFeatures[name] or ():
            one.enableFeatureByName(feature)
        return collections.OrderedDict((f"{prefix}_{name}_{feature}", value)
                                       for feature, value in one.execute().items())

    # --- what is enabled ---

    def enableAllImageTypes(self) -> None:
        for name in getImageTypes():
            self.enabledImagetypes[name] = {}

    def disableAllImageTypes(self) -> None:
        self.enabledImagetypes = {}

    def enableImageTypeByName(self, imageType: str, enabled: bool = True,
                              customArgs: Optional[Dict[str, Any]] = None) -> None:
        if imageType not in getImageTypes():
            logger.warning("Image type %s is not recognized", imageType)
        elif enabled:
            self.enabledImagetypes[imageType] = {} if customArgs is None else customArgs
        else:
            self.enabledImagetypes.pop(imageType, None)

    def enableImageTypes(self, **enabledImagetypes: Dict[str, Any]) -> None:
        self.enabledImagetypes.update(enabledImagetypes)

    def enableAllFeatures(self) -> None:
        for name in self.featureClassNames:
            self.enabledFeatures[name] = []

    def disableAllFeatures(self) -> None:
        self.enabledFeatures = {}

    def enableFeatureClassByName(self, featureClass: str, enabled: bool = True) -> None:
        if featureClass not in self.featureClassNames:
            logger.warning("Feature class %s is not recognized", featureClass)
        elif enabled:
            self.enabledFeatures[featureClass] = []
        else:
            self.enabledFeatures.pop(featureClass, None)

    def enableFeaturesByName(self, **enabledFeatures: Optional[Sequence[str]]) -> None:
        self.enabledFeatures.update(enabledFeatures)


def _image(given, what):
    if isinstance(given, sitk.Image):
        return given
    if isinstance(given, str) and os.path.isfile(given):
        return sitk.ReadImage(given)
    raise ValueError(f"Error reading {what} Filepath or SimpleITK object")
