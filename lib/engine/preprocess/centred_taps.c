#include "engine/preprocess/centred_taps.h"

#include "base/mem.h"
#include "base/simd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TAPS = 4 };

/* Behind this many voxels a cubic spline's coefficients do not feel a value any more: the pole to
 * that power is 1e-23. */
enum { SPLINE_HALO = 40 };

/* A new voxel as a weighted sum of old ones, first[0] the first. */
struct taps {
    int n;
    int64_t first;
    double weight[MAX_TAPS];
};

static struct taps linear_taps(double p)
{
    double floor_p = floor(p), t = p - floor_p;
    return (struct taps){2, (int64_t)floor_p, {1 - t, t}};
}

static struct taps cubic_taps(double p)
{
    double floor_p = floor(p), t = p - floor_p, u = 1 - t;
    return (struct taps){4,
                         (int64_t)floor_p - 1,
                         {u * u * u / 6, (4 - 6 * t * t + 3 * t * t * t) / 6,
                          (4 - 6 * u * u + 3 * u * u * u) / 6, t * t * t / 6}};
}

static double clamp(double p, int64_t n)
{
    return p < 0 ? 0 : p > (double)(n - 1) ? (double)(n - 1) : p;
}

static struct taps taps_of(const struct centred *c, enum centred_rule rule, int axis, int64_t k)
{
    double p = clamp(centred_position(c, axis, k), c->from.size[axis]);
    switch (rule) {
    case CENTRED_LINEAR:
        return linear_taps(p);
    case CENTRED_CUBIC:
        return cubic_taps(p);
    default:
        return (struct taps){1, (int64_t)floor(p + 0.5), {1}};
    }
}

/* Index of an image that goes on mirrored about the centres of its border voxels, as the
 * coefficients of its spline do. */
static int64_t mirrored(int64_t i, int64_t n)
{
    if (n == 1)
        return 0;
    int64_t period = 2 * (n - 1), r = i % period;
    r = r < 0 ? r + period : r;
    return r < n ? r : period - r;
}

void centred_source(const struct centred *c, enum centred_rule rule, int axis,
                    const struct box *wanted, struct box *read)
{
    int64_t n = c->from.size[axis], halo = rule == CENTRED_CUBIC ? SPLINE_HALO : 0;
    struct taps first = taps_of(c, rule, axis, wanted->lo[axis]);
    struct taps last = taps_of(c, rule, axis, wanted->lo[axis] + wanted->size[axis] - 1);
    int64_t lo = first.first - halo, hi = last.first + last.n - 1 + halo;
    lo = lo < 0 ? 0 : lo;
    hi = hi > n - 1 ? n - 1 : hi;
    read->lo[axis] = lo;
    read->size[axis] = hi - lo + 1;
}

SIMD_CLONES
static void add_scaled(double *restrict out, const double *restrict in, double w, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        out[i] += w * in[i];
}

/* out[i] = gain * in[i] + pole * out[i -+ 1], for n lines side by side. */
SIMD_CLONES
static void recurse(double *restrict to, const double *restrict before, double pole, double gain,
                    int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        to[i] = gain * to[i] + pole * before[i];
}

/* Lines along an axis, as rows of `width` neighbours: element i of the lines of block b begins at
 * b * block + i * step. */
struct lines {
    int64_t n, width, step, blocks, block;
};

static struct lines lines_of(const struct patch *p, int axis)
{
    const int64_t *s = p->box.size;
    if (axis == 0)
        return (struct lines){s[0], 1, 1, s[1] * s[2], s[0]};
    if (axis == 1)
        return (struct lines){s[1], s[0], s[0], s[2], s[0] * s[1]};
    return (struct lines){s[2], s[0] * s[1], s[0] * s[1], 1, 0};
}

/* The causal start of a line that goes on mirrored about its first element: the sum over
 * pole^k * x(k), as far as it counts or the line goes (then with what comes back). */
static void causal_start(double *line, const struct lines *l, double pole)
{
    int64_t n = l->n, far = n < SPLINE_HALO ? 2 * n - 2 : SPLINE_HALO;
    for (int64_t j = 0; j < l->width; j++) {
        double sum = 0, power = 1;
        for (int64_t k = 0; k < (far ? far : 1); k++, power *= pole)
            sum += power * line[mirrored(k, n) * l->step + j];
        line[j] = n < SPLINE_HALO && n > 1 ? sum / (1 - power) : sum;
    }
}

/* The coefficients of the cubic spline through the elements of each line. The constant gain of 6
 * is taken at the start. */
