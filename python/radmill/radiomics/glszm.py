"""pyradiomics' radiomics.glszm."""

from .base import feature_class

RadiomicsGLSZM = feature_class("RadiomicsGLSZM", "glszm", __name__)
