"""pyradiomics' radiomics.ngtdm."""

from .base import feature_class

RadiomicsNGTDM = feature_class("RadiomicsNGTDM", "ngtdm", __name__)
