#include "engine/filters/single.h"

#include "base/mem.h"

#include <stdlib.h>

struct single {
    struct filter_input in;
    bool done;
    const double *own; /* what compute pointed the response to */
};

bool filter_single_open(const struct filter_input *in, void **state, struct err *e)
{
    struct single *s = mem_array(1, sizeof *s, e);
    if (!s)
        return false;
    s->in = *in;
    *state = s;
    return true;
}

bool filter_single_next(void *state, filter_compute *compute, struct response *out, double *value,
                        bool *more, struct err *e)
{
    struct single *s = state;
    *more = !s->done;
    if (s->done)
        return true;
    s->done = true;
    bool good = compute(&s->in, out, value, e);
    s->own = out->value;
    return good;
}

void filter_single_close(void *state)
{
    struct single *s = state;
    mem_big_free((double *)s->own);
    free(s);
}

void filter_halo_none(const struct grid *g, const struct filter_settings *s, int64_t voxels[3])
{
    (void)g, (void)s;
    voxels[0] = voxels[1] = voxels[2] = 0;
}
