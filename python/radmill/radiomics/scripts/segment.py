"""Segment mode: one value a feature."""

import collections
import csv
import os

from ._case import in_worker, logger, measured


def extractSegment(case_idx, case, extractor, **kwargs):
    """The row of a case. With out_dir=: from out_dir/features_N.csv where that is there, else written to it."""
    out_dir = kwargs.get("out_dir")
    if out_dir is None:
        return measured(case_idx, case, extractor)
    path = os.path.join(out_dir, "features_%s.csv" % case_idx)
    if os.path.isfile(path):
        logger.info("Patient %s already processed, reading results...", case_idx)
        with open(path, newline="") as f:
            names, values = list(csv.reader(f))[:2]
        return collections.OrderedDict(zip(names, values))
    row = measured(case_idx, case, extractor)
    part = path + ".part"  # so that an interruption leaves no half of a file, which would be read
    with open(part, "w", newline="") as f:
        writer = csv.DictWriter(f, list(row), lineterminator="\n")
        writer.writeheader()
        writer.writerow(row)
    os.replace(part, path)
    return row


def extractSegment_parallel(args, logging_config=None, **kwargs):
    """For the map of a pool: `args` is the case with its number."""
    in_worker(args[0], logging_config)
    return extractSegment(*args, **kwargs)
