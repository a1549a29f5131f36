/* The interpolators of specification 3.5: one row each. Values are taken from `samples`, the part
 * of the input that an output can touch, as doubles; all are bit-identical with ITK's (the
 * Gaussians where exp and log are). */
#ifndef RADMILL_ENGINE_PREPROCESS_INTERPOLATE_H
#define RADMILL_ENGINE_PREPROCESS_INTERPOLATE_H

#include "engine/preprocess/index_map.h"
#include "engine/settings/settings.h"
#include "pool/share.h"
#include "vol/runs.h"
#include "vol/volume.h"

struct samples {
    int dims;        /* 2 or 3 axes are interpolated */
    int64_t full[3]; /* size of the whole image */
    double spacing_mm[3];
    struct box box;    /* the part in memory */
    double *value;     /* of the box, x fastest */
    struct pool *pool; /* whose threads share the planes; NULL: the caller's alone */
};

/* Voxels from..from + n - 1 of an output line, all of them inside the input. */
typedef void interpolate_fn(const struct samples *s, const struct line_map *line, int64_t from,
                            int64_t n, double *out);

struct interpolation {
    enum interpolator how;
    int reach; /* samples needed on either side of the outermost index */
    /* Turns the samples into what `line` reads (B-spline coefficients); NULL: as they are. */
    bool (*prepare)(struct samples *s, struct err *e);
    interpolate_fn *line;
    /* A faster way for a whole grid that gives the same voxels, or NULL. *done: false when it does
     * not apply. */
    bool (*whole)(const struct samples *s, const struct index_map *map, struct volume *out,
                  bool *done, struct err *e);
};

/* NULL for INTERP_NONE. */
const struct interpolation *interpolation_find(enum interpolator how);

/* Rows that have a file of their own. */
extern const struct interpolation interpolation_bspline;  /* bspline.c */
extern const struct interpolation interpolation_sinc[5];  /* sinc.c */
extern const struct interpolation interpolation_gauss[2]; /* gauss.c */

/* Distance in s->value between neighbours along an axis. */
static inline int64_t samples_stride(const struct samples *s, int axis)
{
    return axis == 0 ? 1 : axis == 1 ? s->box.size[0] : s->box.size[0] * s->box.size[1];
}

/* Offset in s->value of sample i of an axis (index of the whole image), times the axis' stride. */
static inline int64_t samples_offset(const struct samples *s, int axis, int64_t i)
{
    return (i - s->box.lo[axis]) * samples_stride(s, axis);
}

/* Does voxel i of a line lie inside an image of this size? Half open, as ITK has it. */
bool line_map_inside(const struct line_map *line, int64_t i, const int64_t size[3], int dims);

/* The voxels of a line of n that lie inside the image: they are consecutive. */
struct run samples_inside(const struct samples *s, const struct line_map *line, int64_t n);

#endif
