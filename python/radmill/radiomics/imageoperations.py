"""pyradiomics' radiomics.imageoperations: masks, cropping, resampling, grey levels, filters."""

import logging
from typing import TYPE_CHECKING, Any, Iterator, Optional, Sequence, Tuple

import numpy as np
import SimpleITK as sitk

logger = logging.getLogger("radiomics.imageoperations")


# --- masks ---


def getMask(mask: Any, **kwargs: Any) -> Any:
    """The mask (of several components, the one of label_channel) as unsigned 32-bit integers."""
    label, channel = kwargs.get("label", 1), kwargs.get("label_channel", 0)
    if mask.GetNumberOfComponentsPerPixel() > 1 or "vector" in mask.GetPixelIDTypeAsString().lower():
        n = mask.GetNumberOfComponentsPerPixel()
        assert channel < n, f"mask {channel} was asked for, but there are {n}"
        mask = sitk.VectorIndexSelectionCast(mask, channel)
    mask = sitk.Cast(mask, sitk.sitkUInt32)
    labels = np.unique(sitk.GetArrayViewFromImage(mask))
    if len(labels) == 1:
        raise ValueError("No labels found in this mask (i.e. nothing is segmented)!")
    if label not in labels:
        raise ValueError(f"Label ({label:g}) not present in mask. Choose from {labels[labels != 0]}")
    return mask


def _box(mask, label):
    """First and last index of the label by axis, as [x, X, y, Y, z, Z], and its number of voxels."""
    where = np.nonzero(sitk.GetArrayViewFromImage(mask) == label)
    if not len(where[0]):
        raise ValueError(f"Label ({label:g}) not present in mask")
    return np.array([end for axis in where[::-1] for end in (axis.min(), axis.max())]), len(where[0])


def _one_grid(image, mask):
    try:
        sitk.LabelStatisticsImageFilter().Execute(image, mask)
    except RuntimeError as e:
        return str(e)
    return None


def checkMask(imageNode: Any, maskNode: Any, **kwargs: Any) -> Tuple[Any, Optional[Any]]:
    """-> bounding box [x, X, y, Y, z, Z], and the mask on the image's grid when correctMask made one.
    Raises ValueError when the region is refused."""
    label, corrected = kwargs.get("label", 1), None
    trouble = _one_grid(imageNode, maskNode)
    if trouble is not None:
        if not kwargs.get("correctMask", False):
            raise ValueError("Image and mask do not lie on one grid (correctMask, geometryTolerance): "
                             + trouble.strip().splitlines()[-1])
        _roi_in_image(imageNode, maskNode, label)
        corrected = sitk.Resample(maskNode, imageNode, sitk.Transform(), sitk.sitkNearestNeighbor)
    box, voxels = _box(maskNode if corrected is None else corrected, label)
    axes = int(np.sum(box[1::2] > box[0::2]))
    if axes == 0:
        raise ValueError("mask only contains 1 segmented voxel! Cannot extract features for a single voxel.")
    least = kwargs.get("minimumROIDimensions", 2)
    if axes < least:
        raise ValueError(f"mask has too few dimensions (number of dimensions {axes}, minimum required {least})")
    least = kwargs.get("minimumROISize", None)
    if least is not None and voxels <= least:
        raise ValueError(f"Size of the ROI is too small (minimum size: {least:g}, ROI size: {voxels:g}")
    return box, corrected


def _roi_in_image(image, mask, label):
    """The label's box; ValueError when a corner of it lies outside the image."""
    box, _ = _box(mask, label)
    corners = [image.TransformPhysicalPointToContinuousIndex(
        mask.TransformContinuousIndexToPhysicalPoint((box[i::2] + shift).tolist()))
        for i, shift in ((0, -0.5), (1, 0.5))]
    outside = np.min(corners, axis=0) < -0.5 - 1e-3
    outside |= np.max(corners, axis=0) > np.array(image.GetSize()) - 0.5 + 1e-3
    if outside.any():
        raise ValueError(f"Bounding box of ROI is larger than image space: {corners}, {image.GetSize()}")
    return box


def cropToTumorMask(imageNode: Any, maskNode: Any, boundingBox: Sequence[int], **kwargs: Any) -> Tuple[Any, Any]:
    """Image and mask, cut to the box and padDistance voxels around it."""
    pad, size = kwargs.get("padDistance", 0), np.array(maskNode.GetSize())
    box = np.asarray(boundingBox)
    below = np.maximum(box[0::2] - pad, 0).tolist()
    above = np.maximum(size - box[1::2] - pad - 1, 0).tolist()
    return tuple(sitk.Crop(image, [int(v) for v in below], [int(v) for v in above])
                 for image in (imageNode, maskNode))


def resegmentMask(imageNode: Any, maskNode: Any, **kwargs: Any) -> Any:
    """The mask without the voxels whose values lie outside resegmentRange."""
    limits, mode = kwargs["resegmentRange"], kwargs.get("resegmentMode", "absolute")
    label = kwargs.get("label", 1)
    if limits is None:
        raise ValueError("resegmentRange is None.")
    if not 1 <= len(limits) <= 2:
        raise ValueError(f"Length {len(limits)} is not allowed for resegmentRange")
    values = sitk.GetArrayViewFromImage(imageNode)
    inside = sitk.GetArrayViewFromImage(maskNode) == label
    limits = sorted(limits)
    if mode == "relative":
        limits = [values[inside].max() * limit for limit in limits]
    elif mode == "sigma":
        limits = [values[inside].mean() + values[inside].std() * limit for limit in limits]
    elif mode != "absolute":
        raise ValueError(f"Resegment mode {mode} not recognized.")
    inside &= values >= limits[0]
    if len(limits) == 2:
        inside &= values <= limits[1]
    if inside.sum() <= 1:
        raise ValueError(f"Resegmentation excluded too many voxels with label {label} "
                         f"(retained {inside.sum()} voxel(s))! Cannot extract features")
    return _like(np.where(inside, label, 0).astype(int), maskNode)


