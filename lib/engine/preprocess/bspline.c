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
SIMD_CLONES static void filter_bundle(bundle *s, int64_t n)
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

/* `width` lines that begin at value[0], value[apart], .. with samples `stride` apart. */
static void filter_lines(double *value, int64_t apart, int64_t width, int64_t stride, int64_t n,
                         bundle *s)
{
    for (int64_t k = 0; k < n; k++)
        for (int64_t j = 0; j < LINES; j++)
            s[k][j] = j < width ? value[k * stride + j * apart] : 0;
    filter_bundle(s, n);
    for (int64_t k = 0; k < n; k++)
        for (int64_t j = 0; j < width; j++)
            value[k * stride + j * apart] = s[k][j];
}

/* All lines of one axis, in groups of LINES and the last of a set with fewer; a piece is a set:
 * lines that follow each other `apart` in memory. */
struct prefilter {
    const struct samples *s;
    int64_t longest;               /* line */
    int64_t set, lines, set_lines; /* step from set to set; lines in all, and in a set */
    int64_t apart, stride, n;      /* step from line to line and from sample to sample; samples */
};

static bool open_bundle(void *user, void **bundles, struct err *e)
{
    const struct prefilter *f = user;
    *bundles = mem_big((size_t)f->longest, sizeof(bundle), e);
    return *bundles != NULL;
}

static void close_bundle(void *user, void *bundles)
{
    (void)user;
    mem_big_free(bundles);
}

static bool filter_set(void *user, void *bundles, int64_t k, struct err *e)
{
    const struct prefilter *f = user;
    int64_t left = f->lines - k * f->set_lines, n = left < f->set_lines ? left : f->set_lines;
    double *value = f->s->value + k * f->set;
    (void)e;
    for (int64_t i = 0; i < n; i += LINES, value += LINES * f->apart)
        filter_lines(value, f->apart, n - i < LINES ? n - i : LINES, f->stride, f->n, bundles);
    return true;
}

static bool filter_axis(struct prefilter *f, struct err *e)
{
    const struct share share = {f, open_bundle, close_bundle, filter_set};
    return share_out(&share, f->s->pool, (f->lines + f->set_lines - 1) / f->set_lines, e);
}

static bool bspline_prepare(struct samples *s, struct err *e)
{
    enum { SET = 4 * LINES }; /* of lines that have no planes of their own */
    const int64_t *size = s->box.size, nx = size[0], ny = size[1], nz = size[2];
    int64_t longest = nx > ny ? nx : ny;
    longest = longest > nz ? longest : nz;
    struct prefilter x = {s, longest, SET * nx, ny * nz, SET, nx, 1, nx};
    struct prefilter y = {s, longest, nx * ny, nx * nz, nx, 1, nx, ny};
    struct prefilter z = {s, longest, SET, nx * ny, SET, 1, nx * ny, nz};
    return (s->full[0] == 1 || filter_axis(&x, e)) && (s->full[1] == 1 || filter_axis(&y, e)) &&
           (s->full[2] == 1 || filter_axis(&z, e));
}

static bool bspline_whole(const struct samples *s, const struct index_map *map, struct volume *out,
                          bool *done, struct err *e)
{
    return (pixel_is_float(out->type) ? bspline_floats : bspline_integers)(s, map, out, done, e);
}

const struct interpolation interpolation_bspline = {INTERP_BSPLINE, 3 + HALO, bspline_prepare,
                                                    bspline_line, bspline_whole};
