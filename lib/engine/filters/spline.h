/* Cubic B-spline coefficients of a part of an image, and rows of interpolated values, in SciPy's
 * arithmetic: mirror at the image's border (without repeating the edge), 0 outside. */
#ifndef RADMILL_ENGINE_FILTERS_SPLINE_H
#define RADMILL_ENGINE_FILTERS_SPLINE_H

#include "vol/volume.h"

/* Voxels after which a coefficient has forgotten the image: (2 - sqrt 3)^40 is 1e-23. */
enum { SPLINE_REACH = 40 };

struct spline {
    int64_t image[3];       /* size of the image */
    int64_t lo[3], size[3]; /* image indices of the coefficients; may lie outside: mirrored there */
    double *coefficient;
};

/* Coefficients for all positions up to `reach` voxels beside the box. Release with spline_free. */
bool spline_create(const struct volume *image, const struct box *b, int64_t reach,
                   struct spline *out, struct err *e);
void spline_free(struct spline *s);

/* Where one offset leads to from the voxels lo .. lo + n - 1 of an axis: taps base .. base + 3
 * beside voxel i with weight[t * n + i], and whether the position is inside the image. */
struct spline_axis {
    int64_t base, n;
    double *weight;
    uint8_t *inside;
};

/* weight[4 * n] and inside[n] are filled; |offset| beyond the reach is outside everywhere. */
void spline_axis_at(const struct spline *s, int axis, double offset, int64_t lo, int64_t n,
                    int64_t reach, struct spline_axis *out);

/* out[i] = value at voxel (x + i, y, z), image indices, moved by the offsets behind at[3]; x, y, z
 * count from the lo of their spline_axis_at as first[3]. scratch: n + 3 doubles. */
void spline_row(const struct spline *s, const struct spline_axis at[3], const int64_t voxel[3],
                const int64_t first[3], int64_t n, double *scratch, double *out);

#endif
