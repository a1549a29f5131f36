"""The interface of pyradiomics 3.0.1 over radmill's engine, for scripts that were written for it:

    from radmill.radiomics import featureextractor

Needs SimpleITK. What differs from pyradiomics stands in docs/python.md."""

import collections  # noqa: F401  (scripts take these two from here)
import importlib
import logging
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional, Tuple, Type, TypeVar

import numpy  # noqa: F401

import radmill

if TYPE_CHECKING:
    from .base import RadiomicsFeaturesBase

_F = TypeVar("_F", bound=Callable[..., Any])

__version__ = "radmill " + radmill.__version__

# The name that scripts configure.
logger = logging.getLogger("radiomics")
handler: logging.Handler
if not logger.handlers:  # not when pyradiomics itself is there, too
    logger.setLevel(logging.INFO)
    logger.addHandler(logging.StreamHandler())
    logger.handlers[0].setFormatter(logging.Formatter("%(message)s"))
    logger.handlers[0].setLevel(logging.WARNING)
handler = logger.handlers[0]

progressReporter: Optional[Callable[..., Any]] = None
_CLASSES = {
    "firstorder": "RadiomicsFirstOrder", "glcm": "RadiomicsGLCM", "gldm": "RadiomicsGLDM",
    "glrlm": "RadiomicsGLRLM", "glszm": "RadiomicsGLSZM", "ngtdm": "RadiomicsNGTDM",
    "shape": "RadiomicsShape", "shape2D": "RadiomicsShape2D",
}


def deprecated(func: _F) -> _F:
    """Marks a feature function as deprecated."""
    func._is_deprecated = True  # type: ignore[attr-defined]
    return func


def setVerbosity(level: int) -> None:
    """What is printed to stderr: messages of this level of logging (10 to 60) and above."""
    handler.setLevel(min(max(level, 10), 60))
    if handler.level < logger.level:
        logger.setLevel(handler.level)


def getFeatureClasses() -> "Dict[str, Type[RadiomicsFeaturesBase]]":
    """A dict from names of modules to feature classes."""
    return {name: getattr(importlib.import_module("." + name, __name__), kind)
            for name, kind in _CLASSES.items()}


def getImageTypes() -> List[str]:
    """Names of the image types, in the order of pyradiomics."""
    return sorted(f.name for f in radmill.filters("pyradiomics"))


def getParameterValidationFiles() -> Tuple[Optional[str], Optional[str]]:
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


def getProgressReporter(*args: Any, **kwargs: Any) -> Any:
    """An instance of progressReporter where it is set and INFO is shown, else one that is silent."""
    if progressReporter is not None and logging.NOTSET < handler.level <= logging.INFO:
        return progressReporter(*args, **kwargs)
    return _NoProgress(*args, **kwargs)


# Modules that pyradiomics has read when it is imported, and that are read here when they are asked for.
_MODULES = ("base", "featureextractor", "imageoperations", "scripts", *_CLASSES)


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module("." + name, __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


from . import imageoperations  # noqa: E402
