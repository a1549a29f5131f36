"""pyradiomics' radiomics.shape2D."""

from .base import feature_class

RadiomicsShape2D = feature_class("RadiomicsShape2D", "shape2D", __name__)
