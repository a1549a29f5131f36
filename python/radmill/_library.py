"""The engine's shared object and its structs, as lib/api/radmill.h has them."""

import ctypes as c
import os
import struct

INTERFACE = 2
NAME = "libradmill-python.so"


class Error(c.Structure):
    _fields_ = [("size", c.c_size_t), ("code", c.c_int), ("text", c.c_char * 1024)]


class Image(c.Structure):
    _fields_ = [
        ("size", c.c_size_t),
        ("dims", c.c_int),
        ("shape", c.c_int64 * 3),
        ("spacing_mm", c.c_double * 3),
        ("origin_mm", c.c_double * 3),
        ("direction", c.c_double * 9),
        ("pixel", c.c_int),
        ("components", c.c_int),
        ("voxels", c.c_void_p),
    ]


# The same struct; field by field it takes ten times as long to fill.
IMAGE_LAYOUT = struct.Struct("@Ni3q3d3d9diiP")
assert IMAGE_LAYOUT.size == c.sizeof(Image)


class Source(c.Structure):
    _fields_ = [
        ("size", c.c_size_t),
        ("profile", c.c_char_p),
        ("file", c.c_char_p),
        ("preset", c.c_char_p),
        ("text", c.c_char_p),
        ("overrides", c.POINTER(c.c_char_p)),
        ("n_overrides", c.c_size_t),
        ("voxel_mode", c.c_bool),
    ]


WARNING = c.CFUNCTYPE(None, c.c_void_p, c.c_char_p)
PROGRESS = c.CFUNCTYPE(c.c_bool, c.c_void_p, c.c_size_t, c.c_size_t, c.c_char_p, c.c_char_p)
WANTED = c.CFUNCTYPE(c.c_bool, c.c_void_p)


class Options(c.Structure):
    _fields_ = [
        ("size", c.c_size_t),
        ("label", c.c_int64),
        ("family", c.c_char_p),
        ("as_it_is", c.c_bool),
        ("no_diagnostics", c.c_bool),
        ("user", c.c_void_p),
        ("warning", WARNING),
        ("progress", PROGRESS),
        ("threads", c.c_int),
        ("wanted", WANTED),
        ("wanted_ms", c.c_int),
    ]


class Value(c.Structure):
    _fields_ = [("size", c.c_size_t)] + [
        (name, c.c_char_p)
        for name in ("name", "image", "family", "feature", "aggregation", "code", "unit", "reason")
    ] + [("value", c.c_double)]


class Table(c.Structure):
    _fields_ = [
        ("size", c.c_size_t),
        ("values", c.c_size_t),
        ("value", c.c_void_p),
        ("texts", c.c_void_p),
        ("texts_bytes", c.c_size_t),
        ("reasons", c.c_void_p),
        ("reasons_bytes", c.c_size_t),
        ("diagnostics", c.c_size_t),
        ("diagnostic_texts", c.c_void_p),
        ("diagnostic_texts_bytes", c.c_size_t),
    ]


class Feature(c.Structure):
    _fields_ = [("size", c.c_size_t)] + [
        (name, c.c_char_p) for name in ("profile", "family", "name", "code", "unit", "status")
    ] + [("aggregations", c.c_char * 160)]


class Filter(c.Structure):
    _fields_ = [("size", c.c_size_t)] + [
        (name, c.c_char_p) for name in ("profile", "name", "summary")
    ]


class Setting(c.Structure):
    _fields_ = [("size", c.c_size_t)] + [
        (name, c.c_char_p) for name in ("profile", "name", "summary", "filter", "fallback")
    ] + [("voxel", c.c_bool), ("type", c.c_char * 320)]


class Preset(c.Structure):
    _fields_ = [("size", c.c_size_t)] + [
        (name, c.c_char_p) for name in ("profile", "name", "summary", "text")
    ]


TAKE = c.CFUNCTYPE(c.c_bool, c.c_void_p, c.POINTER(Value), c.POINTER(Image))


def _declare(lib):
    handle, error = c.c_void_p, c.POINTER(Error)
    image, options = c.POINTER(Image), c.POINTER(Options)
    arguments = {
        "params_create": [c.POINTER(Source), c.POINTER(handle), error],
        "measure": [handle, image, image, options, c.POINTER(handle), error],
        "maps": [handle, image, image, options, TAKE, handle, c.POINTER(handle), error],
        "filtered": [handle, image, image, options, TAKE, handle, error],
        "result_table": [handle, c.POINTER(Table)],
        "feature_at": [c.c_size_t, c.POINTER(Feature)],
        "filter_at": [c.c_size_t, c.POINTER(Filter)],
        "setting_at": [c.c_size_t, c.POINTER(Setting)],
        "preset_at": [c.c_size_t, c.POINTER(Preset)],
    }
    for name, types in arguments.items():
        function = getattr(lib, "radmill_" + name)
        function.argtypes, function.restype = types, c.c_bool
    for name in ("params_destroy", "result_destroy"):
        function = getattr(lib, "radmill_" + name)
        function.argtypes, function.restype = [handle], None
    lib.radmill_version.restype = c.c_char_p
    return lib


def _load():
    # RADMILL_LIBRARY is for tests of a library that has just been built.
    path = os.environ.get("RADMILL_LIBRARY") or os.path.join(os.path.dirname(__file__), NAME)
    try:
        lib = c.CDLL(path)
    except OSError as e:
        raise ImportError(f"radmill: its library cannot be loaded: {e}") from e
    if lib.radmill_interface() != INTERFACE:
        raise ImportError(
            f"radmill: {path} has interface {lib.radmill_interface()}, not {INTERFACE}"
        )
    return _declare(lib)


lib = _load()


def text(value):
    """A text of the library; bytes that are no UTF-8 stay apart as surrogates."""
    return value.decode("utf-8", "surrogateescape")


def blank(kind):
    """A zeroed struct that knows its size."""
    return kind(size=c.sizeof(kind))
