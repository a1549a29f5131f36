"""One call of the engine: options, warnings, interruption, errors."""

import ctypes as c
import itertools
import logging
import threading
import warnings
from typing import Callable, Dict, List, Optional

import numpy as np

from . import _library
from ._images import image_of, lend
from ._library import lib
from .errors import RadmillWarning, UsageError, error_of

log = logging.getLogger("radmill")

_LABEL_LIMIT = 2**63
_MOST_THREADS = 1024
_SIGNALS_MS = 20  # between two looks at whether there was one


class Call:
    """The frame of a call. What the engine says is kept until it is over, so that a warning that is
    an error (-W error) does not pass through C."""

    def __init__(self, image, mask, label=None, family=None, as_it_is=False, diagnostics=True,
                 progress: Optional[Callable] = None, quiet=False, threads: int = 1):
        """quiet: whoever calls passes on what was said (`said`)."""
        self._number = next(_numbers)
        self.said: List[str] = []
        self.quiet = quiet
        self.failure: Optional[BaseException] = None
        self.why = _library.blank(_library.Error)
        self.image, self._image_voxels = lend(image)
        self.mask, self._mask_voxels = lend(mask) if mask is not None else (None, None)
        self.options = self._options(label, family, as_it_is, diagnostics)
        self.options.threads = _threads(threads)
        self._listen(progress)

    def _options(self, label, family, as_it_is, diagnostics):
        options = _library.blank(_library.Options)
        if label is not None:
            if int(label) != label or not 0 < label < _LABEL_LIMIT:
                raise UsageError(f"label {label!r} is not a whole number of 1 and more")
            options.label = int(label)
        options.family = family.encode() if family else None
        options.as_it_is = as_it_is
        options.no_diagnostics = not diagnostics
        return options

    def _listen(self, progress):
        self.options.user, self.options.warning = self._number, _WARNED
        if threading.current_thread() is threading.main_thread():  # the only one that signals come to
            looks = _looks(self)
            next(looks)
            self.options.wanted, self.options.wanted_ms = _library.WANTED(looks.send), _SIGNALS_MS
        if progress:
            self.options.progress = _library.PROGRESS(self.guarded(
                lambda user, done, all_, image, family: progress(
                    done, all_, _library.text(image or b""), _library.text(family or b""))))

    def guarded(self, function):
        """A function for C: an exception ends the call and is raised behind it; only False ends it
        otherwise."""

        def safe(*arguments):
            try:
                return function(*arguments) is not False
            except BaseException as e:  # KeyboardInterrupt, too
                self.failure = e
                return False

        return safe

    def run(self, function, *arguments):
        """Calls and raises what went wrong; warnings go to logging and to warnings."""
        _running[self._number] = self
        try:
            done = function(*arguments, c.byref(self.why))
        finally:
            del _running[self._number]
            self.said = list(dict.fromkeys(self.said))
        if self.failure is not None:
            raise self.failure
        for text in () if self.quiet else self.said:
            log.warning("%s", text)
            warnings.warn(text, RadmillWarning, stacklevel=4)
        if not done:
            raise error_of(self.why.code, _library.text(self.why.text))

    def arguments(self):
        mask = None if self.mask is None else c.byref(self.mask)
        return c.byref(self.image), mask, c.byref(self.options)


def _threads(n):
    if isinstance(n, bool) or int(n) != n or not 1 <= n <= _MOST_THREADS:
        raise UsageError(f"threads: {n!r} is not a whole number from 1 to {_MOST_THREADS}")
    return int(n)


# Functions for C are dear to make: this one is made once, and finds its call by its number.
_numbers = itertools.count(1)
_running: Dict[int, Call] = {}


def _warned(number, text):
    _running[number].said.append(_library.text(text))


_WARNED = _library.WARNING(_warned)


def _looks(call):
    """Lets Python handle signals each time it is resumed. Python does so where a frame begins to run,
    and what a handler raises there (KeyboardInterrupt) would be lost in a function that C calls: no
    `try` of its has begun by then. A generator is resumed inside its own."""
    while True:
        try:
            yield call.failure is None
        except GeneratorExit:
            return
        except BaseException as e:
            call.failure = e


def images_of(image, mask, spacing, origin, direction):
    """Both images. An array as mask lies where the image does."""
    image = image_of(image, spacing, origin, direction)
    if mask is None:
        return image, None
    return image, image_of(mask, *_place_of(image, mask))


def _place_of(image, mask):
    if isinstance(mask, np.ndarray):
        return image.spacing, image.origin, image.direction
    bare = not hasattr(mask, "GetSpacing") and not hasattr(mask, "affine")
    if bare and not isinstance(mask, (str, bytes)) and not hasattr(mask, "__fspath__") \
            and not hasattr(mask, "spacing"):
        return image.spacing, image.origin, image.direction
    return None, None, None


