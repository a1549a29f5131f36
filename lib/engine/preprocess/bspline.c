/* Cubic B-spline interpolation (specification 3.5; Unser, Aldroubi, Eden: IEEE Trans. Signal
 * Process. 41, 1993). The influence of a sample on the coefficients decays: cutting the image 40
 * samples beyond the outermost tap changes no bit. */
#include "engine/preprocess/bspline.h"

#include "base/mem.h"
#include "base/simd.h"

#include <math.h>
#include <string.h>

enum {
    HALO = 40,
    LINES = 16, /* filtered at once: two cache lines of doubles per sample */
    AHEAD = 8,  /* samples that are fetched early */
};

/* LINES lines next to each other, sample by sample. */
typedef double bundle[LINES];

/* First causal coefficient of every line: a truncated sum, or the exact one of short lines. */
static void causal_start(const bundle *s, int64_t n, double pole, double *restrict start)
{
    const int64_t horizon = (int64_t)ceil(log(1e-10) / log(fabs(pole)));
    double power = pole;
    for (int j = 0; j < LINES; j++)
        start[j] = s[0][j];
    if (horizon < n) {
        for (int64_t k = 1; k < horizon; k++, power *= pole)
            for (int j = 0; j < LINES; j++)
                start[j] += power * s[k][j];
        return;
    }
    double inverse = 1 / pole, back = pow(pole, (double)(n - 1));
    for (int j = 0; j < LINES; j++)
        start[j] = s[0][j] + back * s[n - 1][j];
    back *= back * inverse;
    for (int64_t k = 1; k <= n - 2; k++, power *= pole, back *= inverse)
        for (int j = 0; j < LINES; j++)
            start[j] += (power + back) * s[k][j];
    for (int j = 0; j < LINES; j++)
        start[j] /= 1 - power * power;
}

/* Samples to coefficients, in place; n >= 2. */
SIMD_CLONES_512 static void filter_bundle(bundle *s, int64_t n)
{
    const double pole = sqrt(3.0) - 2.0, gain = (1 - pole) * (1 - 1 / pole);
    const double end = pole / (pole * pole - 1);
    for (int64_t k = 0; k < n; k++)
        for (int j = 0; j < LINES; j++)
            s[k][j] *= gain;
    bundle start;
    causal_start((const bundle *)s, n, pole, start);
    memcpy(s[0], start, sizeof start);
    for (int64_t k = 1; k < n; k++)
        for (int j = 0; j < LINES; j++)
            s[k][j] += pole * s[k - 1][j];
    for (int j = 0; j < LINES; j++)
        s[n - 1][j] = end * (pole * s[n - 2][j] + s[n - 1][j]);
    for (int64_t k = n - 2; k >= 0; k--)
        for (int j = 0; j < LINES; j++)
            s[k][j] = pole * (s[k + 1][j] - s[k][j]);
}

/* LINES lines with neighbouring samples, `apart` from each other, to sample by sample and back, for
 * the samples up to a multiple of QUAD, which is returned. */
SIMD_CLONES_512 static int64_t turn_in(const double *restrict value, int64_t apart, int64_t n,
                                       bundle *restrict s)
{
    int64_t whole = n - n % QUAD;
    for (int64_t k = 0; k < whole; k += QUAD)
        for (int64_t j = 0; j < LINES; j += QUAD) {
            quad r[QUAD];
            for (int i = 0; i < QUAD; i++)
                QUAD_LOAD(r[i], value + (j + i) * apart + k);
            SIMD_TRANSPOSE(quad, r);
            for (int i = 0; i < QUAD; i++)
                memcpy(&s[k + i][j], &r[i], sizeof r[i]);
        }
    return whole;
}

SIMD_CLONES_512 static int64_t turn_out(const bundle *restrict s, int64_t n, int64_t apart,
                                        double *restrict value)
{
    int64_t whole = n - n % QUAD;
    for (int64_t k = 0; k < whole; k += QUAD)
        for (int64_t j = 0; j < LINES; j += QUAD) {
            quad r[QUAD];
            for (int i = 0; i < QUAD; i++)
                QUAD_LOAD(r[i], &s[k + i][j]);
            SIMD_TRANSPOSE(quad, r);
            for (int i = 0; i < QUAD; i++)
                memcpy(value + (j + i) * apart + k, &r[i], sizeof r[i]);
        }
    return whole;
}

/* Lines that are neighbours. */
static void copy_in(const double *value, int64_t stride, int64_t n, bundle *s)
{
    for (int64_t k = 0; k < n; k++) {
        __builtin_prefetch(value + (k + AHEAD) * stride);
        memcpy(s[k], value + k * stride, sizeof *s);
    }
}

