"""Deliberate differences from pyradiomics 3.0.1: what docs/numerics.md explains, and nothing else.

Each function returns the reason, or None. A reason hangs on the case (its parameters, its images), never on its number."""
import numpy as np
import roundoff
import SimpleITK as sitk

GEOMETRY = "geometry: a mask whose corners lie within 1e-3 voxel of the image's is on its grid (unless geometryTolerance is given)"
UNINITIALISED = "LBP3D maps with maskedKernel off: pyradiomics reads memory outside the ROI that it has not set"
UNORDERED = "sitkLabelGaussian over a NaN: ITK keeps the values in an ordered map, in which a NaN has no place"

SMALL = "MCC below 1e-4 in both: the root of an eigenvalue that is known to round-off only (specification 0.6)"
MCC = "MCC: a second eigenvalue that is 0 up to round-off, whose sign decides whether its angle counts"


def setting(case, key):
    return case.params.get("setting", {}).get(key)


def corners(image):
    last = [n - 1 for n in image.GetSize()]
    for i in range(2 ** len(last)):
        yield image.TransformContinuousIndexToPhysicalPoint([-0.5 if i >> d & 1 else last[d] + 0.5 for d in range(len(last))])


def nearly_one_grid(case):
    """Sizes are equal, corners within 1e-3 voxel, but not within pyradiomics' tolerance."""
    if case.image.GetSize() != case.mask.GetSize() or setting(case, "geometryTolerance") is not None:
        return False
    apart = np.abs(np.array(list(corners(case.image))) - np.array(list(corners(case.mask)))).max()
    return bool(1e-7 * case.image.GetSpacing()[0] < apart <= 2e-3 * max(case.image.GetSpacing()))


def whole_case(case, refusal):
    """A case whose outcomes are not compared. refusal: why pyradiomics takes it not, or None."""
    if nearly_one_grid(case) and (setting(case, "correctMask") or "geometry mismatch" in (refusal or "")):
        return GEOMETRY
    voxel_settings = case.params.get("voxelSetting", {})
    if case.voxel and not voxel_settings.get("maskedKernel", True) and "LBP3D" in case.params.get("imageType", {}):
        return UNINITIALISED
    if setting(case, "interpolator") == "sitkLabelGaussian" and np.isnan(sitk.GetArrayViewFromImage(case.image)).any():
        return UNORDERED
    return None


def known(name, theirs, ours, eigenvalues):
    """A value. eigenvalues: of the matrices behind an MCC."""
    if name.endswith("glcm_MCC") and any(same(ours, mean) for mean in roundoff.means(eigenvalues)):
        return MCC
    if name.endswith("glcm_MCC") and max(theirs, ours) < 1e-4 and abs(theirs**2 - ours**2) < 4 * roundoff.EPS:
        return SMALL
    return None


def same(a, b):
    return bool(np.isclose(a, b, rtol=1e-6, atol=1e-9, equal_nan=True))
