"""Values of one case as plain Python objects, which can be pickled."""

import ast
import ctypes as c
import operator
from collections.abc import Mapping
from typing import Any, Dict, Iterator, List, NamedTuple

from . import _library
from ._library import lib


class Value(NamedTuple):
    """One value. `value` is NaN where it is not defined, and `reason` says why."""

    name: str  # of its column: "original_glcm_Contrast"
    image: str  # "original", "wavelet-LLH", ...
    family: str  # class: "glcm"
    feature: str  # "Contrast"
    aggregation: str  # IBSI's code, "" where there is none
    code: str  # IBSI's code of the feature, "" where there is none
    unit: str
    reason: str
    value: float


class Features(Mapping):
    """Values by column name, in the order of pyradiomics' columns: an ordered mapping to floats.

    values_        every Value with image, class, code, unit and reason
    diagnostics    a dict of diagnostics: texts, numbers, and tuples of numbers
    units, codes, reasons   dicts by column name; reasons holds those that are not defined only
    """

    __slots__ = ("values_", "diagnostics", "_value")

    def __init__(self, values: List[Value], diagnostics: Dict[str, Any]):
        self.values_ = values
        self.diagnostics = diagnostics
        self._value = {v.name: v.value for v in values}

    def __getitem__(self, name: str) -> float:
        return self._value[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._value)

    def __len__(self) -> int:
        return len(self._value)

    def __repr__(self) -> str:
        return f"<radmill.Features: {len(self)} values>"

    def __getstate__(self):
        return self.values_, self.diagnostics

    def __setstate__(self, state):
        self.__init__(*state)

    @property
    def units(self) -> Dict[str, str]:
        return {v.name: v.unit for v in self.values_}

    @property
    def codes(self) -> Dict[str, str]:
        return {v.name: v.code for v in self.values_}

    @property
    def reasons(self) -> Dict[str, str]:
        return {v.name: v.reason for v in self.values_ if v.reason}

    def to_series(self, diagnostics: bool = False):
        """A pandas.Series of the values; with diagnostics=True those stand in front."""
        import pandas

        if diagnostics:
            return pandas.Series({**self.diagnostics, **self._value}, dtype=object)
        return pandas.Series(self._value, dtype=float)


_TEXT, _NUMBER, _LIST = range(3)


def _typed(text, kind):
    if kind == _TEXT:
        return text
    if kind == _NUMBER:
        try:
            return int(text)
        except ValueError:
            return float(text)  # nan and inf, too
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


class _Texts(dict):
    """Texts of the library by their bytes: names, units and codes are the same in every case, and
    decoding them each time would take longer than all else that is done with a value."""

    MOST = 1 << 15  # reasons are not the same in every case

    def __missing__(self, raw):
        if len(self) >= self.MOST:
            self.clear()
        self[raw] = text = _library.text(raw)
        return text


_texts = _Texts()
_text_fields = operator.attrgetter(*Value._fields[:-1])


def value_of(struct, value=None) -> Value:
    return Value(*map(_texts.__getitem__, _text_fields(struct)), struct.value if value is None else value)


def _each(function, handle, struct):
    i = 0
    while function(handle, i, c.byref(struct)):
        yield struct
        i += 1


def diagnostics_of(handle) -> Dict[str, Any]:
    rows = _each(lib.radmill_result_diagnostic, handle, _library.blank(_library.Diagnostic))
    return {_library.text(d.name): _typed(_library.text(d.text), d.kind) for d in rows}


def features_of(handle) -> Features:
    rows = _each(lib.radmill_result_value, handle, _library.blank(_library.Value))
    return Features([value_of(v) for v in rows], diagnostics_of(handle))
