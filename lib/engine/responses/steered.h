/* Riesz transforms that are turned to the image (IBSI 2, 4.11): at every voxel the axes are those
 * of the local structure tensor, the one of the strongest change first. */
#ifndef RADMILL_ENGINE_RESPONSES_STEERED_H
#define RADMILL_ENGINE_RESPONSES_STEERED_H

#include "engine/responses/spectral.h"

enum { STEERED_ORDER = 8 }; /* the largest order in all */

/* f->riesz counts along the turned axes. The tensor is that of the band's three Riesz transforms of
 * order 1, smoothed by a Gaussian of tensor_sigma_mm. An axis has no sign: the component of its
 * unit vector that is largest is taken to be positive, which decides the sign of odd orders.
 * Release *out with patch_free. Errors: as spectral_response. */
bool steered_response(const struct source *s, const struct spectral *f, double tensor_sigma_mm,
                      const struct box *wanted, struct patch *out, struct err *e);

#endif
