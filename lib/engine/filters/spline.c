#include "engine/filters/spline.h"

#include "base/mem.h"
#include "base/simd.h"
#include "engine/filters/bank.h"

#include <math.h>
#include <string.h>

/* sqrt(3) - 2, rounded once: sqrt() and a subtraction would give other bits than SciPy's. */
#define POLE (-0.26794919243112270647)
enum { START_TERMS = 64 }; /* POLE^64 is 1e-37 */

/* A line of n lanes-wide samples: sample i of lane l at data[i * stride + l]. */
struct line {
    double *data;
    int64_t n, stride, lanes;
};

/* First coefficient of the causal recursion: the sum over the mirrored line. */
static void start_causal(const struct line *l)
{
    double z = POLE, end = pow(z, (double)(l->n - 1)), power = z;
    double *first = l->data, *last = l->data + (l->n - 1) * l->stride;
    for (int64_t i = 0; i < l->lanes; i++)
        first[i] += end * last[i];
    for (int64_t k = 1; k < l->n - 1 && k < START_TERMS; k++, power *= z) {
        const double *a = first + k * l->stride, *b = last - k * l->stride;
        for (int64_t i = 0; i < l->lanes; i++)
            first[i] += power * (a[i] + end * b[i]);
    }
    for (int64_t i = 0; i < l->lanes; i++)
        first[i] /= 1 - end * end;
}

SIMD_CLONES_512
static void recur(double *data, int64_t n, int64_t stride, int64_t lanes, double z)
{
    for (int64_t k = 1; k < n; k++) {
        double *here = data + k * stride;
        const double *before = here - stride;
        for (int64_t i = 0; i < lanes; i++)
            here[i] += z * before[i];
    }
    double *last = data + (n - 1) * stride;
    for (int64_t i = 0; i < lanes; i++)
        last[i] = (z * last[i - stride] + last[i]) * z / (z * z - 1);
    for (int64_t k = n - 2; k >= 0; k--) {
        double *here = data + k * stride;
        const double *after = here + stride;
        for (int64_t i = 0; i < lanes; i++)
            here[i] = z * (after[i] - here[i]);
    }
}

static void filter_line(const struct line *l)
{
    double gain = (1 - POLE) * (1 - 1 / POLE);
    if (l->n < 2)
        return;
    for (int64_t k = 0; k < l->n; k++)
        for (int64_t i = 0; i < l->lanes; i++)
            l->data[k * l->stride + i] *= gain;
    start_causal(l);
    recur(l->data, l->n, l->stride, l->lanes, POLE);
}

/* All lines of a box of samples, along z, then y, then x as SciPy does. */
static void prefilter(double *data, const int64_t n[3])
{
    for (int64_t j = 0; j < n[1]; j++)
        filter_line(&(struct line){data + j * n[0], n[2], n[0] * n[1], n[0]});
    for (int64_t k = 0; k < n[2]; k++)
        filter_line(&(struct line){data + k * n[0] * n[1], n[1], n[0], n[0]});
    for (int64_t r = 0; r < n[1] * n[2]; r++)
        filter_line(&(struct line){data + r * n[0], n[0], 1, 1});
}

static int64_t mirrored(int64_t i, int64_t n)
{
    if (n == 1)
        return 0;
    int64_t period = 2 * (n - 1), m = (i % period + period) % period;
    return m < n ? m : period - m;
}

/* out->coefficient from the filtered box `from` of the image. */
static void place(const double *filtered, const struct box *from, struct spline *out)
{
    double *to = out->coefficient;
    for (int64_t k = 0; k < out->size[2]; k++)
        for (int64_t j = 0; j < out->size[1]; j++) {
            int64_t z = mirrored(out->lo[2] + k, out->image[2]) - from->lo[2];
            int64_t y = mirrored(out->lo[1] + j, out->image[1]) - from->lo[1];
            const double *row = filtered + (z * from->size[1] + y) * from->size[0];
            for (int64_t i = 0; i < out->size[0]; i++)
                *to++ = row[mirrored(out->lo[0] + i, out->image[0]) - from->lo[0]];
        }
}

