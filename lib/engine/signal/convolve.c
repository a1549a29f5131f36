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

/* A weight and the line that it weighs. */
struct tap {
    const double *line;
    double weight;
};

/* weigh for lines of at least 4 * VECTORS: so many sums at a time, so that no addition waits for
 * the one before it, and none of them goes through memory. What is left at the end is done together
 * with elements before it, which come out the same again. */
#define WEIGH(VECTORS)                                                                             \
    for (int64_t i = 0, block = (VECTORS)*QUAD; i < n; i += block) {                               \
        quad sum[VECTORS] = {{0}}, in;                                                             \
        i = i < n - block ? i : n - block;                                                         \
        for (int t = 0; t < taps; t++) {                                                           \
            const double w = tap[t].weight, *line = tap[t].line + i;                               \
            const quad weight = {w, w, w, w};                                                      \
            _Pragma("GCC unroll 8") for (int v = 0; v < (VECTORS); v++)                            \
            {                                                                                      \
                QUAD_LOAD(in, line + v * QUAD);                                                    \
                sum[v] += weight * in;                                                             \
            }                                                                                      \
        }                                                                                          \
        _Pragma("GCC unroll 8") for (int v = 0; v < (VECTORS); v++)                                \
            memcpy(out + i + v * QUAD, &sum[v], sizeof sum[v]);                                    \
    }

/* out[i] = the sum of all weight * line[i], in the order of the taps. */
SIMD_CLONES
static void weigh(const struct tap *tap, int taps, int64_t n, double *restrict out)
{
    if (n >= 8 * QUAD)
        WEIGH(8)
    else if (n >= 4 * QUAD)
        WEIGH(4)
    else if (n >= 2 * QUAD)
        WEIGH(2)
    else
        for (int64_t i = 0; i < n; i++) {
            out[i] = 0;
            for (int t = 0; t < taps; t++)
                out[i] += tap[t].weight * tap[t].line[i];
        }
}

/* Everything that one line along x needs. */
struct pass {
    const struct patch *in;
    struct patch *out;
    const struct kernel *k;
    const struct border *border;
    int axis;
    double *room; /* along x: the line with what lies beyond its ends */
};

/* The whole line (y, z) of `in`. */
static const double *line_of(const struct pass *p, int64_t y, int64_t z)
{
    const struct patch *in = p->in;
    return in->value + (y - in->box.lo[1]) * patch_stride(in, 1) +
           (z - in->box.lo[2]) * patch_stride(in, 2);
}

/* Along y or z: lines of neighbours. `at` is the line's place on the axis. */
static int taps_across(const struct pass *p, int64_t y, int64_t z, struct tap *tap)
{
    int64_t at = p->axis == 1 ? y : z, skipped = p->out->box.lo[0] - p->in->box.lo[0];
    int n = 0;
    for (int t = 0; t < p->k->n; t++) {
        int64_t from = border_index(p->border->rule, at + (int64_t)p->k->step * (p->k->centre - t),
                                    p->border->size[p->axis]);
        if (p->k->weight[t] != 0 && from >= 0)
            tap[n++] =
                (struct tap){(p->axis == 1 ? line_of(p, from, z) : line_of(p, y, from)) + skipped,
                             p->k->weight[t]};
    }
    return n;
}

/* p->room becomes the line (y, z) as far as the kernel reaches beyond the wanted part of it. */
static void extend_line(const struct pass *p, int64_t y, int64_t z)
{
    int64_t lo = p->out->box.lo[0] - kernel_before(p->k), size = p->border->size[0];
    int64_t n = p->out->box.size[0] + kernel_before(p->k) + kernel_after(p->k);
    int64_t first = lo < 0 ? -lo : 0, end = lo + n > size ? size - lo : n;
    const double *line = line_of(p, y, z) - p->in->box.lo[0];
    for (int64_t i = 0; i < n; i++) {
        if (i == first && end > first) {
            memcpy(p->room + i, line + lo + i, (size_t)(end - first) * sizeof *line);
            i = end - 1;
            continue;
        }
        int64_t from = border_index(p->border->rule, lo + i, size);
        p->room[i] = from < 0 ? 0.0 : line[from];
    }
}

/* Along x: the line itself, at other places. */
static int taps_along(const struct pass *p, int64_t y, int64_t z, struct tap *tap)
{
    const double *line = p->room + kernel_before(p->k);
    int n = 0;
    extend_line(p, y, z);
    for (int t = 0; t < p->k->n; t++)
        if (p->k->weight[t] != 0)
            tap[n++] =
                (struct tap){line + (int64_t)p->k->step * (p->k->centre - t), p->k->weight[t]};
    return n;
}

bool convolve_axis(const struct patch *in, const struct kernel *k, int axis,
                   const struct border *border, const struct box *wanted, struct patch *out,
                   struct err *e)
{
    if (!patch_alloc_unset(out, wanted, e))
        return false;
    size_t reach = (size_t)(kernel_before(k) + kernel_after(k));
    double *room = mem_array((size_t)wanted->size[0] + reach, sizeof *room, e);
    if (!room) {
        patch_free(out);
        return false;
    }
    const struct pass pass = {in, out, k, border, axis, room};
    struct tap tap[KERNEL_MAX];
    double *line = out->value;
    for (int64_t z = 0; z < wanted->size[2]; z++)
        for (int64_t y = 0; y < wanted->size[1]; y++, line += wanted->size[0]) {
            int taps = axis == 0 ? taps_along(&pass, wanted->lo[1] + y, wanted->lo[2] + z, tap)
                                 : taps_across(&pass, wanted->lo[1] + y, wanted->lo[2] + z, tap);
            weigh(tap, taps, wanted->size[0], line);
        }
    free(room);
    return true;
}
