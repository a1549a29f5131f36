"""The interface of pyradiomics 3.0.1 over radmill's engine, for scripts that were written for it:

    from radmill.radiomics import featureextractor

Needs SimpleITK. What differs from pyradiomics stands in docs/python.md."""

import collections  # noqa: F401  (scripts take these two from here)
import importlib
import logging

import numpy  # noqa: F401

import radmill

__version__ = "radmill " + radmill.__version__

# The name that scripts configure.
logger = logging.getLogger("radiomics")
handler = None
if not logger.handlers:  # not when pyradiomics itself is there, too
    logger.setLevel(logging.INFO)
    logger.addHandler(logging.StreamHandler())
    logger.handlers[0].setFormatter(logging.Formatter("%(message)s"))
    logger.handlers[0].setLevel(logging.WARNING)
handler = logger.handlers[0]

progressReporter = None
_CLASSES = {
    "firstorder": "RadiomicsFirstOrder", "glcm": "RadiomicsGLCM", "gldm": "RadiomicsGLDM",
    "glrlm": "RadiomicsGLRLM", "glszm": "RadiomicsGLSZM", "ngtdm": "RadiomicsNGTDM",
    "shape": "RadiomicsShape", "shape2D": "RadiomicsShape2D",
}


def deprecated(func):
    """Marks a feature function as deprecated."""
    func._is_deprecated = True
    return func


def setVerbosity(level):
    """What is printed to stderr: messages of this level of logging (10 to 60) and above."""
    handler.setLevel(min(max(level, 10), 60))
    if handler.level < logger.level:
        logger.setLevel(handler.level)


def getFeatureClasses():
    """A dict from names of modules to feature classes."""
    return {name: getattr(importlib.import_module("." + name, __name__), kind)
            for name, kind in _CLASSES.items()}


def getImageTypes():
    """Names of the image types, in the order of pyradiomics."""
    return sorted(f.name for f in radmill.filters("pyradiomics"))


def getParameterValidationFiles():
    """pyradiomics' schema files. The engine has its own check, so there are none."""
    return None, None


class _NoProgress:
    def __init__(self, iterable=None, desc="", total=None):
        self.iterable, self.desc = iterable, desc

    def __iter__(self):
        return iter(self.iterable)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def update(self, n=1):
        pass


def getProgressReporter(*args, **kwargs):
    """An instance of progressReporter where it is set and INFO is shown, else one that is silent."""
    if progressReporter is not None and logging.NOTSET < handler.level <= logging.INFO:
        return progressReporter(*args, **kwargs)
    return _NoProgress(*args, **kwargs)


from . import imageoperations  # noqa: E402
