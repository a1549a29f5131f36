"""A case of extract_many, and what measures one in this process."""

from typing import Any, Mapping, NamedTuple, Optional, Sequence

from ._call import Call, images_of
from ._extract import measure
from ._result import Features
from .errors import UsageError


class Case(NamedTuple):
    """One case of extract_many. Of `image` and the rest see radmill.extract; `id` names its row."""

    image: Any
    mask: Any
    label: Optional[int] = None
    id: Any = None
    spacing: Optional[Sequence[float]] = None
    origin: Optional[Sequence[float]] = None
    direction: Optional[Sequence[float]] = None


def case_of(given, number) -> Case:
    if isinstance(given, Case):
        case = given
    elif isinstance(given, Mapping):
        try:
            case = Case(**given)
        except TypeError as e:
            raise UsageError(f"case {number}: {e}") from None
    elif isinstance(given, (tuple, list)) and len(given) in (2, 3):
        case = Case(*given)
    else:
        raise UsageError(f"case {number} is no (image, mask), (image, mask, label), mapping or Case")
    return case if case.id is not None else case._replace(id=number)


class Here:
    """Cases in this process."""

    def __init__(self, params, stop):
        self.params, self.stop = params, stop

    def __call__(self, case: Case) -> Features:
        images = images_of(case.image, case.mask, case.spacing, case.origin, case.direction)
        return measure(self.params, Call(*images, label=case.label, progress=self._go_on))

    def _go_on(self, *_):
        return not self.stop.is_set()

    def close(self):
        pass
