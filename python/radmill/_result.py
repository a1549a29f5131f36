"""Values of one case as plain Python objects, which can be pickled."""

import ctypes as c
from array import array
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, NamedTuple, Optional

from . import _library
from ._library import lib

if TYPE_CHECKING:
    import pandas


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


class Features(Mapping[str, float]):
    """Values by column name, in the order of pyradiomics' columns: an ordered mapping to floats.

    values_        every Value with image, class, code, unit and reason
    diagnostics    a dict of diagnostics: texts, numbers, and tuples of numbers
    units, codes, reasons   dicts by column name; reasons holds those that are not defined only
    """

    __slots__ = ("_about", "_numbers", "_reasons", "_known", "_by_name", "_values", "_diagnostics")

    def __init__(self, about: "About", numbers: bytes, reasons: bytes, known: bytes):
        """numbers (doubles), reasons, known: as struct radmill_table has them. They become objects
        when they are first asked for: those that nobody wants cost nothing."""
        self._about, self._numbers, self._reasons, self._known = about, numbers, reasons, known
        self._by_name: Optional[Dict[str, float]] = None
        self._values: Optional[List[Value]] = None
        self._diagnostics: Optional[Dict[str, Any]] = None

    @property
    def _value(self) -> Dict[str, float]:
        if self._by_name is None:
            self._by_name = dict(zip(self._about.names, array("d", self._numbers)))
        return self._by_name

    @property
    def values_(self) -> List[Value]:
        if self._values is None:
            columns = (*self._about.columns, _split(self._reasons), array("d", self._numbers))
            self._values = [Value(*row) for row in zip(*columns)]
        return self._values

    @property
    def diagnostics(self) -> Dict[str, Any]:
        if self._diagnostics is None:
            self._diagnostics = _diagnostics(self._known)
        return self._diagnostics

    def __getitem__(self, name: str) -> float:
        return self._value[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._value)

    def __len__(self) -> int:
        return len(self._value)

    def __repr__(self) -> str:
        return f"<radmill.Features: {len(self)} values>"

    def __getstate__(self):
        return self._about, self._numbers, self._reasons, self._known, self._diagnostics

    def __setstate__(self, state):
        *made_of, diagnostics = state
        self.__init__(*made_of)
        self._diagnostics = diagnostics  # a caller may have changed them

    @property
    def units(self) -> Dict[str, str]:
        return {v.name: v.unit for v in self.values_}

    @property
    def codes(self) -> Dict[str, str]:
        return {v.name: v.code for v in self.values_}

    @property
    def reasons(self) -> Dict[str, str]:
        return {v.name: v.reason for v in self.values_ if v.reason}

    def to_series(self, diagnostics: bool = False) -> "pandas.Series[Any]":
        """A pandas.Series of the values; with diagnostics=True those stand in front."""
        import pandas

        if diagnostics:
            return pandas.Series({**self.diagnostics, **self._value}, dtype=object)
        return pandas.Series(self._value, dtype=float)


_TEXT, _NUMBER, _LIST = range(3)


def _number(text):
    try:
        return int(text)
    except ValueError:
        return float(text)  # nan and inf, too


def _typed(text, kind):
    """(Not by ast.literal_eval: several threads at once are too much for that of Python 3.11, which now and then
    raises SystemError.)"""
    if kind == _TEXT:
        return text
    if kind == _NUMBER:
        return _number(text)
    return tuple(_number(part) for part in text.strip("()").split(",") if part)


def _split(texts: bytes) -> List[str]:
    """The texts of a struct radmill_table."""
    return _library.text(texts).split("\0")[:-1]


class About:
    """What is known of every value of a result but its number: the fields of Value, column by column."""

    __slots__ = ("texts", "columns", "names")
    FIELDS = len(Value._fields) - 2

    def __init__(self, texts: bytes):
        listed = _split(texts)
        self.texts = texts
        self.columns = [listed[i::self.FIELDS] for i in range(self.FIELDS)]
        self.names = self.columns[0]

    def __reduce__(self):
        return about, (self.texts,)


_MOST_ABOUT = 16
_lately: List[About] = []


def about(texts: bytes) -> About:
    """The same one for the same texts, as cases with the same parameters have. Bytes are compared,
    which takes a tenth of the time that hashing them would."""
    global _lately
    for one in _lately:
        if one.texts == texts:
            return one
    made = About(texts)
    _lately = [made, *_lately[:_MOST_ABOUT - 1]]
    return made


def _diagnostics(known: bytes) -> Dict[str, Any]:
    texts = iter(_split(known))
    return {name: _typed(text, int(kind)) for name, text, kind in zip(texts, texts, texts)}


def value_of(struct) -> Value:
    """A Value of the library's struct."""
    return Value(*[_library.text(getattr(struct, name)) for name in Value._fields[:-1]], struct.value)


def _table(handle) -> _library.Table:
    table = _library.blank(_library.Table)
    lib.radmill_result_table(handle, c.byref(table))
    return table


def diagnostics_of(handle) -> Dict[str, Any]:
    table = _table(handle)
    return _diagnostics(c.string_at(table.diagnostic_texts, table.diagnostic_texts_bytes))


def features_of(handle) -> Features:
    table = _table(handle)
    return Features(about(c.string_at(table.texts, table.texts_bytes)),
                    c.string_at(table.value, table.values * c.sizeof(c.c_double)),
                    c.string_at(table.reasons, table.reasons_bytes),
                    c.string_at(table.diagnostic_texts, table.diagnostic_texts_bytes))
