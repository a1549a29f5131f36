"""pyradiomics' radiomics.gldm."""

from .base import feature_class

RadiomicsGLDM = feature_class("RadiomicsGLDM", "gldm", __name__)
