"""pyradiomics' radiomics.glcm."""

from .base import feature_class

RadiomicsGLCM = feature_class("RadiomicsGLCM", "glcm", __name__)
