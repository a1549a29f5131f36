"""Images of every kind that is taken, as arrays with a geometry, without copies where the voxels lie
in memory as the engine wants them."""

import ctypes as c
import os
import sys
from typing import Any, Optional, Sequence, Tuple

import numpy as np

from . import _library
from .errors import RefusedError, UsageError

_PIXELS = ["uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64", "float32", "float64"]
_PIXEL_OF = {np.dtype(name): i for i, name in enumerate(_PIXELS)}

# Where an array lies of which nothing is said, by its number of axes.
_PLAIN_SPACING = {2: (1.0,) * 2, 3: (1.0,) * 3}
_PLAIN_ORIGIN = {2: (0.0,) * 2, 3: (0.0,) * 3}
_PLAIN_DIRECTION = {2: (1.0, 0.0, 0.0, 1.0), 3: (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)}


class Image:
    """Voxels and where they lie.

    array      shape (z, y, x), or (y, x) for an image of two axes; (z, y, x, component) when
               `components` is more than 1
    spacing    (x, y, z) in mm; as many elements as the image has axes
    origin     (x, y, z) of the centre of the first voxel in mm, LPS (DICOM's patient directions)
    direction  row by row; column i is the unit vector of index axis i, as in SimpleITK

    numpy takes an Image where it takes an array.
    """

    __slots__ = ("array", "spacing", "origin", "direction", "components", "_owner")

    def __init__(self, array: Any, spacing: Optional[Sequence[float]] = None,
                 origin: Optional[Sequence[float]] = None,
                 direction: Optional[Sequence[float]] = None, components: int = 1, *,
                 _owner: Any = None) -> None:
        self._owner = _owner  # of voxels that numpy does not keep alive
        self.array = np.asarray(array)
        self.components = int(components)
        n = self.array.ndim - (self.components > 1)
        if n not in (2, 3):
            raise UsageError(f"an image has two or three axes, not {n}")
        self.spacing = _numbers("spacing", spacing, _PLAIN_SPACING[n], n)
        self.origin = _numbers("origin", origin, _PLAIN_ORIGIN[n], n)
        self.direction = _numbers("direction", direction, _PLAIN_DIRECTION[n], n * n)

    @property
    def size(self) -> Tuple[int, ...]:
        """Voxels along x, y and z."""
        n = len(self.spacing)
        return self.array.shape[:n][::-1]

    def __array__(self, dtype: Any = None, copy: Optional[bool] = None) -> "np.ndarray[Any, Any]":
        if copy:
            return np.array(self.array, dtype=dtype)
        return np.asarray(self.array, dtype=dtype)

    def __repr__(self) -> str:
        return f"<radmill.Image {self.array.dtype} size={self.size} spacing={self.spacing}>"

    def __getstate__(self) -> Tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__slots__[:-1])

    def __setstate__(self, state: Tuple[Any, ...]) -> None:
        self._owner = None
        for name, value in zip(self.__slots__, state):
            setattr(self, name, value)

    def to_simpleitk(self) -> Any:
        """The same image for SimpleITK (which must be installed)."""
        import SimpleITK

        out = SimpleITK.GetImageFromArray(self.array, isVector=self.components > 1)
        out.SetSpacing(self.spacing)
        out.SetOrigin(self.origin)
        out.SetDirection(self.direction)
        return out


def _numbers(what, given, fallback, n):
    if given is None:
        return fallback
    if type(given) is tuple and len(given) == n and set(map(type, given)) == {float}:
        return given
    values = tuple(float(v) for v in np.ravel(given))
    if len(values) == n + 1 and what != "direction":
        values = values[:n]  # an image of two axes whose third was given all the same
    if len(values) != n:
        raise UsageError(f"{what} has {len(values)} elements, not {n}")
    return values


# --- other people's images ---


def _of_simpleitk(image):
    import SimpleITK

    return Image(SimpleITK.GetArrayViewFromImage(image), image.GetSpacing(), image.GetOrigin(),
                 image.GetDirection(), image.GetNumberOfComponentsPerPixel(), _owner=image)


def _of_itk(image):
    itk = sys.modules["itk"]
    return Image(itk.array_view_from_image(image), list(image.GetSpacing()), list(image.GetOrigin()),
                 itk.array_from_matrix(image.GetDirection()), image.GetNumberOfComponentsPerPixel(),
                 _owner=image)


