/* Grey level dependence features (specification 6.6; IBSI 3.11). */
#include "engine/matrices/gldm.h"
#include "engine/features/sizes.h"

bool gldm_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                  struct fvalue *out, struct err *e)
{
    const struct family_settings *s = in->settings;
    struct texture t = {0};
    struct cells m = {0};
    bool ok = texture_open(in, s->gldm_a > 0 ? CODES_LEVELS : CODES_DENSE, DIRECTIONS_BOTH,
                           s->distances.item, s->distances.n, &t, e) &&
              gldm_count(t.codes, &t.directions, s->gldm_a, &m, e) &&
              sizes_deliver(self, in, &m, t.codes->level, wanted, out, e);
    cells_free(&m);
    texture_close(&t);
    return ok;
}
