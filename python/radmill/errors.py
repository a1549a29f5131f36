"""What can go wrong. Messages are the engine's: one line with name and cause."""


class RadmillError(Exception):
    """The extraction failed, for example for want of memory. `code` is the exit status of the tools."""

    code = 1


class UsageError(RadmillError, ValueError):
    """A wrong argument: an unknown preset, profile or setting, or a value out of its range."""

    code = 2


class RefusedError(RadmillError, ValueError):
    """The input is not acceptable: no such label, grids that differ, a ROI that is too small,
    a parameter file with an error (the message names file, line and cause)."""

    code = 3


class RadmillWarning(UserWarning):
    """What the engine would have said on stderr."""


def error_of(code, message):
    """The exception of an exit status; 130 is a call that was ended by its caller."""
    if code == 130:
        return KeyboardInterrupt(message)
    for kind in (UsageError, RefusedError):
        if code == kind.code:
            return kind(message)
    return RadmillError(message)
