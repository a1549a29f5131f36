/* The keys of pyradiomics' parameter file that the stages have (specification 1.2, 1.3); those of
 * the image types stand in the filters' own files. */
#include "engine/params/pyradiomics.h"

#include <math.h>

static const char *const resegment_modes[] = {"absolute", "relative", "sigma", NULL};
static const char *const norms[] = {"manhattan", "euclidean", "infinity", "no_weighting", NULL};
static const char *const interpolators[] = {
    /* enum interpolator, from 1 */
    "sitkNearestNeighbor",
    "sitkLinear",
    "sitkBSpline",
    "sitkGaussian",
    "sitkLabelGaussian",
    "sitkHammingWindowedSinc",
    "sitkCosineWindowedSinc",
    "sitkWelchWindowedSinc",
    "sitkLanczosWindowedSinc",
    "sitkBlackmanWindowedSinc",
    NULL,
};

/* --- when a value is used, so that null may not stand for it --- */

static bool normalising(const struct settings *s, bool voxel_mode)
{
    (void)voxel_mode;
    return s->normalise.normalize;
}

static bool padding(const struct settings *s, bool voxel_mode)
{
    (void)voxel_mode;
    return s->resample.pre_crop || settings_resample(&s->resample);
}

static bool resegmenting(const struct settings *s, bool voxel_mode)
{
    (void)voxel_mode;
    return s->resegment.has_resegment_range;
}

static bool without_count(const struct settings *s, bool voxel_mode)
{
    (void)voxel_mode;
    return !s->image.discretise.has_bin_count;
}

static bool in_voxel_mode(const struct settings *s, bool voxel_mode)
{
    (void)s;
    return voxel_mode;
}

/* --- values with which every case fails: pyradiomics accepts them and aborts case by case --- */

static bool one_or_two(const void *at, const struct settings *s, const struct demand *d)
{
    const struct real_list *range = at;
    (void)d;
    return !s->resegment.has_resegment_range || range->n == 1 || range->n == 2;
}

static bool one_per_axis(const void *at, const struct settings *s, const struct demand *d)
{
    const struct real_list *spacing = at;
    (void)d;
    return !settings_resample(&s->resample) || spacing->n == 2 || spacing->n == 3;
}

static bool some_distance(const void *at, const struct settings *s, const struct demand *d)
{
    const struct real_list *distances = at;
    (void)s;
    return distances->n > 0 || !d->distances;
}

/* Shape alone has no bins. */
static bool finite_width(const void *at, const struct settings *s, const struct demand *d)
{
    const double *width = at;
    return isfinite(*width) || s->image.discretise.has_bin_count || !d->bins;
}

#define AT(field) offsetof(struct settings, field)

