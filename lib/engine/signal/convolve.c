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

/* convolve_lines for lines of at least 4 * VECTORS: so many sums at a time, so that no addition
 * waits for the one before it, and none of them goes through memory. What is left at the end is
 * done together with elements before it, which come out the same again. */
#define WEIGH(VECTORS)                                                                             \
    for (int64_t i = 0, block = (VECTORS)*QUAD; i < n; i += block) {                               \
        quad sum[VECTORS] = {{0}}, in;                                                             \
        i = i < n - block ? i : n - block;                                                         \
        for (int t = 0; t < taps; t++) {                                                           \
            const double w = tap[t].weight, *line = tap[t].line + offset + i;                      \
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

SIMD_CLONES
static void weigh(const struct tap *tap, int taps, int64_t offset, int64_t n, double *restrict out)
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
                out[i] += tap[t].weight * tap[t].line[offset + i];
        }
}

void convolve_lines(const struct tap *tap, int taps, int64_t offset, int64_t n, double *out)
{
    weigh(tap, taps, offset, n, out);
}

/* The line that step j reads, weighed for the sums from `least` to `most`; both are known to the
 * compiler. */
#define WEIGH_STEP(j, least, most)                                                                 \
    do {                                                                                           \
        const double *line_ = source[n_w + CONVOLVE_TOGETHER - 2 - (j)] + offset + i;              \
        quad in_[2];                                                                               \
        QUAD_LOAD(in_[0], line_);                                                                  \
        QUAD_LOAD(in_[1], line_ + QUAD);                                                           \
        _Pragma("GCC unroll 4") for (int r = (least); r <= (most); r++)                            \
        {                                                                                          \
            const double w_ = w[(j)-r];                                                            \
            const quad weight_ = {w_, w_, w_, w_};                                                 \
            sum[r][0] += weight_ * in_[0];                                                         \
            sum[r][1] += weight_ * in_[1];                                                         \
        }                                                                                          \
    } while (0)

/* Four lines, each the sum of its own taps in their order: what they read is read once for all. The
 * first and the last three steps are not for all of them. w[n_w] weights, at least four;
 * source[n_w + 3]. */
SIMD_CLONES
static void weigh_together(const double *w, int n_w, const double *const *source, int64_t offset,
                           int64_t n, double *const *out)
{
    enum { BLOCK = 2 * QUAD };
    for (int64_t i = 0; i < n; i += BLOCK) {
        quad sum[CONVOLVE_TOGETHER][2] = {{{0}}};
        i = i < n - BLOCK ? i : n - BLOCK;
        WEIGH_STEP(0, 0, 0);
        WEIGH_STEP(1, 0, 1);
        WEIGH_STEP(2, 0, 2);
        for (int j = 3; j < n_w; j++)
            WEIGH_STEP(j, 0, 3);
        WEIGH_STEP(n_w, 1, 3);
        WEIGH_STEP(n_w + 1, 2, 3);
        WEIGH_STEP(n_w + 2, 3, 3);
        _Pragma("GCC unroll 4") for (int r = 0; r < CONVOLVE_TOGETHER; r++)
        {
            memcpy(out[CONVOLVE_TOGETHER - 1 - r] + i, &sum[r][0], sizeof sum[r][0]);
            memcpy(out[CONVOLVE_TOGETHER - 1 - r] + i + QUAD, &sum[r][1], sizeof sum[r][1]);
        }
    }
}

/* The weights between the first and the last that is not 0, if none of them is: *first and their
 * number; else 0. */
static int dense_part(const struct kernel *k, int *first)
{
    int end = k->n;
    for (*first = 0; *first < k->n && k->weight[*first] == 0; ++*first)
        ;
    while (end > *first && k->weight[end - 1] == 0)
        end--;
    for (int t = *first; t < end; t++)
        if (k->weight[t] == 0)
            return 0;
    return end - *first;
}

void convolve_across(const struct kernel *k, const double *const *source, int lines, int64_t offset,
                     int64_t n, double *const *out)
{
    int first, dense = lines == CONVOLVE_TOGETHER && n >= 2 * QUAD ? dense_part(k, &first) : 0;
    /* output r reads source[r + k->n - 1 - t] by weight t */
    const double *const *read = source + (dense ? k->n - first - dense : 0);
    for (int q = 0; dense && q < dense + CONVOLVE_TOGETHER - 1; q++)
        dense = read[q] ? dense : 0;
    if (dense >= CONVOLVE_TOGETHER) {
        weigh_together(k->weight + first, dense, read, offset, n, out);
        return;
    }
    struct tap tap[KERNEL_MAX];
    for (int r = 0; r < lines; r++) {
        int taps = 0;
        for (int t = 0; t < k->n; t++)
            if (k->weight[t] != 0 && source[r + k->n - 1 - t])
                tap[taps++] = (struct tap){source[r + k->n - 1 - t], k->weight[t]};
        weigh(tap, taps, offset, n, out[r]);
    }
}

/* Everything that one line along x needs. */
struct pass {
    const struct patch *in;
    struct patch *out;
    const struct kernel *k;
    const struct border *border;
    int axis;
    struct border_line
        along;    /* along x: the line as far as the kernel reaches beyond what is wanted */
    double *room; /* [along.n] its voxels */
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

/* Along x: the line itself, at other places. */
static int taps_along(const struct pass *p, int64_t y, int64_t z, struct tap *tap)
{
    const double *line = p->room + kernel_before(p->k);
    int n = 0;
    border_line_read(&p->along, line_of(p, y, z) - p->in->box.lo[0], p->room);
    for (int t = 0; t < p->k->n; t++)
        if (p->k->weight[t] != 0)
            tap[n++] =
                (struct tap){line + (int64_t)p->k->step * (p->k->centre - t), p->k->weight[t]};
    return n;
}

static bool open_room(struct pass *p, struct err *e)
{
    const struct box *wanted = &p->out->box;
    int64_t n = wanted->size[0] + kernel_before(p->k) + kernel_after(p->k);
    p->room = mem_array((size_t)n, sizeof *p->room, e);
    return p->room &&
           border_line_open(&p->along, p->border, 0, wanted->lo[0] - kernel_before(p->k), n, e);
}

static void close_room(struct pass *p)
{
    border_line_close(&p->along);
    free(p->room);
}

bool convolve_axis(const struct patch *in, const struct kernel *k, int axis,
                   const struct border *border, const struct box *wanted, struct patch *out,
                   struct err *e)
{
    struct pass pass = {.in = in, .out = out, .k = k, .border = border, .axis = axis};
    if (!patch_alloc_unset(out, wanted, e))
        return false;
    if (axis == 0 && !open_room(&pass, e)) {
        close_room(&pass);
        patch_free(out);
        return false;
    }
    struct tap tap[KERNEL_MAX];
    double *line = out->value;
    for (int64_t z = 0; z < wanted->size[2]; z++)
        for (int64_t y = 0; y < wanted->size[1]; y++, line += wanted->size[0]) {
            int taps = axis == 0 ? taps_along(&pass, wanted->lo[1] + y, wanted->lo[2] + z, tap)
                                 : taps_across(&pass, wanted->lo[1] + y, wanted->lo[2] + z, tap);
            weigh(tap, taps, 0, wanted->size[0], line);
        }
    close_room(&pass);
    return true;
}
