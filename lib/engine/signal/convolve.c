#include "engine/signal/convolve.h"

#include "base/mem.h"
#include "base/simd.h"

#include <stdlib.h>
#include <string.h>

struct kernel kernel_of(const double *w, int n)
{
    struct kernel k = {.n = n % 2 ? n : n + 1, .step = 1};
    k.centre = k.n / 2;
    memcpy(k.weight, w, (size_t)n * sizeof *w);
    return k;
}

struct kernel kernel_mean(int support)
{
    struct kernel k = {.n = support, .centre = support / 2, .step = 1};
    for (int i = 0; i < support; i++)
        k.weight[i] = 1.0 / support;
    return k;
}

struct kernel kernel_flipped(const struct kernel *k)
{
    struct kernel f = {.n = k->n, .centre = k->n - 1 - k->centre, .step = k->step};
    for (int i = 0; i < k->n; i++)
        f.weight[i] = k->weight[k->n - 1 - i];
    return f;
}

int64_t kernel_before(const struct kernel *k)
{
    return (int64_t)k->step * (k->n - 1 - k->centre);
}

int64_t kernel_after(const struct kernel *k)
{
    return (int64_t)k->step * k->centre;
}

struct box convolve_source(const struct kernel *k, int axis, const struct border *border,
                           const struct box *wanted)
{
    return border_source(border, wanted, axis, kernel_before(k), kernel_after(k));
}

/* out[i] += w * in[i] */
SIMD_CLONES
static void add_scaled(double *restrict out, const double *restrict in, double w, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        out[i] += w * in[i];
}

/* Everything that one line along x needs. */
struct pass {
    const struct patch *in;
    struct patch *out;
    const struct kernel *k;
    const struct border *border;
    int axis;
};

/* The whole line (y, z) of `in`. */
static const double *line_of(const struct pass *p, int64_t y, int64_t z)
{
    const struct patch *in = p->in;
    return in->value + (y - in->box.lo[1]) * patch_stride(in, 1) +
           (z - in->box.lo[2]) * patch_stride(in, 2);
}

/* Along y or z: lines of neighbours, weighted. `at` is the line's place on the axis. */
static void across(const struct pass *p, int64_t y, int64_t z, double *out)
{
    int64_t at = p->axis == 1 ? y : z, skipped = p->out->box.lo[0] - p->in->box.lo[0];
    for (int t = 0; t < p->k->n; t++) {
        if (p->k->weight[t] == 0)
            continue;
        int64_t from = border_index(p->border->rule, at + (int64_t)p->k->step * (p->k->centre - t),
                                    p->border->size[p->axis]);
        if (from >= 0)
            add_scaled(out, (p->axis == 1 ? line_of(p, from, z) : line_of(p, y, from)) + skipped,
                       p->k->weight[t], p->out->box.size[0]);
    }
}

/* Along x: the line with what lies beyond its ends goes to `room` first. */
static void along(const struct pass *p, int64_t y, int64_t z, double *room, double *out)
{
    const struct box *box = &p->out->box;
    int64_t before = kernel_before(p->k), n = box->size[0];
    const double *line = line_of(p, y, z);
    for (int64_t i = -before; i < n + kernel_after(p->k); i++) {
        int64_t from = border_index(p->border->rule, box->lo[0] + i, p->border->size[0]);
        room[i + before] = from < 0 ? 0.0 : line[from - p->in->box.lo[0]];
    }
    for (int t = 0; t < p->k->n; t++)
        if (p->k->weight[t] != 0)
            add_scaled(out, room + before + (int64_t)p->k->step * (p->k->centre - t),
                       p->k->weight[t], n);
}

bool convolve_axis(const struct patch *in, const struct kernel *k, int axis,
                   const struct border *border, const struct box *wanted, struct patch *out,
                   struct err *e)
{
    if (!patch_alloc(out, wanted, e))
        return false;
    const struct pass pass = {in, out, k, border, axis};
    size_t reach = (size_t)(kernel_before(k) + kernel_after(k));
    double *room = mem_array((size_t)wanted->size[0] + reach, sizeof *room, e);
    if (!room) {
        patch_free(out);
        return false;
    }
    double *line = out->value;
    for (int64_t z = 0; z < wanted->size[2]; z++)
        for (int64_t y = 0; y < wanted->size[1]; y++, line += wanted->size[0])
            if (axis == 0)
                along(&pass, wanted->lo[1] + y, wanted->lo[2] + z, room, line);
            else
                across(&pass, wanted->lo[1] + y, wanted->lo[2] + z, line);
    free(room);
    return true;
}