def _of_nibabel(image):
    # nibabel is RAS, x first; we are LPS, and its array in Fortran order is ours in C order.
    array = np.asanyarray(image.dataobj)
    while array.ndim > 3 and array.shape[-1] == 1:
        array = array[..., 0]
    affine = np.diag([-1.0, -1.0, 1.0, 1.0]) @ np.asarray(image.affine, dtype=float)
    n = array.ndim
    spacing = np.sqrt((affine[:3, :n] ** 2).sum(axis=0))
    if not spacing.all():
        raise RefusedError("an axis of the image has no length")
    direction = affine[:n, :n] / spacing
    return Image(array.T, spacing, affine[:n, 3], direction)


def _module(image):
    return type(image).__module__.split(".")[0]


def _installed(name):
    try:
        return __import__(name)
    except ImportError:
        return None


def _of_path(path):
    path = os.fspath(path)
    if not os.path.exists(path):
        raise RefusedError(f"{path}: no such file")
    reader = _installed("SimpleITK")
    try:
        if reader:
            return _of_simpleitk(reader.ReadImage(path))
        reader = _installed("nibabel")
        if reader:
            return _of_nibabel(reader.load(path))
    except Exception as e:
        raise RefusedError(f"{path}: {e}") from e
    raise UsageError(f"{path}: to read files, install SimpleITK or nibabel; arrays need neither")


_TAKEN = {"SimpleITK": _of_simpleitk, "itk": _of_itk, "nibabel": _of_nibabel}


def image_of(given: Any, spacing=None, origin=None, direction=None) -> Image:
    """A path, an image of SimpleITK, ITK or nibabel, an Image, or an array with its geometry."""
    if isinstance(given, np.ndarray):
        return Image(given, spacing, origin, direction)
    if isinstance(given, Image):
        image = given
    elif isinstance(given, (str, os.PathLike)):
        image = _of_path(given)
    elif _module(given) in _TAKEN:
        image = _TAKEN[_module(given)](given)
    elif given is None:
        raise UsageError("no image")
    else:
        return Image(given, spacing, origin, direction)
    if spacing is None and origin is None and direction is None:
        return image
    return Image(image.array, image.spacing if spacing is None else spacing,
                 image.origin if origin is None else origin,
                 image.direction if direction is None else direction, image.components,
                 _owner=image._owner)


# --- for the engine ---


def _plain(array):
    """An array of a type and layout that the engine reads; the same one where it has them."""
    if array.dtype in _PIXEL_OF and array.flags.c_contiguous and array.dtype.isnative:
        return array
    if array.dtype == np.bool_:
        array = array.view(np.uint8)
    elif array.dtype == np.float16:
        array = array.astype(np.float32)
    array = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("="))
    if array.dtype not in _PIXEL_OF:
        raise UsageError(f"an image of {array.dtype} is not taken; numbers of 8 to 64 bits are")
    return array


def _in_space(direction, n):
    """A direction in the nine numbers of the engine's, which reads what it needs of them."""
    return direction if n == 3 else (*direction[:2], 0.0, *direction[2:], 0.0, 0.0, 0.0, 0.0)


def lend(image: Image):
    """The engine's struct of an image, and what must outlive it."""
    array = _plain(image.array)
    n = len(image.spacing)
    more = 3 - n
    packed = _library.IMAGE_LAYOUT.pack(
        _library.IMAGE_LAYOUT.size, n, *image.size, *(1,) * more, *image.spacing, *(1.0,) * more, *image.origin,
        *(0.0,) * more, *_in_space(image.direction, n), _PIXEL_OF[array.dtype], image.components,
        array.ctypes.data)
    return _library.Image.from_buffer_copy(packed), (array, image._owner)


def copied(struct) -> Image:
    """A copy of an image of doubles that the engine hands over."""
    n = struct.dims
    size = list(struct.shape)[:n]
    count = int(np.prod(size))
    voxels = (c.c_double * count).from_address(struct.voxels) if count else []
    array = np.array(voxels, dtype=float).reshape(size[::-1])
    direction = [struct.direction[3 * r + k] for r in range(n) for k in range(n)]
    return Image(array, list(struct.spacing_mm)[:n], list(struct.origin_mm)[:n], direction)