/* Upper limits of counts that would run for ever: pyradiomics accepts them and does. */
const struct key pyradiomics_keys[] = {
    {"minimumROIDimensions", KEY_INT, AT(check.minimum_roi_dimensions), NO_FLAG, 1, 3,
     .fallback = "2", .shown = 1, .summary = "sides of the ROI that must be longer than one voxel"},
    {"minimumROISize", KEY_INT, AT(check.minimum_roi_size), AT(check.has_minimum_roi_size), 1,
     INFINITY, .fallback = "None", .shown = 2,
     .summary = "the ROI must have more voxels than this"},
    {"normalize", KEY_BOOL, AT(normalise.normalize), NO_FLAG, .fallback = "False", .shown = 3,
     .summary = "subtract the mean of the image and divide by its standard deviation"},
    {"normalizeScale", KEY_REAL, AT(normalise.normalize_scale), NO_FLAG, 0, INFINITY, true,
     .fallback = "1", .shown = 4, .used = normalising, .summary = "factor behind normalize"},
    {"removeOutliers", KEY_REAL, AT(normalise.remove_outliers), AT(normalise.has_remove_outliers),
     0, INFINITY, true, .fallback = "None", .shown = 5,
     .summary = "cut normalised values at this many standard deviations"},
    {"resampledPixelSpacing", KEY_REALS, AT(resample.resampled_pixel_spacing),
     AT(resample.has_resampled_pixel_spacing), 0, INFINITY, .fallback = "None", .shown = 6,
     .possible = one_per_axis, .must = "have one value for each axis",
     .summary = "spacing to resample to, in mm by axis; 0 keeps that of the mask"},
    {"interpolator", KEY_CHOICE, AT(resample.interpolator), NO_FLAG, .choices = interpolators,
     .null_is_none = true, .numbered = true, .fallback = "'sitkBSpline'", .shown = 7,
     .summary = "how the image is interpolated; null: no resampling"},
    {"preCrop", KEY_BOOL, AT(resample.pre_crop), NO_FLAG, .fallback = "False", .shown = 8,
     .summary = "cut the image to the ROI before it is filtered"},
    {"padDistance", KEY_INT, AT(resample.pad_distance), NO_FLAG, 0, INFINITY, .fallback = "5",
     .shown = 9, .used = padding,
     .summary = "voxels kept around the ROI when the image is cut or resampled"},
    {"distances", KEY_INTS, AT(image.family.distances), NO_FLAG, 1, INFINITY, .fallback = "[1]",
     .shown = 10, .possible = some_distance, .must = "not be empty for glcm, gldm and ngtdm",
     .summary = "distances of neighbours in voxels, for glcm, gldm and ngtdm"},
    {"force2D", KEY_BOOL, AT(image.family.force_2d), NO_FLAG, .fallback = "False", .shown = 11,
     .summary = "neighbours within slices only"},
    {"force2Ddimension", KEY_INT, AT(image.family.force_2d_dimension), NO_FLAG, 0, 2,
     .fallback = "0", .shown = 12, .summary = "axis across the slices: 0 is z, 1 y, 2 x"},
    {"resegmentRange", KEY_REALS, AT(resegment.resegment_range), AT(resegment.has_resegment_range),
     -INFINITY, INFINITY, .fallback = "None", .shown = 13, .possible = one_or_two,
     .must = "have one or two values",
     .summary = "keep the voxels of the ROI whose values lie in this range"},
    {"label", KEY_INT, AT(load.label), NO_FLAG, 1, INFINITY, .fallback = "1", .shown = 14,
     .summary = "value of the ROI in the mask"},
    {"additionalInfo", KEY_BOOL, AT(load.additional_info), NO_FLAG, .fallback = "True", .shown = 15,
     .summary = "diagnostics in front of the features"},
    {"label_channel", KEY_INT, AT(load.label_channel), NO_FLAG, 0, INFINITY, .fallback = "0",
     .used = key_used_never, .summary = "component of a mask that has several"},
    {"geometryTolerance", KEY_REAL, AT(check.geometry_tolerance), AT(check.has_geometry_tolerance),
     0, INFINITY, true, .fallback = "None",
     .summary = "how far the grids of image and mask may differ"},
    {"correctMask", KEY_BOOL, AT(check.correct_mask), NO_FLAG, .fallback = "False",
     .summary = "resample a mask that lies on another grid"},
    {"resegmentMode", KEY_CHOICE, AT(resegment.resegment_mode), NO_FLAG, .choices = resegment_modes,
     .fallback = "'absolute'", .used = resegmenting,
     .summary = "what resegmentRange is measured in"},
    {"resegmentShape", KEY_BOOL, AT(resegment.resegment_shape), NO_FLAG, .fallback = "False",
     .summary = "resegment the ROI of the shape classes too"},
    {"binWidth", KEY_REAL, AT(image.discretise.bin_width), NO_FLAG, 0, INFINITY, true,
     .fallback = "25", .used = without_count, .possible = finite_width, .must = "be finite",
     .summary = "width of the bins of grey levels"},
    {"binCount", KEY_INT, AT(image.discretise.bin_count), AT(image.discretise.has_bin_count), 1,
     INFINITY, .fallback = "None", .summary = "number of bins in place of binWidth"},
    {"weightingNorm", KEY_CHOICE, AT(image.family.weighting_norm), NO_FLAG, .choices = norms,
     .null_is_none = true, .fallback = "None",
     .summary = "merge the directions of glcm and glrlm by weights"},
    {"symmetricalGLCM", KEY_BOOL, AT(image.family.symmetrical_glcm), NO_FLAG, .fallback = "True",
     .summary = "count pairs both ways"},
    {"gldm_a", KEY_INT, AT(image.family.gldm_a), NO_FLAG, 0, INFINITY, .fallback = "0",
     .summary = "largest difference of dependent grey levels"},
    {"voxelArrayShift", KEY_INT, AT(image.family.voxel_array_shift), NO_FLAG, -INFINITY, INFINITY,
     .fallback = "0", .summary = "added to the values before they are squared"},
    {"kernelRadius", KEY_INT, AT(voxel.kernel_radius), NO_FLAG, 1, 64, .fallback = "1",
     .voxel = true, .used = in_voxel_mode, .summary = "radius of the kernel of voxel mode"},
    {"maskedKernel", KEY_BOOL, AT(voxel.masked_kernel), NO_FLAG, .fallback = "True", .voxel = true,
     .summary = "only voxels of the ROI count in kernels"},
    {"initValue", KEY_REAL, AT(voxel.init_value), NO_FLAG, -INFINITY, INFINITY, .fallback = "0",
     .voxel = true, .used = in_voxel_mode, .summary = "value of the maps outside the ROI"},
    {"voxelBatch", KEY_INT, AT(voxel.voxel_batch), NO_FLAG, 1, INFINITY, .fallback = "-1",
     .voxel = true, .used = in_voxel_mode, .summary = "kernels that are measured together"},
    {0},
};
