"""Deliberate differences from pyradiomics 3.0.1: (reason, test on case, feature name and the two values).

`known(params, dtype, name, theirs, ours)` returns the reason or None. Keep the list short: each entry is a decision that
docs/numerics.md explains."""


def known(params, dtype, name, theirs, ours):
    return None
