/* Intensity-volume histogram (IBSI 3.5): how much of the ROI is at least as bright as each grey
 * level.
 *
 * The levels are not those of the textures. Their rule is a setting of its own: the intensities as
 * they are (calibrated whole numbers: steps of 1; other numbers: the values that occur), bins of a
 * width (levels are the bins' centres), or a number of bins (levels are the bins' numbers).
 * Fractions of intensity refer to the re-segmentation range where there is one, else to the range
 * of the ROI; with a number of bins to these. */
#ifndef RADMILL_ENGINE_FEATURES_VOLUME_HISTOGRAM_H
#define RADMILL_ENGINE_FEATURES_VOLUME_HISTOGRAM_H

#include "engine/features/fields.h"

struct volume_histogram {
    double volume_at_10, volume_at_90;       /* share of the ROI, at 10 and 90 % of the range */
    double intensity_at_10, intensity_at_90; /* in at most 10 and 90 % of the ROI */
    double volume_difference, intensity_difference; /* at 10 less at 90 */
    double area; /* under the share of the ROI over the share of the range, by trapezoids; 0: one
                    level only */
};

/* value[0..n), n >= 1, finite. ERR_FAILED: no memory */
bool volume_histogram_of(const double *value, int64_t n, const struct ivh_settings *s,
                         struct volume_histogram *out, struct err *e);

/* Measures a family of field_rows of struct volume_histogram: struct family's `measure`. */
bool volume_histogram_measure(const struct family *self, const struct family_input *in,
                              const bool *wanted, struct fvalue *out, struct err *e);

#endif
