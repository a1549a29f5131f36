"""Results of all cases as text, JSON or CSV."""

import csv
import functools
import json
import os

import numpy as np


def _is_nan(value):
    return isinstance(value, (float, np.ndarray)) and np.ndim(value) == 0 and bool(np.isnan(value))


def _paths(args, start):
    """How the paths of images and masks are written."""
    form = {"absolute": os.path.abspath, "basename": os.path.basename,
            "relative": functools.partial(os.path.relpath, start=start or None)}[args.format_path]
    return lambda path: form(path).replace(os.path.sep, "/") if args.unix_path else form(path)


def _plain(value):
    """What JSON does not know: arrays and numpy's scalars."""
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def write(results, args, start):
    """Writes to args.out. The columns of CSV: those of the first case, then what others have besides."""
    more = set().union(*results[1:]) - set(results[0])
    columns = list(results[0]) + sorted(more)
    form = _paths(args, start)
    table = csv.DictWriter(args.out, columns, lineterminator="\n", extrasaction="ignore")
    if args.format == "csv":
        table.writeheader()
    for number, case in enumerate(results, start=1):
        if args.skip_nans:
            for name in [k for k, v in case.items() if _is_nan(v)]:
                del case[name]
        for name in ("Image", "Mask"):
            case[name] = form(case[name])
        if args.format == "csv":
            table.writerow(case)
        elif args.format == "txt":
            args.out.writelines(f"Case-{number}_{name}: {value}\n" for name, value in case.items())
    if args.format == "json":
        json.dump(results, args.out, default=_plain, indent=2)