static void spline_lines(double *line, const struct lines *l)
{
    const double pole = -0.26794919243112270647; /* sqrt(3) - 2 */
    int64_t n = l->n;
    if (n == 1)
        return;
    causal_start(line, l, pole);
    for (int64_t i = 1; i < n; i++)
        recurse(line + i * l->step, line + (i - 1) * l->step, pole, 1, l->width);
    double *last = line + (n - 1) * l->step;
    for (int64_t j = 0; j < l->width; j++)
        last[j] = pole / (pole * pole - 1) * (pole * last[j - l->step] + last[j]);
    for (int64_t i = n - 2; i >= 0; i--)
        recurse(line + i * l->step, line + (i + 1) * l->step, pole, -pole, l->width);
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < l->width; j++)
            line[i * l->step + j] *= 6;
}

static void to_coefficients(struct patch *p, int axis)
{
    struct lines l = lines_of(p, axis);
    for (int64_t b = 0; b < l.blocks; b++)
        spline_lines(p->value + b * l.block, &l);
}

static void weigh(const struct patch *in, const struct taps *t, int axis, int64_t full,
                  const struct lines *from, const struct lines *to, int64_t k, struct patch *out)
{
    for (int64_t b = 0; b < to->blocks; b++)
        for (int i = 0; i < t->n; i++) {
            int64_t at = mirrored(t->first + i, full) - in->box.lo[axis];
            if (t->weight[i] != 0)
                add_scaled(out->value + b * to->block + k * to->step,
                           in->value + b * from->block + at * from->step, t->weight[i], to->width);
        }
}

/* Lines along x are taken in bunches and turned, so that neighbours lie side by side as they do
 * along the other axes. */
enum { BUNCH = 32 };

struct turned {
    int64_t n_in, n_out, width; /* elements of a line, lines of this bunch */
    double *in, *out;           /* n * width */
};

static void turn_in(const double *lines, struct turned *t)
{
    for (int64_t j = 0; j < t->width; j++)
        for (int64_t i = 0; i < t->n_in; i++)
            t->in[i * t->width + j] = lines[j * t->n_in + i];
    memset(t->out, 0, (size_t)(t->n_out * t->width) * sizeof *t->out);
}

static void turn_out(const struct turned *t, double *lines)
{
    for (int64_t j = 0; j < t->width; j++)
        for (int64_t k = 0; k < t->n_out; k++)
            lines[j * t->n_out + k] = t->out[k * t->width + j];
}

static void bunch(enum centred_rule rule, const struct taps *taps, int64_t lo, int64_t full,
                  struct turned *t)
{
    const struct lines l = {t->n_in, t->width, t->width, 1, 0};
    if (rule == CENTRED_CUBIC)
        spline_lines(t->in, &l);
    for (int64_t k = 0; k < t->n_out; k++)
        for (int i = 0; i < taps[k].n; i++)
            if (taps[k].weight[i] != 0)
                add_scaled(t->out + k * t->width,
                           t->in + (mirrored(taps[k].first + i, full) - lo) * t->width,
                           taps[k].weight[i], t->width);
}

static bool along_x(const struct centred *c, enum centred_rule rule, const struct patch *in,
                    struct patch *out, struct err *e)
{
    struct turned t = {.n_in = in->box.size[0], .n_out = out->box.size[0]};
    int64_t lines = in->box.size[1] * in->box.size[2];
    struct taps *taps = mem_array((size_t)t.n_out, sizeof *taps, e);
    double *room = taps ? mem_big((size_t)(t.n_in + t.n_out), BUNCH * sizeof *room, e) : NULL;
    for (int64_t k = 0; room && k < t.n_out; k++)
        taps[k] = taps_of(c, rule, 0, out->box.lo[0] + k);
    for (int64_t line = 0; room && line < lines; line += BUNCH) {
        t.width = lines - line < BUNCH ? lines - line : BUNCH;
        t.in = room;
        t.out = room + t.n_in * BUNCH;
        turn_in(in->value + line * t.n_in, &t);
        bunch(rule, taps, in->box.lo[0], c->from.size[0], &t);
        turn_out(&t, out->value + line * t.n_out);
    }
    bool good = room != NULL;
    mem_big_free(room);
    free(taps);
    if (!good)
        patch_free(out);
    return good;
}

bool centred_axis(const struct centred *c, enum centred_rule rule, int axis,
                  const struct box *wanted, struct patch *in, struct patch *out, struct err *e)
{
    struct box box = in->box;
    box.lo[axis] = wanted->lo[axis];
    box.size[axis] = wanted->size[axis];
    if (!patch_alloc(out, &box, e))
        return false;
    if (axis == 0)
        return along_x(c, rule, in, out, e);
    if (rule == CENTRED_CUBIC)
        to_coefficients(in, axis);
    struct lines from = lines_of(in, axis), to = lines_of(out, axis);
    for (int64_t k = 0; k < box.size[axis]; k++) {
        struct taps t = taps_of(c, rule, axis, box.lo[axis] + k);
        weigh(in, &t, axis, c->from.size[axis], &from, &to, k, out);
    }
    return true;
}
