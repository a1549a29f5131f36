/* Grey level distance zone features (IBSI 3.9). */
#ifndef RADMILL_ENGINE_FEATURES_GLDZM_H
#define RADMILL_ENGINE_FEATURES_GLDZM_H

#include "engine/features/sizes.h"

/* Measures a family of sizes_rows, whose sizes are distances from the border of the morphological
 * mask: struct family's `measure`. It needs in->view. */
bool gldzm_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                   struct fvalue *out, struct err *e);

#endif
