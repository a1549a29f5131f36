/* Grey level size zone features (specification 6.5; IBSI 3.8). */
#include "engine/matrices/glszm.h"
#include "engine/features/sizes.h"

bool glszm_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                   struct fvalue *out, struct err *e)
{
    /* zones are connected by neighbours of distance 1 only */
    static const double neighbours[] = {1};
    struct texture t = {0};
    struct cells zones = {0};
    bool ok = texture_open(in, CODES_DENSE, DIRECTIONS_HALF, neighbours, 1, &t, e) &&
              glszm_count(t.codes, &t.directions, &zones, e) &&
              sizes_deliver(self, in, &zones, t.codes->level, wanted, out, e);
    cells_free(&zones);
    texture_close(&t);
    return ok;
}
