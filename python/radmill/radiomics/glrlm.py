"""pyradiomics' radiomics.glrlm."""

from .base import feature_class

RadiomicsGLRLM = feature_class("RadiomicsGLRLM", "glrlm", __name__)
