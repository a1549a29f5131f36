/* The keys of IBSI's parameter file that the stages have; those of the filters stand in the
 * filters' own files. A dot parts the section of the file from the key. */
#include "engine/params/ibsi.h"

#include <math.h>

static const char *const image_rules[] = {"nearest", "linear", "cubic", NULL};
static const char *const mask_rules[] = {"nearest", "linear", NULL};
static const char *const bin_rules[] = {"none", "FBN", "FBS", NULL};
static const char *const ivh_rules[] = {"none", "FBS", "FBN", NULL};

static bool two_ascending(const void *at, const struct settings *s, const struct demand *d)
{
    const struct real_list *range = at;
    (void)d;
    return !s->keep.has_range || (range->n == 2 && range->item[0] < range->item[1]);
}

static bool at_most_three(const void *at, const struct settings *s, const struct demand *d)
{
    const struct real_list *spacing = at;
    (void)s, (void)d;
    return spacing->n <= 3;
}

static bool some_distance(const void *at, const struct settings *s, const struct demand *d)
{
    const struct real_list *distance = at;
    (void)s, (void)d;
    return distance->n > 0;
}

static bool finite_width(const void *at, const struct settings *s, const struct demand *d)
{
    (void)s, (void)d;
    return isfinite(*(const double *)at);
}

#define AT(field) offsetof(struct settings, field)
const struct key ibsi_keys[] = {
    {"label", KEY_INT, AT(load.label), NO_FLAG, 1, INFINITY, .fallback = "1", .shown = 1,
     .summary = "value of the ROI in the mask"},
    {"label_channel", KEY_INT, AT(load.label_channel), NO_FLAG, 0, INFINITY, .fallback = "0",
     .used = key_used_never, .summary = "component of a mask that has several"},
    {"correct_mask", KEY_BOOL, AT(check.correct_mask), NO_FLAG, .fallback = "false",
     .summary = "resample a mask that lies on another grid"},
    {"diagnostics", KEY_BOOL, AT(load.additional_info), NO_FLAG, .fallback = "true",
     .summary = "diagnostics in front of the features"},
    {"whole_image_diagnostics", KEY_BOOL, AT(centred.whole_image), NO_FLAG, .fallback = "false",
     .summary = "interpolate the whole image for its mean, minimum and maximum"},
    {"interpolation.spacing_mm", KEY_REALS, AT(centred.spacing_mm), NO_FLAG, 0, INFINITY,
     .fallback = "[]", .shown = 2, .possible = at_most_three, .must = "have at most three values",
     .summary = "spacing to interpolate to, mm by axis; 0 keeps that of the image"},
    {"interpolation.image", KEY_CHOICE, AT(centred.image), NO_FLAG, .choices = image_rules,
     .fallback = "linear", .shown = 3, .summary = "how the image is interpolated"},
    {"interpolation.mask", KEY_CHOICE, AT(centred.mask), NO_FLAG, .choices = mask_rules,
     .fallback = "linear", .shown = 4, .summary = "how the mask is interpolated"},
    {"interpolation.mask_threshold", KEY_REAL, AT(centred.mask_threshold), NO_FLAG, 0, 1, true,
     .fallback = "0.5", .shown = 5, .summary = "share from which on a voxel belongs to the ROI"},
    {"interpolation.rounding", KEY_BOOL, AT(centred.round_image), NO_FLAG, .fallback = "false",
     .shown = 6, .summary = "round interpolated intensities to whole numbers (CT)"},
    {"resegmentation.range", KEY_REALS, AT(keep.range), AT(keep.has_range), -INFINITY, INFINITY,
     .fallback = "null", .shown = 7, .possible = two_ascending, .must = "have two ascending values",
     .summary =
         "keep intensities in this range, bounds included; -.inf and .inf leave a side open"},
    {"resegmentation.sigma", KEY_REAL, AT(keep.sigma), AT(keep.has_sigma), 0, INFINITY, true,
     .fallback = "null", .shown = 8,
     .summary = "keep intensities within this many standard deviations of the mean"},
    {"discretisation.method", KEY_CHOICE, AT(image.discretise.rule), NO_FLAG, .choices = bin_rules,
     .fallback = "FBN", .shown = 9,
     .summary = "fixed bin number, fixed bin size, or none: the intensities are grey levels"},
    {"discretisation.bins", KEY_INT, AT(image.discretise.bin_count), NO_FLAG, 1, 1 << 30,
     .fallback = "32", .shown = 10, .summary = "number of bins (FBN)"},
    {"discretisation.width", KEY_REAL, AT(image.discretise.bin_width), NO_FLAG, 0, INFINITY, true,
     .fallback = "25", .shown = 11, .possible = finite_width, .must = "be finite",
     .summary = "width of a bin (FBS)"},
    {"discretisation.lowest", KEY_REAL, AT(image.discretise.lowest),
     AT(image.discretise.has_lowest), -INFINITY, INFINITY, .fallback = "null",
     .summary =
         "where the first bin begins (FBS): null: at the re-segmentation's lower bound, else "
         "at the ROI's minimum"},
    {"intensity_volume_histogram.method", KEY_CHOICE, AT(image.family.ivh.rule), NO_FLAG,
     .choices = ivh_rules, .fallback = "none", .shown = 12,
     .summary = "grey levels of the intensity-volume histogram: as they are, FBS or FBN"},
    {"intensity_volume_histogram.bins", KEY_INT, AT(image.family.ivh.bin_count), NO_FLAG, 2,
     1 << 30, .fallback = "1000", .shown = 13, .summary = "number of its bins (FBN)"},
    {"intensity_volume_histogram.width", KEY_REAL, AT(image.family.ivh.bin_width), NO_FLAG, 0,
     INFINITY, true, .fallback = "2.5", .shown = 14, .summary = "width of its bins (FBS)"},
    {"texture.distance", KEY_INTS, AT(image.family.distances), NO_FLAG, 1, 1000, .fallback = "[1]",
     .shown = 15, .possible = some_distance, .must = "not be empty",
     .summary = "distance of neighbours for glcm, ngtdm and ngldm, voxels"},
    {"texture.coarseness", KEY_INT, AT(image.family.gldm_a), NO_FLAG, 0, 1 << 30, .fallback = "0",
     .shown = 16, .summary = "how far the levels of dependent neighbours may differ (ngldm)"},
    {0},
};
