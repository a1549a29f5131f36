"""Parameters: what to measure and how, read and checked once."""

import ctypes as c
import math
import os
import stat
from json.encoder import encode_basestring
from typing import Any, Dict, Mapping, Optional, Union

import numpy as np

from . import _library
from ._library import lib
from .errors import UsageError, error_of


def _number(value):
    """YAML 1.1 wants a point in a number with an exponent."""
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    text = repr(value)
    return text if "e" not in text or "." in text else text.replace("e", ".0e")


def _mapping_text(value):
    return "{" + ", ".join([f"{yaml_text(str(k))}: {yaml_text(v)}" for k, v in value.items()]) + "}"


def _list_text(value):
    return "[" + ", ".join([yaml_text(v) for v in value]) + "]"


# The types that parameters are mostly made of; what derives from them is looked at more closely.
_TEXT_OF = {
    str: encode_basestring, int: str, float: _number, dict: _mapping_text, list: _list_text, tuple: _list_text,
    bool: lambda value: "true" if value else "false", type(None): lambda value: "null",
}


def yaml_text(value: Any) -> str:
    """A value in the flow style of YAML; texts are quoted, so that none is taken for another type."""
    text_of = _TEXT_OF.get(type(value))
    return text_of(value) if text_of else _other_text(value)


def _other_text(value):
    if isinstance(value, (np.ndarray, np.generic)):
        return yaml_text(value.tolist())
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return _number(float(value))
    if isinstance(value, (str, os.PathLike)):
        return encode_basestring(os.fspath(value))
    if isinstance(value, Mapping):
        return _mapping_text(value)
    if isinstance(value, (list, tuple, set, range)):
        return _list_text(value)
    raise UsageError(f"parameters hold a value of type {type(value).__name__}")


def _bytes(text):
    return None if text is None else text.encode("utf-8", "surrogateescape")


def _one_of(given, preset):
    """Which member of the source the parameters are, and what it holds."""
    if given is None:
        return ("preset", preset) if preset is not None else (None, None)
    if preset is not None:
        raise UsageError("parameters and a preset were given; one of them is enough")
    if isinstance(given, Mapping):
        return "text", yaml_text(given)
    if isinstance(given, (str, os.PathLike)):
        return "file", os.fspath(given)
    raise UsageError("parameters are a path, a mapping or radmill.Params, not "
                     + type(given).__name__)


class Params:
    """Parameters that have been read and checked. They do not change, may be shared by threads, and
    can be pickled (a parameter file is read again where they are unpickled).

    params    path of a parameter file (YAML or JSON), or a mapping with the keys `setting`,
              `imageType` and `featureClass`; None: the defaults
    profile   "pyradiomics", "ibsi", ...; None: that of the preset, else "pyradiomics"
    preset    name of built-in parameters, see radmill.presets()
    settings  settings that overrule those of the parameters, e.g. {"binWidth": 10}
    voxel     for radmill.maps

    Raises RefusedError (file, line, cause) and UsageError (unknown preset, profile or setting).
    """

    def __init__(self, params: Union[str, os.PathLike, Mapping, None] = None, *,
                 profile: Optional[str] = None, preset: Optional[str] = None,
                 settings: Optional[Mapping[str, Any]] = None, voxel: bool = False):
        self._handle = c.c_void_p()
        member, what = _one_of(params, preset)
        overrides = [f"{k}={yaml_text(v)}" for k, v in (settings or {}).items()]
        self._made_of = (profile, member, what, overrides, bool(voxel))
        self._create()

    def _create(self):
        profile, member, what, overrides, voxel = self._made_of
        source = _library.blank(_library.Source)
        source.profile = _bytes(profile)
        if member == "text" and "\0" in what or member and not what:
            raise UsageError(f"parameters: the {member} is not usable")
        if member:
            setattr(source, member, _bytes(what))
        listed = (c.c_char_p * max(1, len(overrides)))(*[_bytes(o) for o in overrides])
        source.overrides, source.n_overrides = listed, len(overrides)
        source.voxel_mode = voxel
        why = _library.blank(_library.Error)
        if not lib.radmill_params_create(c.byref(source), c.byref(self._handle), c.byref(why)):
            raise error_of(why.code, _library.text(why.text))

    @property
    def voxel(self) -> bool:
        """Whether they are for radmill.maps."""
        return self._made_of[-1]

    def __getstate__(self):
        return self._made_of

    def __setstate__(self, state):
        self._handle = c.c_void_p()
        self._made_of = state
        self._create()

    def __del__(self, destroy=lib.radmill_params_destroy):
        handle = getattr(self, "_handle", None)
        if handle:
            destroy(handle)


class _Known:
    """Parameters that were made lately, by what they were made of: they are not read again when they
    are given call after call. A file counts by its bytes, not by its time."""

    MOST = 32
    LARGEST_BYTES = 1 << 20

    def __init__(self):
        self._made: Dict[Any, Params] = {}  # no lock: a process may fork while one is held

    def params(self, given, profile, preset, settings, voxel) -> Params:
        member, what = _one_of(given, preset)
        content = _content(what) if member == "file" else None
        if member == "file" and content is None:
            return Params(given, profile=profile, settings=settings, voxel=voxel)
        key = profile, member, what, content, yaml_text(settings) if settings else None, voxel
        found = self._made.get(key)
        if found is not None:
            return found
        made = Params(given, profile=profile, preset=preset, settings=settings, voxel=voxel)
        if member == "file" and _content(what) != content:
            return made  # written to meanwhile: who knows what was read
        self._made[key] = made
        for oldest in list(self._made)[:-self.MOST]:
            self._made.pop(oldest, None)
        return made


def _content(path) -> Optional[bytes]:
    """The bytes of a parameter file; None for a pipe, which can be read but once, and for what is
    better left to the engine's message."""
    if path == "-":  # the engine takes it for stdin
        return None
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb", buffering=0) as file:
            content = file.read(_Known.LARGEST_BYTES)
    except (OSError, ValueError):
        return None
    return content if len(content) < _Known.LARGEST_BYTES else None


_known = _Known()


def params_of(params, profile=None, preset=None, settings=None, voxel=False) -> Params:
    """Params as they are, or made of what was given."""
    if not isinstance(params, Params):
        return _known.params(params, profile, preset, settings, voxel)
    if profile is not None or preset is not None or settings:
        raise UsageError("radmill.Params are complete: profile, preset and settings belong to them")
    if params.voxel != voxel:
        raise UsageError("radmill.Params(voxel=True) are for maps, others are for features")
    return params
