/* What the texture families of one response share, so that each is made once: the ROI's outline and
 * its codes. Zero-initialise, hand to every family of the response (family_input), free. */
#ifndef RADMILL_ENGINE_FEATURES_TEXTURE_CACHE_H
#define RADMILL_ENGINE_FEATURES_TEXTURE_CACHE_H

#include "engine/matrices/codes.h"

struct texture_cache {
    struct outline outline; /* n_runs 0: not made yet */
    struct codes codes[2];  /* by kind; n 0: not made yet */
    int32_t reach[3];       /* of the codes */
};

void texture_cache_free(struct texture_cache *c);

#endif