bool spline_create(const struct volume *image, const struct box *b, int64_t reach,
                   struct spline *out, struct err *e)
{
    struct box from = *b;
    size_t samples = 1;
    *out = (struct spline){0};
    for (int a = 0; a < 3; a++) {
        int64_t n = out->image[a] = image->grid.size[a];
        out->lo[a] = b->lo[a] - reach - 2;
        out->size[a] = b->size[a] + 2 * reach + 5;
        samples *= (size_t)out->size[a];
        from = box_grown(&from, a, reach + 2 + SPLINE_REACH, n);
    }
    double *filtered = mem_big((size_t)box_voxels(&from), sizeof *filtered, e);
    out->coefficient = filtered ? mem_big(samples, sizeof *out->coefficient, e) : NULL;
    if (out->coefficient) {
        volume_read_box(image, &from, filtered);
        prefilter(filtered, from.size);
        place(filtered, &from, out);
    }
    mem_big_free(filtered);
    return out->coefficient != NULL;
}

void spline_free(struct spline *s)
{
    mem_big_free(s->coefficient);
    s->coefficient = NULL;
}

/* Weights of the taps -1 .. 2 around a position at x in [0, 1). */
static void weights_at(double x, double w[4])
{
    double z = 1 - x;
    w[1] = (x * x * (x - 2) * 3 + 4) / 6;
    w[2] = (z * z * (z - 2) * 3 + 4) / 6;
    w[0] = z * z * z / 6;
    w[3] = 1 - w[0] - w[1] - w[2];
}

void spline_axis_at(const struct spline *s, int axis, double offset, int64_t lo, int64_t n,
                    int64_t reach, struct spline_axis *out)
{
    double whole = floor(offset);
    out->n = n;
    bool near = fabs(offset) <= (double)reach;
    out->base = near ? (int64_t)whole - 1 : 0;
    for (int64_t i = 0; i < n; i++) {
        double voxel = (double)(lo + i), at = voxel + offset, part = at - (voxel + whole);
        double w[4];
        out->inside[i] = near && at >= 0 && at <= (double)(s->image[axis] - 1);
        if (part < 1) {
            weights_at(part, w);
        } else { /* the sum was rounded up to the next voxel */
            weights_at(0, w);
            memmove(w + 1, w, 3 * sizeof *w);
            w[0] = 0;
        }
        for (int64_t t = 0; t < 4; t++)
            out->weight[t * n + i] = w[t];
    }
}

/* sum[i] += the four taps of one row of coefficients, which first take the weights of z and y;
 * weights of tap t at wx[t * step]. */
SIMD_CLONES_512
static void add_taps(const double *restrict c, double wz, double wy, const double *restrict wx,
                     int64_t step, int64_t n, double *restrict scaled, double *restrict sum)
{
    for (int64_t i = 0; i < n + 3; i++)
        scaled[i] = c[i] * wz * wy;
    const double *w0 = wx, *w1 = wx + step, *w2 = w1 + step, *w3 = w2 + step;
    for (int64_t i = 0; i < n; i++)
        sum[i] = (((sum[i] + scaled[i] * w0[i]) + scaled[i + 1] * w1[i]) + scaled[i + 2] * w2[i]) +
                 scaled[i + 3] * w3[i];
}

void spline_row(const struct spline *s, const struct spline_axis at[3], const int64_t voxel[3],
                const int64_t first[3], int64_t n, double *scratch, double *out)
{
    memset(out, 0, (size_t)n * sizeof *out);
    if (!at[1].inside[first[1]] || !at[2].inside[first[2]])
        return;
    int64_t x = voxel[0] + at[0].base - s->lo[0];
    int64_t y = voxel[1] + at[1].base - s->lo[1], z = voxel[2] + at[2].base - s->lo[2];
    for (int64_t tz = 0; tz < 4; tz++)
        for (int64_t ty = 0; ty < 4; ty++)
            add_taps(s->coefficient + ((z + tz) * s->size[1] + y + ty) * s->size[0] + x,
                     at[2].weight[tz * at[2].n + first[2]], at[1].weight[ty * at[1].n + first[1]],
                     at[0].weight + first[0], at[0].n, n, scratch, out);
    for (int64_t i = 0; i < n; i++)
        if (!at[0].inside[first[0] + i])
            out[i] = 0;
}
