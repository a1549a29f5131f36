/* Gabor filter (Q88H) of IBSI 2: the modulus of the response of
 *     exp(-(u^2 + gamma^2 v^2) / (2 sigma^2) + 2 pi i u / lambda),
 * (u, v) = (x, y) turned by theta, in planes of the image, pooled over angles and planes. */
#ifndef RADMILL_ENGINE_RESPONSES_GABOR_H
#define RADMILL_ENGINE_RESPONSES_GABOR_H

#include "engine/responses/separable.h"

enum { GABOR_ANGLES = 360 };

struct gabor {
    double sigma_mm, lambda_mm, gamma; /* > 0 */
    int n_angles;                      /* 1..GABOR_ANGLES */
    double angle[GABOR_ANGLES];        /* radians */
    enum pooling pooling;              /* over angles and planes */
    bool three_planes;                 /* (x, y), (x, z) and (y, z); else (x, y) alone */
};

/* Voxels of this size that the kernel reaches to either side. */
int64_t gabor_reach(const struct gabor *g, double spacing_mm);

/* The response on `wanted`, a box inside the image; release *out with patch_free. The kernel is
 * cut where it is below 1e-16 of its middle. ERR_FAILED: no memory. */
bool gabor_response(const struct source *s, const struct gabor *g, const struct box *wanted,
                    struct patch *out, struct err *e);

#endif
