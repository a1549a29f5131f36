"""Deliberate differences from pyradiomics 3.0.1.

`known(case, name, theirs, ours)` returns the reason or None. Keep the list short: each entry is a decision that
docs/numerics.md explains."""


def known(case, name, theirs, ours):
    return None
