#include "engine/preprocess/centred.h"

#include "base/mem.h"
#include "engine/preprocess/centred_taps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Interpolates along one axis after another; takes the place of *p. */
static bool along_axes(const struct centred *c, enum centred_rule rule, const struct box *wanted,
                       struct patch *p, struct err *e)
{
    for (int a = 0; a < c->from.dims; a++) {
        struct patch next;
        if (c->ratio[a] == 1)
            continue;
        bool good = centred_axis(c, rule, a, wanted, p, &next, e);
        patch_free(p);
        if (!good)
            return false;
        *p = next;
    }
    return true;
}

bool centred_image(const struct centred *c, const struct volume *image, enum centred_rule rule,
                   const struct box *wanted, struct patch *out, struct err *e)
{
    struct box read = *wanted;
    for (int a = 0; a < c->from.dims; a++)
        if (c->ratio[a] != 1)
            centred_source(c, rule, a, wanted, &read);
    if (!patch_alloc(out, &read, e))
        return false;
    volume_read_box(image, &read, out->value);
    return along_axes(c, rule, wanted, out, e);
}

static void load_mask(const uint8_t *mask, const struct box *in, struct patch *to)
{
    for (int64_t z = 0; z < in->size[2]; z++)
        for (int64_t y = 0; y < in->size[1]; y++)
            for (int64_t x = 0; x < in->size[0]; x++) {
                int64_t at[3] = {x + in->lo[0] - to->box.lo[0], y + in->lo[1] - to->box.lo[1],
                                 z + in->lo[2] - to->box.lo[2]};
                bool inside = true;
                for (int a = 0; a < 3; a++)
                    inside = inside && at[a] >= 0 && at[a] < to->box.size[a];
                if (inside && mask[(z * in->size[1] + y) * in->size[0] + x])
                    to->value[at[0] + at[1] * patch_stride(to, 1) + at[2] * patch_stride(to, 2)] =
                        1;
            }
}

bool centred_mask(const struct centred *c, const uint8_t *mask, const struct box *in,
                  enum centred_rule rule, double threshold, const struct box *wanted, uint8_t *out,
                  struct err *e)
{
    struct box read = *wanted;
    struct patch p;
    for (int a = 0; a < c->from.dims; a++)
        if (c->ratio[a] != 1)
            centred_source(c, rule, a, wanted, &read);
    if (!patch_alloc(&p, &read, e))
        return false;
    load_mask(mask, in, &p);
    if (!along_axes(c, rule, wanted, &p, e))
        return false;
    for (int64_t i = 0; i < box_voxels(wanted); i++)
        out[i] = nearbyint(p.value[i] * 1e6) / 1e6 >= threshold;
    patch_free(&p);
    return true;
}

struct box centred_mask_box(const struct centred *c, const struct box *in)
{
    struct box out = *in;
    for (int a = 0; a < c->from.dims; a++) {
        if (c->ratio[a] == 1)
            continue;
        int64_t n = c->to.size[a], lo = n, hi = -1;
        for (int64_t k = 0; k < n; k++) {
            double p = centred_position(c, a, k);
            bool near = p > (double)(in->lo[a] - 1) && p < (double)(in->lo[a] + in->size[a]);
            bool beyond =
                (in->lo[a] == 0 && p <= 0) ||
                (in->lo[a] + in->size[a] == c->from.size[a] && p >= (double)(c->from.size[a] - 1));
            if (!near && !beyond)
                continue;
            lo = k < lo ? k : lo;
            hi = k;
        }
        out.lo[a] = hi < 0 ? 0 : lo;
        out.size[a] = hi < 0 ? 0 : hi - lo + 1;
    }
    return out;
}
