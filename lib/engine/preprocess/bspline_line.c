#include "engine/preprocess/bspline.h"

#include "base/simd.h"

/* Mirrors without repeating the edge. Where mirroring once is not enough (two samples, last tap),
 * ITK reads memory outside the line; here mirroring continues. */
static int64_t mirror(int64_t i, int64_t n)
{
    if (n == 1)
        return 0;
    while (i < 0 || i > n - 1)
        i = i < 0 ? -i : 2 * (n - 1) - i;
    return i;
}

/* floorf without a function call on processors that have no instruction for it. */
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
SIMD_PART void add_taps(quad p[QUAD], quad *sum)
{
    SIMD_TRANSPOSE(quad, p);
    for (int t = 0; t < TAPS; t++)
        *sum += p[t];
}

/* The 64 products of eight voxels in ITK's order: ((wx * wy) * wz) * coefficient, x fastest. */
SIMD_CLONES_512 static void sum_products(const double *value, const struct voxel_taps t[SIMD_LANES],
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

void bspline_line(const struct samples *s, const struct line_map *line, int64_t from, int64_t n,
                  double *out)
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
