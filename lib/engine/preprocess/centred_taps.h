/* Interpolation along one axis: which old voxels a new one is made of. For centred.c. */
#ifndef RADMILL_ENGINE_PREPROCESS_CENTRED_TAPS_H
#define RADMILL_ENGINE_PREPROCESS_CENTRED_TAPS_H

#include "engine/preprocess/centred.h"

/* The voxels of the old axis that `wanted` needs; replaces that axis of *read. */
void centred_source(const struct centred *c, enum centred_rule rule, int axis,
                    const struct box *wanted, struct box *read);

/* in (old voxels along `axis`: those of centred_source) to new voxels. Release *out with
 * patch_free. CENTRED_CUBIC turns the lines of `in` into spline coefficients, in place. */
bool centred_axis(const struct centred *c, enum centred_rule rule, int axis,
                  const struct box *wanted, struct patch *in, struct patch *out, struct err *e);

#endif
