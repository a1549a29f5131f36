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

/* So many vectors of sums at a time, from element i on: no addition waits for the one before it,
 * and none of them goes through memory. */
#define WEIGH(VECTORS)                                                                             \
    do {                                                                                           \
        quad sum[VECTORS] = {{0}}, in;                                                             \
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
    } while (0)

/* What is left at the end is done together with elements before it, which come out the same. */
SIMD_CLONES
static void weigh(const struct tap *tap, int taps, int64_t offset, int64_t n, double *restrict out)
{
    int64_t i = 0;
    for (; n - i >= 8 * QUAD; i += 8 * QUAD)
        WEIGH(8);
    for (; n - i >= 4 * QUAD; i += 4 * QUAD)
        WEIGH(4);
    for (; i < n && n >= 2 * QUAD; i += 2 * QUAD) {
        i = i < n - 2 * QUAD ? i : n - 2 * QUAD;
        WEIGH(2);
    }
    for (; i < n; i++) {
        out[i] = 0;
        for (int t = 0; t < taps; t++)
            out[i] += tap[t].weight * tap[t].line[offset + i];
    }
}

void convolve_lines(const struct tap *tap, int taps, int64_t offset, int64_t n, double *out)
{
    weigh(tap, taps, offset, n, out);
}

/* So many lines at a time, which share what they read. */
enum { TOGETHER = 4 };

/* What a pass across lines reads in one go stays in the cache of first level: as many bytes. */
enum { NEAR = 16384 };

/* The line that step j reads, weighed for the sums from `least` to `most`; both are known to the
 * compiler. The empty __asm__ hides from it that the next step needs three of these weights again:
 * it would keep them in registers, and the sums in memory for want of more. */
#define WEIGH_STEP(j, least, most)                                                                 \
    do {                                                                                           \
        const double *line_ = source[n_w + TOGETHER - 2 - (j)] + i, *w_ = w + (j);                 \
        __asm__("" : "+r"(w_));                                                                    \
        quad in_[2];                                                                               \
        QUAD_LOAD(in_[0], line_);                                                                  \
        QUAD_LOAD(in_[1], line_ + QUAD);                                                           \
        _Pragma("GCC unroll 4") for (int r = (least); r <= (most); r++)                            \
        {                                                                                          \
            const double one_ = w_[-r];                                                            \
            const quad weight_ = {one_, one_, one_, one_};                                         \
            sum[r][0] += weight_ * in_[0];                                                         \
            sum[r][1] += weight_ * in_[1];                                                         \
        }                                                                                          \
    } while (0)

/* Elements from..end of four lines, each the sum of its own taps in their order: what they read is
 * read once for all. The first and the last three steps are not for all of them. w[n_w] weights, at
 * least four; source[n_w + 3]; end >= 2 * QUAD: what is left at the end is done together with
 * elements before it. */
SIMD_CLONES
static void weigh_together(const double *w, int n_w, const double *const *source, int64_t from,
                           int64_t end, double *out, int64_t stride)
{
    enum { BLOCK = 2 * QUAD };
    for (int64_t i = from; i < end; i += BLOCK) {
        quad sum[TOGETHER][2] = {{{0}}};
        i = i < end - BLOCK ? i : end - BLOCK;
        WEIGH_STEP(0, 0, 0);
        WEIGH_STEP(1, 0, 1);
        WEIGH_STEP(2, 0, 2);
        for (int j = 3; j < n_w; j++)
            WEIGH_STEP(j, 0, 3);
        WEIGH_STEP(n_w, 1, 3);
        WEIGH_STEP(n_w + 1, 2, 3);
        WEIGH_STEP(n_w + 2, 3, 3);
        _Pragma("GCC unroll 4") for (int r = 0; r < TOGETHER; r++)
        {
            double *to = out + (TOGETHER - 1 - r) * stride + i;
            memcpy(to, &sum[r][0], sizeof sum[r][0]);
            memcpy(to + QUAD, &sum[r][1], sizeof sum[r][1]);
        }
    }
}

/* The weights between the first and the last that is not 0: *first and their number. 0 if one of
 * them is 0 and may not be used as the others are. */
static int dense_part(const struct kernel *k, bool finite, int *first)
{
    int end = k->n;
    for (*first = 0; *first < k->n && k->weight[*first] == 0; ++*first)
        ;
    while (end > *first && k->weight[end - 1] == 0)
        end--;
    for (int t = *first; !finite && t < end; t++)
        if (k->weight[t] == 0)
            return 0;
    return end - *first;
}

/* Strip by strip, each as long as all lines of a kernel can be near; the last lines together with
 * lines before them, which come out the same again. */
static void across_in_strips(const double *w, int n_w, const double *const *source, int64_t lines,
                             int64_t n, double *out, int64_t stride)
{
    int64_t strip = NEAR / (int64_t)sizeof(double) / (n_w + TOGETHER) / (2 * QUAD) * (2 * QUAD);
    strip = strip < 4 * QUAD ? 4 * QUAD : strip;
    for (int64_t from = 0; from < n; from += strip)
        for (int64_t r = 0; r < lines; r += TOGETHER) {
            r = r < lines - TOGETHER ? r : lines - TOGETHER;
            weigh_together(w, n_w, source + r, from, from + strip < n ? from + strip : n,
                           out + r * stride, stride);
        }
}

void convolve_across(const struct kernel *k, bool finite, const double *const *source,
                     int64_t lines, int64_t n, double *out, int64_t stride)
{
    int first, dense = dense_part(k, finite, &first);
    if (lines >= TOGETHER && n >= 2 * QUAD && dense >= TOGETHER) {
        across_in_strips(k->weight + first, dense, source + k->n - first - dense, lines, n, out,
                         stride);
        return;
    }
    struct tap tap[KERNEL_MAX];
    for (int64_t r = 0; r < lines; r++) {
        int taps = 0;
        for (int t = 0; t < k->n; t++)
            if (k->weight[t] != 0)
                tap[taps++] = (struct tap){source[r + k->n - 1 - t], k->weight[t]};
        weigh(tap, taps, 0, n, out + r * stride);
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
