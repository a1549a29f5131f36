"""Features, maps and filtered images of one case."""

import ctypes as c
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence

from . import _result
from ._call import Call, images_of
from ._images import Image, copied
from ._library import TAKE, lib
from ._params import params_of
from ._result import Features, Value


def extract(image: Any, mask: Any, params: Any = None, label: Optional[int] = None, *,
            profile: Optional[str] = None, preset: Optional[str] = None,
            settings: Optional[Mapping[str, Any]] = None,
            spacing: Optional[Sequence[float]] = None, origin: Optional[Sequence[float]] = None,
            direction: Optional[Sequence[float]] = None, diagnostics: bool = True,
            progress: Optional[Callable[[int, int, str, str], Optional[bool]]] = None,
            threads: int = 1) -> Features:
    """Features of a region of interest, as an ordered mapping from column names to floats.

    image, mask   paths, images of SimpleITK, ITK or nibabel, radmill.Image, or numpy arrays of
                  shape (z, y, x) or (y, x). A mask that is an array lies where the image does.
    params        path of a parameter file, a mapping, or radmill.Params; None: the defaults
    label         value of the region in the mask; None: that of the parameters (1)
    profile, preset, settings   as for radmill.Params
    spacing, origin, direction  where an array lies: (x, y, z), mm, LPS; direction row by row
    progress      called as (done, all, image, class); the call ends when it returns False
    threads       that work on this region; the values are the same for every number

    No voxels are copied when they lie in C order. Other threads run meanwhile. Raises RefusedError
    (a ValueError) for a case that is not acceptable, UsageError for wrong arguments, RadmillError
    for want of memory. Warnings are RadmillWarning.
    """
    made = params_of(params, profile, preset, settings)
    call = Call(*images_of(image, mask if mask is not None else _missing(), spacing, origin, direction),
                label=label, diagnostics=diagnostics, progress=progress, threads=threads)
    return measure(made, call)


def _missing():
    from .errors import UsageError

    raise UsageError("no mask")


def measure(params, call) -> Features:
    out = c.c_void_p()
    try:
        call.run(lib.radmill_measure, params._handle, *call.arguments(), c.byref(out))
        return _result.features_of(out)
    finally:
        lib.radmill_result_destroy(out)


class _Taker:
    """Copies of the images that the engine hands over, by name."""

    def __init__(self, call):
        self.images: Dict[str, Image] = {}
        self.about: List[Value] = []
        self.function = TAKE(call.guarded(self._take))

    def _take(self, user, about, image):
        what = _result.value_of(about.contents)
        self.about.append(what)
        self.images[what.name] = copied(image.contents)


def _given_back(images, like):
    """Images of SimpleITK for one who gave such, else radmill.Image."""
    if type(like).__module__.split(".")[0] == "SimpleITK":
        return {name: image.to_simpleitk() for name, image in images.items()}
    return images


def all_maps(params, call):
    """Every map with what it is of, and the diagnostics of the case."""
    taker = _Taker(call)
    out = c.c_void_p()
    try:
        call.run(lib.radmill_maps, params._handle, *call.arguments(), taker.function, None, c.byref(out))
        return [(v, taker.images[v.name]) for v in taker.about], _result.diagnostics_of(out)
    finally:
        lib.radmill_result_destroy(out)


def maps(image: Any, mask: Any, params: Any = None, label: Optional[int] = None, *,
         profile: Optional[str] = None, preset: Optional[str] = None,
         settings: Optional[Mapping[str, Any]] = None,
         spacing: Optional[Sequence[float]] = None, origin: Optional[Sequence[float]] = None,
         direction: Optional[Sequence[float]] = None,
         progress: Optional[Callable[[int, int, str, str], Optional[bool]]] = None,
         threads: int = 1) -> Dict[str, Any]:
    """Maps of features (voxel mode): a dict from column names to images of doubles, of the region's
    box and its kernels. They are radmill.Image (numpy takes them as arrays of shape (z, y, x)), or
    SimpleITK images when `image` is one. Arguments and errors as for radmill.extract.
    """
    made = params_of(params, profile, preset, settings, voxel=True)
    call = Call(*images_of(image, mask if mask is not None else _missing(), spacing, origin, direction),
                label=label, progress=progress, threads=threads)
    made_maps, _ = all_maps(made, call)
    return _given_back({about.name: one for about, one in made_maps}, image)


def filtered(image: Any, mask: Any = None, params: Any = None, label: Optional[int] = None, *,
             profile: Optional[str] = None, preset: Optional[str] = None,
             settings: Optional[Mapping[str, Any]] = None,
             spacing: Optional[Sequence[float]] = None, origin: Optional[Sequence[float]] = None,
             direction: Optional[Sequence[float]] = None) -> Dict[str, Any]:
    """The images that features are computed from: a dict from their names ("original",
    "wavelet-LLH", ...) to images of doubles, whole and after preprocessing. Without a mask the whole
    image is the region and there is no preprocessing. Arguments and errors as for radmill.extract.
    """
    made = params_of(params, profile, preset, settings)
    call = Call(*images_of(image, mask, spacing, origin, direction), label=label)
    taker = _Taker(call)
    call.run(lib.radmill_filtered, made._handle, *call.arguments(), taker.function, None)
    return _given_back(taker.images, image)
