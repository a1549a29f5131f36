/* What the texture families share, so that each is made once: the ROI's outline and, for one
 * response, its codes. Zero-initialise, hand to every family of the response (family_input), call
 * texture_cache_next before the next response of the same ROI, free. Families in several threads at
 * once need a lock: the first makes what the others wait for. */
#ifndef RADMILL_ENGINE_FEATURES_TEXTURE_CACHE_H
#define RADMILL_ENGINE_FEATURES_TEXTURE_CACHE_H

#include "engine/matrices/codes.h"

#include <pthread.h>

struct texture_cache {
    struct outline outline; /* n_runs 0: not made yet */
    struct codes codes[2];  /* by kind; n 0: not made yet */
    int32_t reach[3];       /* of the codes */
    pthread_mutex_t *lock;  /* borrowed; NULL: one thread alone */
};

void texture_cache_next(struct texture_cache *c);
void texture_cache_free(struct texture_cache *c);

#endif
