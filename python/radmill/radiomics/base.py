"""What the eight feature classes of pyradiomics have in common."""

import logging
from typing import TYPE_CHECKING, Any, Dict, Type

import numpy as np
import SimpleITK as sitk

from . import _serve, getProgressReporter


def _place(item):
    """pyradiomics lists features in the order of the names of their functions."""
    return f"get{item[0]}FeatureValue"


class RadiomicsFeaturesBase:
    """A feature class over an image and a mask as they are (SimpleITK images) and settings."""

    family: str

    if TYPE_CHECKING:  # get<Name>FeatureValue, which feature_class makes

        def __getattr__(self, name: str) -> Any: ...

    def __init__(self, inputImage: Any, inputMask: Any, **kwargs: Any) -> None:
        self.logger = logging.getLogger("radiomics." + self.family)
        if inputImage is None or inputMask is None:
            raise ValueError("Missing input image or mask")
        self.progressReporter = getProgressReporter
        self.settings = kwargs
        self.label = kwargs.get("label", 1)
        self.voxelBased = kwargs.get("voxelBased", False)
        self.enabledFeatures: Dict[str, bool] = {}
        self.featureValues: Dict[str, Any] = {}
        self.featureNames = self.getFeatureNames()
        self.inputImage = inputImage
        self.inputMask = inputMask

    @property
    def imageArray(self) -> Any:
        """The image as an array of shape (z, y, x)."""
        return sitk.GetArrayFromImage(self.inputImage)

    @property
    def maskArray(self) -> Any:
        """Where the label is, as an array of shape (z, y, x)."""
        return sitk.GetArrayFromImage(self.inputMask) == self.label

    @classmethod
    def getFeatureNames(cls) -> Dict[str, bool]:
        """A dict from names of features to whether they are deprecated."""
        return {name: status != "current"
                for name, status in sorted(_serve.FEATURES[cls.family].items(), key=_place)}

    def enableFeatureByName(self, featureName: str, enable: bool = True) -> None:
        if featureName not in self.featureNames:
            raise LookupError("Feature not found: " + featureName)
        if self.featureNames[featureName]:
            self.logger.warning("Feature %s is deprecated, use with caution!", featureName)
        self.enabledFeatures[featureName] = enable

    def enableAllFeatures(self) -> None:
        """All but the deprecated ones."""
        for name, is_deprecated in self.featureNames.items():
            if not is_deprecated:
                self.enableFeatureByName(name, True)

    def disableAllFeatures(self) -> None:
        self.enabledFeatures = {}
        self.featureValues = {}

    def execute(self) -> Dict[str, Any]:
        """Values of the enabled features, or of all when none is: a dict from names to values."""
        if not self.enabledFeatures:
            self.enableAllFeatures()
        names = [name for name, enabled in self.enabledFeatures.items() if enabled]
        if names:
            self.featureValues.update(self._measure(names))
        return self.featureValues

    def _measure(self, names):
        voxel = bool(self.voxelBased)
        settings = dict(self.settings)
        if self.family == "shape2D" and self.inputMask.GetDimension() == 3:
            settings["force2D"] = True
        params = _serve.parameters(settings, {"Original": {}}, {self.family: names}, voxel)
        values, _ = _serve.run(self.inputImage, self.inputMask, params, voxel, as_it_is=True,
                               family=self.family)
        return {about.feature: value for about, value in values}


def _getter(name, status):
    def value(self):
        if status == "gone":
            raise DeprecationWarning(f"{name} has no value any more")
        found = self._measure([name])[name]
        if not isinstance(found, np.ndarray):
            return found
        # What execute makes arrays without axes of: a float for shapes, else an array of one value.
        return found.item() if self.family.startswith("shape") else np.atleast_1d(found)

    value.__name__ = f"get{name}FeatureValue"
    value.__doc__ = f"The value of {name}."
    if status != "current":
        value._is_deprecated = True
    return value


def feature_class(name: str, family: str, module: str) -> Type[RadiomicsFeaturesBase]:
    """The class of a family, with a function for each of its features."""
    members = {f"get{feature}FeatureValue": _getter(feature, status)
               for feature, status in _serve.FEATURES[family].items()}
    members.update(family=family, __module__=module, __doc__=f"pyradiomics' class {name}.")
    return type(name, (RadiomicsFeaturesBase,), members)
