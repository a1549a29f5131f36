"""pyradiomics' radiomics.shape."""

from .base import feature_class

RadiomicsShape = feature_class("RadiomicsShape", "shape", __name__)