# --- images ---


def _like(array, image):
    out = sitk.GetImageFromArray(array)
    out.CopyInformation(image)
    return out


def normalizeImage(image: Any, **kwargs: Any) -> Any:
    """Values with mean 0 and standard deviation 1, cut at removeOutliers, times normalizeScale."""
    image = sitk.Normalize(image)
    outliers = kwargs.get("removeOutliers")
    if outliers is not None:
        image = _like(np.clip(sitk.GetArrayViewFromImage(image), -outliers, outliers), image)
    return image * kwargs.get("normalizeScale", 1)


def _new_grid(mask, box, spacing, pad):
    """Size and origin of the resampled grid around a box: aligned to the corners of the mask's grid."""
    old, size = np.array(mask.GetSpacing()), np.array(mask.GetSize())
    ratio = old / spacing
    first = np.maximum(np.floor((box[0::2] - 0.5) * ratio - pad), 0)
    last = np.ceil((box[1::2] + 0.5) * ratio + pad)
    last = np.minimum(last, np.ceil(size * ratio) - 1)
    index = 0.5 * (spacing - old) / old + first / ratio
    return (last - first + 1).astype(int).tolist(), mask.TransformContinuousIndexToPhysicalPoint(index.tolist())


def resampleImage(imageNode: Any, maskNode: Any, **kwargs: Any) -> Tuple[Any, Any]:
    """Image and mask, resampled to resampledPixelSpacing around the region and padDistance voxels."""
    if imageNode is None or maskNode is None:
        raise ValueError("Requires both image and mask to resample")
    label, pad = kwargs.get("label", 1), kwargs.get("padDistance", 5)
    interpolator = kwargs.get("interpolator", sitk.sitkBSpline)
    if isinstance(interpolator, str):
        interpolator = getattr(sitk, interpolator)
    old = np.array(maskNode.GetSpacing())
    spacing = np.array(kwargs["resampledPixelSpacing"], dtype=float)
    assert len(spacing) == len(old), f"resampledPixelSpacing has {len(spacing)} elements, not {len(old)}"
    box = _roi_in_image(imageNode, maskNode, label)
    spacing = np.where((spacing == 0) | (box[0::2] == box[1::2]), old, spacing)
    if np.allclose(imageNode.GetSpacing(), spacing):
        mask = sitk.Resample(maskNode, imageNode, sitk.Transform(), sitk.sitkNearestNeighbor)
        return cropToTumorMask(imageNode, mask, _box(mask, label)[0], **kwargs)
    size, origin = _new_grid(maskNode, box, spacing, pad)
    place = (size, sitk.Transform())
    grid = (origin, spacing.tolist(), maskNode.GetDirection(), 0)
    return (sitk.Resample(imageNode, *place, interpolator, *grid, imageNode.GetPixelID()),
            sitk.Resample(maskNode, *place, sitk.sitkNearestNeighbor, *grid, maskNode.GetPixelID()))


# --- grey levels ---


def getBinEdges(parameterValues: Any, **kwargs: Any) -> Any:
    """Edges of the bins of grey levels, by binCount or else by binWidth."""
    values = np.asarray(parameterValues)
    width, count = kwargs.get("binWidth", 25), kwargs.get("binCount")
    if count is not None:
        edges = np.histogram(values, count)[1]
        edges[-1] += 1  # the largest value is in the last bin
        return edges
    low, high = values.min(), values.max()
    edges = np.arange(low - (low % width), high + 2 * width, width)
    return edges if len(edges) > 1 else [edges[0] - 0.5, edges[0] + 0.5]


def binImage(parameterMatrix: Any, parameterMatrixCoordinates: Any = None, **kwargs: Any) -> Tuple[Any, Any]:
    """-> grey levels from 1 on, 0 outside the region, and the edges of the bins."""
    where = slice(None) if parameterMatrixCoordinates is None else parameterMatrixCoordinates
    levels = np.zeros(parameterMatrix.shape, dtype="int")
    edges = getBinEdges(np.ravel(parameterMatrix[where]), **kwargs)
    levels[where] = np.digitize(parameterMatrix[where], edges)
    return levels, edges


# --- filters: one generator for each of the engine's image types ---


def getOriginalImage(inputImage: Any, inputMask: Any, **kwargs: Any) -> Iterator[Tuple[Any, str, Any]]:
    """The image itself, its name, and the settings."""
    yield inputImage, "original", kwargs


def _generator(name, summary):
    def images(inputImage, inputMask, **kwargs):
        import radmill

        from . import _serve

        params = _serve.parameters(kwargs, {name: {}}, {"firstorder": None}, False)
        for prefix, image in radmill.filtered(inputImage, None, params).items():
            yield image, prefix, kwargs

    images.__name__ = f"get{name}Image"
    images.__doc__ = f"{summary}: yields images of doubles, their names, and the settings."
    return images


def _generators():
    import radmill

    return {f"get{f.name}Image": _generator(f.name, f.summary)
            for f in radmill.filters("pyradiomics") if f.name != "Original"}


globals().update(_generators())

if TYPE_CHECKING:  # get<Filter>Image, which _generators makes

    def __getattr__(name: str) -> Any: ...
