/* Cubic B-spline interpolation (specification 3.5; Unser, Aldroubi, Eden: IEEE Trans. Signal
 * Process. 41, 1993). The prefilter forgets: 40 samples beyond the outermost tap leave no bit of
 * the cut. */
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

static int64_t at_most(int64_t n)
{
    return n < LINES ? n : LINES;
}

static bool bspline_prepare(struct samples *s, struct err *e)
{
    const int64_t *size = s->box.size, nx = size[0], ny = size[1], nz = size[2];
    int64_t longest = nx > ny ? nx : ny;
    longest = longest > nz ? longest : nz;
    bundle *work = mem_big((size_t)longest, sizeof *work, e);
    if (!work)
        return false;
    if (s->full[0] > 1)
        for (int64_t row = 0; row < ny * nz; row += LINES)
            filter_lines(s->value + row * nx, nx, at_most(ny * nz - row), 1, nx, work);
    for (int64_t z = 0; z < nz && s->full[1] > 1; z++)
        for (int64_t x = 0; x < nx; x += LINES)
            filter_lines(s->value + z * nx * ny + x, 1, at_most(nx - x), nx, ny, work);
    if (s->full[2] > 1)
        for (int64_t i = 0; i < nx * ny; i += LINES)
            filter_lines(s->value + i, 1, at_most(nx * ny - i), nx * ny, nz, work);
    mem_big_free(work);
    return true;
}

/* Mirrors without repeating the edge. ITK reads foreign memory where one pass does not do (two
 * samples, last tap); here the mirror goes on. */
static int64_t mirror(int64_t i, int64_t n)
{
    if (n == 1)
        return 0;
    while (i < 0 || i > n - 1)
        i = i < 0 ? -i : 2 * (n - 1) - i;
    return i;
}

/* floorf, without the call that it is where no instruction does it. */
static int64_t floor_to_int(float x)
{
    int64_t i = (int64_t)x;
    return i - ((float)i > x);
}

struct spline_taps spline_taps_at(const struct samples *s, int axis, double c)
{
    struct spline_taps t;
    /* the coordinate is rounded to single precision before the floor, as ITK does */
    int64_t first = floor_to_int((float)c) - 1;
    double w = c - (double)(first + 1);
    t.weight[3] = (1.0 / 6.0) * w * w * w;
    t.weight[0] = (1.0 / 6.0) + 0.5 * w * (w - 1.0) - t.weight[3];
    t.weight[2] = w + t.weight[0] - 2.0 * t.weight[3];
    t.weight[1] = 1.0 - t.weight[0] - t.weight[2] - t.weight[3];
    if (first >= 0 && first + TAPS <= s->full[axis]) {
        int64_t stride = samples_stride(s, axis), at = (first - s->box.lo[axis]) * stride;
        for (int i = 0; i < TAPS; i++, at += stride)
            t.offset[i] = at;
        return t;
    }
    for (int i = 0; i < TAPS; i++)
        t.offset[i] = samples_offset(s, axis, mirror(first + i, s->full[axis]));
    return t;
}

/* One output voxel: its taps along x, y and z. */
struct voxel_taps {
    struct spline_taps axis[3];
    bool contiguous; /* the taps along x are neighbours in memory: no mirror in between */
};

/* `before` is another voxel of the line, or NULL: axes along which the line stands still agree. */
static void voxel_taps_set(const struct samples *s, const struct line_map *line, int64_t i,
                           const struct voxel_taps *before, struct voxel_taps *t)
{
    for (int axis = 0; axis < s->dims; axis++) {
        if (before && line->step[axis] == 0)
            t->axis[axis] = before->axis[axis];
        else
            t->axis[axis] = spline_taps_at(s, axis, line_map_at(line, i, axis));
    }
    const int64_t *x = t->axis[0].offset;
    t->contiguous = x[1] == x[0] + 1 && x[2] == x[0] + 2 && x[3] == x[0] + 3;
}

/* Adds p[voxel][tap] over the taps, one after the other, to sum[voxel]. */
SIMD_PART void add_taps(const quad p[QUAD], quad *sum)
{
    quad lo01 = __builtin_shufflevector(p[0], p[1], 0, 4, 2, 6);
    quad hi01 = __builtin_shufflevector(p[0], p[1], 1, 5, 3, 7);
    quad lo23 = __builtin_shufflevector(p[2], p[3], 0, 4, 2, 6);
    quad hi23 = __builtin_shufflevector(p[2], p[3], 1, 5, 3, 7);
    *sum += __builtin_shufflevector(lo01, lo23, 0, 1, 4, 5);
    *sum += __builtin_shufflevector(hi01, hi23, 0, 1, 4, 5);
    *sum += __builtin_shufflevector(lo01, lo23, 2, 3, 6, 7);
    *sum += __builtin_shufflevector(hi01, hi23, 2, 3, 6, 7);
}

/* The 64 products of eight voxels in ITK's order: ((wx * wy) * wz) * coefficient, x fastest. */
SIMD_CLONES static void sum_products(const double *value, const struct voxel_taps t[SIMD_LANES],
                                     int taps_z, double *out)
{
    quad sum[QUADS] = {{0}};
    for (int z = 0; z < taps_z; z++) {
        for (int y = 0; y < TAPS; y++) {
            for (int h = 0; h < QUADS; h++) {
                quad p[QUAD];
                for (int j = 0; j < QUAD; j++) {
                    const struct voxel_taps *v = &t[h * QUAD + j];
                    const double *at = value + v->axis[1].offset[y] + v->axis[2].offset[z];
                    const int64_t *x = v->axis[0].offset;
                    quad w, c;
                    QUAD_LOAD(w, v->axis[0].weight);
                    if (v->contiguous)
                        QUAD_LOAD(c, at + x[0]);
                    else
                        c = (quad){at[x[0]], at[x[1]], at[x[2]], at[x[3]]};
                    p[j] = ((w * v->axis[1].weight[y]) * v->axis[2].weight[z]) * c;
                }
                add_taps(p, &sum[h]);
            }
        }
    }
    memcpy(out, sum, sizeof sum);
}

static void bspline_line(const struct samples *s, const struct line_map *line, int64_t from,
                         int64_t n, double *out)
{
    struct voxel_taps t[SIMD_LANES];
    for (int j = 0; j < SIMD_LANES; j++)
        t[j].axis[2] = (struct spline_taps){.weight = {1}}; /* for flat images */
    for (int64_t i = 0; i < n; i += SIMD_LANES) {
        double sum[SIMD_LANES];
        int64_t voxels = n - i < SIMD_LANES ? n - i : SIMD_LANES;
        for (int64_t j = 0; j < voxels; j++)
            voxel_taps_set(s, line, from + i + j, i + j > 0 ? &t[0] : NULL, &t[j]);
        for (int64_t j = voxels; j < SIMD_LANES; j++)
            t[j] = t[0];
        sum_products(s->value, t, s->dims == 3 ? TAPS : 1, sum);
        memcpy(out + i, sum, (size_t)voxels * sizeof *sum);
    }
}

static bool bspline_whole(const struct samples *s, const struct index_map *map, struct volume *out,
                          bool *done, struct err *e)
{
    return (pixel_is_float(out->type) ? bspline_floats : bspline_integers)(s, map, out, done, e);
}

const struct interpolation interpolation_bspline = {INTERP_BSPLINE, 3 + HALO, bspline_prepare,
                                                    bspline_line, bspline_whole};