static void copy_out(const bundle *s, int64_t n, int64_t stride, double *value)
{
    for (int64_t k = 0; k < n; k++)
        memcpy(value + k * stride, s[k], sizeof *s);
}

/* `width` lines that begin at value[0], value[apart], .. with samples `stride` apart. */
static void filter_lines(double *value, int64_t apart, int64_t width, int64_t stride, int64_t n,
                         bundle *s)
{
    bool whole = width == LINES, beside = whole && apart == 1, along = whole && stride == 1;
    if (beside)
        copy_in(value, stride, n, s);
    for (int64_t k = beside ? n : along ? turn_in(value, apart, n, s) : 0; k < n; k++)
        for (int64_t j = 0; j < LINES; j++)
            s[k][j] = j < width ? value[k * stride + j * apart] : 0;
    filter_bundle(s, n);
    if (beside)
        copy_out((const bundle *)s, n, stride, value);
    for (int64_t k = beside  ? n
                     : along ? turn_out((const bundle *)s, n, apart, value)
                             : 0;
         k < n; k++)
        for (int64_t j = 0; j < width; j++)
            value[k * stride + j * apart] = s[k][j];
}

/* Lines that begin at `first` and follow each other `apart`, n samples each, `stride` apart. */
struct lines {
    int64_t first, lines, apart, stride, n;
};

static void filter_all(double *value, const struct lines *l, bundle *s)
{
    double *at = value + l->first;
    for (int64_t i = 0; i < l->lines; i += LINES, at += LINES * l->apart)
        filter_lines(at, l->apart, l->lines - i < LINES ? l->lines - i : LINES, l->stride, l->n, s);
}

/* The samples that taps reach are the core; beyond it each axis has its halo. A pass filters the
 * lines that the next ones read: along x all, along y those of the core's columns, along z those of
 * its columns and rows. x and y go plane by plane, which stays in the cache between them. */
struct prefilter {
    const struct samples *s;
    struct box core;
};

static bool open_bundle(void *user, void **bundles, struct err *e)
{
    const int64_t *n = ((const struct prefilter *)user)->s->box.size;
    int64_t longest = n[0] > n[1] ? n[0] : n[1];
    *bundles = mem_big((size_t)(longest > n[2] ? longest : n[2]), sizeof(bundle), e);
    return *bundles != NULL;
}

static void close_bundle(void *user, void *bundles)
{
    (void)user;
    mem_big_free(bundles);
}

static bool filter_plane(void *user, void *bundles, int64_t k, struct err *e)
{
    const struct prefilter *f = user;
    const int64_t *n = f->s->box.size, *core = f->core.size;
    int64_t first = k * n[0] * n[1], column = first + f->core.lo[0] - f->s->box.lo[0];
    (void)e;
    if (f->s->full[0] > 1)
        filter_all(f->s->value, &(struct lines){first, n[1], n[0], 1, n[0]}, bundles);
    if (f->s->full[1] > 1)
        filter_all(f->s->value, &(struct lines){column, core[0], 1, n[0], n[1]}, bundles);
    return true;
}

static bool filter_row(void *user, void *bundles, int64_t j, struct err *e)
{
    const struct prefilter *f = user;
    const int64_t *n = f->s->box.size, *lo = f->s->box.lo, *core = f->core.size;
    int64_t first = (f->core.lo[1] - lo[1] + j) * n[0] + f->core.lo[0] - lo[0];
    (void)e;
    filter_all(f->s->value, &(struct lines){first, core[0], 1, n[0] * n[1], n[2]}, bundles);
    return true;
}

/* Where the box ends with the image, the core does. */
static struct box core_of(const struct samples *s)
{
    struct box core = s->box;
    for (int axis = 0; axis < 3; axis++) {
        int64_t before = s->box.lo[axis] > 0 ? HALO : 0;
        int64_t behind = s->box.lo[axis] + s->box.size[axis] < s->full[axis] ? HALO : 0;
        core.lo[axis] += before;
        core.size[axis] -= before + behind;
    }
    return core;
}

static bool bspline_prepare(struct samples *s, struct err *e)
{
    struct prefilter f = {s, core_of(s)};
    const struct share planes = {&f, open_bundle, close_bundle, filter_plane};
    const struct share rows = {&f, open_bundle, close_bundle, filter_row};
    return share_out(&planes, s->pool, s->box.size[2], e) &&
           (s->full[2] == 1 || share_out(&rows, s->pool, f.core.size[1], e));
}

static bool bspline_whole(const struct samples *s, const struct index_map *map, struct volume *out,
                          bool *done, struct err *e)
{
    return (pixel_is_float(out->type) ? bspline_floats : bspline_integers)(s, map, out, done, e);
}

const struct interpolation interpolation_bspline = {INTERP_BSPLINE, 3 + HALO, bspline_prepare,
                                                    bspline_line, bspline_whole};
