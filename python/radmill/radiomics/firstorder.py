"""pyradiomics' radiomics.firstorder."""

from .base import feature_class

RadiomicsFirstOrder = feature_class("RadiomicsFirstOrder", "firstorder", __name__)
