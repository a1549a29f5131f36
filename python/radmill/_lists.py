"""What there is: features, settings, filters and presets, straight from the engine's registries."""

import ctypes as c
from typing import List, NamedTuple, Optional

from . import _library
from ._library import lib


class Feature(NamedTuple):
    profile: str
    family: str  # class
    name: str
    code: str  # IBSI's
    unit: str
    status: str  # "current", "deprecated" (computed when named) or "gone" (never a value)
    aggregations: str  # IBSI's codes, one blank apart


class Setting(NamedTuple):
    profile: str
    name: str
    summary: str
    filter: str  # whose it is; "" for those of all
    fallback: str  # the default, as Python prints it
    voxel: bool  # of voxel mode
    type: str  # type and range in words


class Filter(NamedTuple):
    profile: str
    name: str
    summary: str


class Preset(NamedTuple):
    profile: str
    name: str
    summary: str
    text: str  # the parameters, YAML


def _plain(value):
    return _library.text(value) if isinstance(value, bytes) else value


def _rows(kind, function, struct, profile):
    out, i = [], 0
    row = _library.blank(struct)
    while function(i, c.byref(row)):
        entry = kind(*[_plain(getattr(row, name)) for name in kind._fields])
        if profile is None or entry.profile == profile:
            out.append(entry)
        i += 1
    return out


def features(profile: Optional[str] = None) -> List[Feature]:
    """Every feature, of one profile or of all."""
    return _rows(Feature, lib.radmill_feature_at, _library.Feature, profile)


def settings(profile: Optional[str] = None) -> List[Setting]:
    """Every setting with type, range and default."""
    return _rows(Setting, lib.radmill_setting_at, _library.Setting, profile)


def filters(profile: Optional[str] = None) -> List[Filter]:
    """Every filter (image type)."""
    return _rows(Filter, lib.radmill_filter_at, _library.Filter, profile)


def presets(profile: Optional[str] = None) -> List[Preset]:
    """Every set of built-in parameters."""
    return _rows(Preset, lib.radmill_preset_at, _library.Preset, profile)
