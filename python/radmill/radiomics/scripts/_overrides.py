"""Settings that are given on the command line as texts."""

import logging

from .._serve import SETTINGS

logger = logging.getLogger("radiomics.script")

# As pyradiomics has it: settings of voxel mode, and the interpolator, come from a parameter file only.
_TYPES_OF = {name: about.type for name, about in SETTINGS.items() if not about.voxel and name != "interpolator"}
_TYPES = {"integer": int, "integers": int, "number": float, "numbers": float,
          "true": lambda text: text == "1" or text.lower() == "true"}


def _value(text, kind):
    """A text as a value of a setting whose type reads e.g. "integer >= 1" or "list of numbers > 0"."""
    words = kind.split()
    if words[:2] == ["list", "of"]:
        return [_TYPES[words[2]](item) for item in text.split(",")]
    return _TYPES.get(words[0], str)(text)


def overrides(args):
    """The settings of --setting and --label. What is not understood is passed over with a warning."""
    out = {}
    for given in args.setting:
        name, colon, text = given.partition(":")
        if not colon:
            logger.warning('Incorrect format for override setting "%s", missing ":"', given)
        elif name not in _TYPES_OF:
            logger.warning('Did not recognize override "%s", skipping...', name)
        else:
            try:
                out[name] = _value(text, _TYPES_OF[name])
            except ValueError:
                logger.warning('Could not parse value "%s" for setting "%s", skipping...', text, name)
    if args.label is not None:
        logger.warning('Argument "label" is deprecated; use --setting label:N')
        out["label"] = args.label
    return out
