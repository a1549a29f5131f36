"""Voxel mode: maps, as files."""

import os

import SimpleITK as sitk

from ._case import in_worker, measured


def extractVoxel(case_idx, case, extractor, **kwargs):
    """The row of a case: its maps are written to out_dir/Case-N_NAME.nrrd and stand there as paths."""
    out_dir = kwargs.get("out_dir") or "."
    os.makedirs(out_dir, exist_ok=True)
    row = measured(case_idx, case, extractor, voxelBased=True)
    for name, value in row.items():
        if isinstance(value, sitk.Image):
            path = os.path.join(out_dir, "Case-%i_%s.nrrd" % (case_idx, name))
            sitk.WriteImage(value, path, True)
            row[name] = path.replace(os.path.sep, "/") if kwargs.get("unix_path", False) else path
    return row


def extractVoxel_parallel(args, logging_config=None, **kwargs):
    """For the map of a pool: `args` is the case with its number."""
    in_worker(args[0], logging_config)
    return extractVoxel(*args, **kwargs)
