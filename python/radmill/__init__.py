"""radmill: radiomics with the values of pyradiomics and IBSI, by an engine in C.

    import radmill
    features = radmill.extract("ct.nii.gz", "gtv.nii.gz", settings={"binWidth": 10})
    features["original_glcm_Contrast"], features.units, features.diagnostics

Also: extract_many, maps, filtered; features, settings, filters, presets (what there is);
read_results (tables of a cohort); accelerate and radmill.radiomics (for scripts of pyradiomics).
"""

from . import _library
from ._accelerate import accelerate
from ._case import Case
from ._extract import extract, filtered, maps
from ._images import Image
from ._lists import features, filters, presets, settings
from ._many import Row, Rows, extract_many
from ._params import Params
from ._result import Features, Value
from ._tables import read_results
from .errors import RadmillError, RadmillWarning, RefusedError, UsageError

__version__ = _library.lib.radmill_version().decode()

__all__ = [
    "Case", "Features", "Image", "Params", "RadmillError", "RadmillWarning", "RefusedError", "Row",
    "Rows", "UsageError", "Value", "accelerate", "extract", "extract_many", "features", "filtered", "filters",
    "maps", "presets", "read_results", "settings",
]
