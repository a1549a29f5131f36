#include "engine/matrices/outline.h"

#include "base/mem.h"

#include <stdlib.h>

static bool outline_add(struct outline *o, int64_t *room, struct run run, struct err *e)
{
    if (o->n_runs == *room) {
        struct run *more = realloc(o->run, (size_t)*room * 2 * sizeof *more);
        if (!more)
            return err_set(e, ERR_FAILED, "no memory for the lines of the ROI");
        o->run = more;
        *room *= 2;
    }
    o->run[o->n_runs++] = run;
    o->n_voxels += run.n;
    return true;
}

static void outline_measure(const int64_t size[3], struct outline *o)
{
    int64_t lo[3] = {size[0], size[1], size[2]}, hi[3] = {-1, -1, -1};
    for (int64_t r = 0; r < o->n_runs; r++) {
        int64_t i = o->run[r].start, last = i % size[0] + o->run[r].n - 1;
        int64_t p[3] = {i % size[0], i / size[0] % size[1], i / size[0] / size[1]};
        for (int a = 0; a < 3; a++) {
            lo[a] = p[a] < lo[a] ? p[a] : lo[a];
            hi[a] = p[a] > hi[a] ? p[a] : hi[a];
        }
        hi[0] = last > hi[0] ? last : hi[0];
    }
    for (int a = 0; a < 3; a++) {
        o->tight.lo[a] = lo[a];
        o->tight.size[a] = hi[a] - lo[a] + 1;
    }
}

bool outline_create(const uint8_t *mask, const int64_t size[3], struct outline *out, struct err *e)
{
    *out = (struct outline){.size = {size[0], size[1], size[2]}};
    int64_t lines = size[1] * size[2], room = lines + 1;
    out->run = mem_array((size_t)room, sizeof *out->run, e);
    if (!out->run)
        return false;
    struct run run;
    for (int64_t k = 0; k < lines; k++) {
        const uint8_t *line = mask + k * size[0];
        for (int64_t x = 0; runs_next(line, size[0], x, &run); x = run.start + run.n)
            if (!outline_add(out, &room, (struct run){k * size[0] + run.start, run.n}, e)) {
                outline_free(out);
                return false;
            }
    }
    outline_measure(size, out);
    if (out->n_runs > 0)
        return true;
    outline_free(out);
    return err_set(e, ERR_REFUSED, "the ROI is empty");
}

void outline_free(struct outline *o)
{
    free(o->run);
    *o = (struct outline){0};
}
