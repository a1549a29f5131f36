#include "vol/grid.h"

#include <math.h>
#include <string.h>

struct grid grid_unit(void)
{
    return (struct grid){.dims = 3,
                         .size = {1, 1, 1},
                         .spacing_mm = {1, 1, 1},
                         .direction = {1, 0, 0, 0, 1, 0, 0, 0, 1}};
}

static bool check_sizes(const struct grid *g, struct err *e)
{
    int64_t voxels = 1;
    if (g->dims != 2 && g->dims != 3)
        return err_set(e, ERR_REFUSED, "it has %d axes, not two or three", g->dims);
    for (int a = 0; a < 3; a++) {
        if (g->size[a] < 1 || g->size[a] > INT32_MAX)
            return err_set(e, ERR_REFUSED, "%lld voxels along axis %d", (long long)g->size[a],
                           a + 1);
        if (__builtin_mul_overflow(voxels, g->size[a], &voxels) || voxels > INT64_MAX / 8)
            return err_set(e, ERR_REFUSED, "more voxels than can be counted");
    }
    return true;
}

static bool check_lengths(const struct grid *g, struct err *e)
{
    for (int a = 0; a < 3; a++) {
        double mm = fabs(g->spacing_mm[a]);
        if (!(mm >= GRID_LEAST_MM && mm <= GRID_MOST_MM))
            return err_set(e, ERR_REFUSED, "a voxel spacing of %g mm along axis %d",
                           g->spacing_mm[a], a + 1);
        if (!(fabs(g->origin_mm[a]) <= GRID_FARTHEST_MM))
            return err_set(e, ERR_REFUSED, "an origin of %g mm along axis %d", g->origin_mm[a],
                           a + 1);
    }
    return true;
}

/* Columns need not have length 1 (MetaImage), so independence is judged apart from it. */
static bool check_axes(const struct grid *g, struct err *e)
{
    const double *d = g->direction, least = 1e-6, longest = 1e6;
    double lengths = 1;
    for (int c = 0; c < 3; c++) {
        double norm = sqrt(d[c] * d[c] + d[3 + c] * d[3 + c] + d[6 + c] * d[6 + c]);
        if (!(norm >= 1 / longest && norm <= longest))
            return err_set(e, ERR_REFUSED,
                           "the direction matrix is singular: axis %d has length %g", c + 1, norm);
        lengths *= norm;
    }
    double det = d[0] * (d[4] * d[8] - d[5] * d[7]) - d[1] * (d[3] * d[8] - d[5] * d[6]) +
                 d[2] * (d[3] * d[7] - d[4] * d[6]);
    return fabs(det) >= least * lengths ||
           err_set(e, ERR_REFUSED, "the direction matrix is singular (determinant %g)", det);
}

bool grid_settle(struct grid *g, struct err *e)
{
    if (!check_sizes(g, e) || !check_lengths(g, e) || !check_axes(g, e))
        return false;
    for (int a = 0; a < 3; a++) {
        if (g->spacing_mm[a] > 0)
            continue;
        g->spacing_mm[a] = -g->spacing_mm[a];
        for (int r = 0; r < 3; r++)
            g->direction[3 * r + a] = 0 - g->direction[3 * r + a];
    }
    return true;
}

int64_t grid_voxels(const struct grid *g)
{
    return g->size[0] * g->size[1] * g->size[2];
}

int64_t box_voxels(const struct box *b)
{
    return b->size[0] * b->size[1] * b->size[2];
}

void grid_to_patient(const struct grid *g, const double index[3], double point_mm[3])
{
    for (int r = 0; r < 3; r++) {
        point_mm[r] = g->origin_mm[r];
        for (int c = 0; c < 3; c++)
            point_mm[r] += g->direction[3 * r + c] * g->spacing_mm[c] * index[c];
    }
}

/* D * diag(spacing) by its cofactors and its determinant. */
static bool cofactors(const struct grid *g, double cof[9], double *det)
{
    double m[9];
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++)
            m[3 * r + c] = g->direction[3 * r + c] * g->spacing_mm[c];
    const double made[9] = {
        m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
        m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
        m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]};
    memcpy(cof, made, sizeof made);
    *det = m[0] * cof[0] + m[1] * cof[3] + m[2] * cof[6];
    return *det != 0 && isfinite(*det);
}

bool grid_to_index(const struct grid *g, const double point_mm[3], double index[3])
{
    double cof[9], det, d[3];
    if (!cofactors(g, cof, &det))
        return false;
    for (int r = 0; r < 3; r++)
        d[r] = point_mm[r] - g->origin_mm[r];
    for (int r = 0; r < 3; r++)
        index[r] = (cof[3 * r] * d[0] + cof[3 * r + 1] * d[1] + cof[3 * r + 2] * d[2]) / det;
    return true;
}

bool grid_inverse(const struct grid *g, double inverse[9])
{
    double cof[9], det;
    if (!cofactors(g, cof, &det))
        return false;
    for (int i = 0; i < 9; i++)
        inverse[i] = cof[i] / det;
    return true;
}

void box_join(struct box *into, const struct box *other)
{
    if (box_voxels(other) == 0)
        return;
    if (box_voxels(into) == 0) {
        *into = *other;
        return;
    }
    for (int a = 0; a < 3; a++) {
        int64_t end = into->lo[a] + into->size[a], its = other->lo[a] + other->size[a];
        into->lo[a] = other->lo[a] < into->lo[a] ? other->lo[a] : into->lo[a];
        into->size[a] = (its > end ? its : end) - into->lo[a];
    }
}

struct box box_grown(const struct box *b, int axis, int64_t by, int64_t size)
{
    struct box grown = *b;
    int64_t last = b->lo[axis] + b->size[axis] - 1;
    int64_t lo = b->lo[axis] > by ? b->lo[axis] - by : 0;
    int64_t hi = size - 1 - last > by ? last + by : size - 1;
    grown.lo[axis] = lo;
    grown.size[axis] = hi - lo + 1;
    return grown;
}

struct grid grid_crop(const struct grid *g, const struct box *b)
{
    struct grid out = *g;
    double lo[3] = {(double)b->lo[0], (double)b->lo[1], (double)b->lo[2]};
    grid_to_patient(g, lo, out.origin_mm);
    for (int a = 0; a < 3; a++)
        out.size[a] = b->size[a];
    return out;
}

bool grid_same(const struct grid *a, const struct grid *b, double tolerance)
{
    for (int i = 0; i < 3; i++)
        if (a->size[i] != b->size[i])
            return false;
    for (int corner = 0; corner < 8; corner++) {
        double at[3], point[3], back[3];
        for (int i = 0; i < 3; i++)
            at[i] = corner >> i & 1 ? (double)(b->size[i] - 1) : 0;
        grid_to_patient(b, at, point);
        if (!grid_to_index(a, point, back))
            return false;
        for (int i = 0; i < 3; i++)
            if (!(fabs(back[i] - at[i]) <= tolerance))
                return false;
    }
    return true;
}
