/* The response of a separable filter on an image.
 *
 * Filters of one level go plane by plane along z: what lies between image and response are planes
 * that stay in the cache, instead of a volume for each pass. The sums and their order are those of
 * separable_of_patch. */
#ifndef RADMILL_ENGINE_RESPONSES_SEPARABLE_RESPONSE_H
#define RADMILL_ENGINE_RESPONSES_SEPARABLE_RESPONSE_H

#include "engine/responses/separable.h"

/* The pooled response on `wanted`, a box inside the image. Release *out with patch_free.
 * ERR_FAILED: no memory. */
bool separable_response(const struct separable *s, const struct source *source,
                        const struct box *wanted, struct patch *out, struct err *e);

#endif
