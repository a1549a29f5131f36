/* Features of each slice of the ROI, and their mean (IBSI's 2D aggregations). */
#ifndef RADMILL_ENGINE_FEATURES_SLICES_H
#define RADMILL_ENGINE_FEATURES_SLICES_H

#include "engine/features/family.h"

/* f->measure slice by slice across the flat axis of in->aggregation; slices without ROI voxels are
 * skipped, and so are values that are not defined in a slice. Grey levels keep the number of the
 * whole ROI (Ng). Errors as those of f->measure, and ERR_FAILED without memory. */
bool slices_measure(const struct family *f, const struct family_input *in, const bool *wanted,
                    struct fvalue *out, struct err *e);

#endif
