/* One recursive filter over all lines of a box, along one axis. Private to the Laplacian of
 * Gaussian. */
#ifndef RADMILL_ENGINE_FILTERS_LINE_PASSES_H
#define RADMILL_ENGINE_FILTERS_LINE_PASSES_H

#include "base/err.h"
#include "engine/filters/recursive_gaussian.h"
#include "vol/volume.h"

/* Float32 voxels of a box, x fastest; data NULL stands for the image itself. */
struct block {
    struct box box;
    float *data;
};

/* One filter of a pass: its results as they are (weight 0), or times a weight. */
struct term {
    struct recursive_gaussian kernel;
    const struct block *from;
    double weight;
};

/* Where a term goes as it is; or `sum` with the terms added one by one, each sum rounded to
 * float32.
 */
struct sink {
    struct box box;
    float *data;           /* of that box; or NULL: value */
    double *value;         /* of that box */
    const float *sum;      /* of that box, may be data; NULL: zero */
    const uint8_t *wanted; /* 1 for lines that matter, along y or z, x fastest; NULL: all */
};

/* Lines at work. */
struct line_work {
    const struct volume *image;
    double *wide, *y, *w; /* wide: with room around a line */
    float *in, *out, *sum;
};

/* For lines of at most `longest` samples. ERR_FAILED: memory. Closed also after an error. */
bool line_work_open(struct line_work *w, const struct volume *image, int64_t longest,
                    struct err *e);
void line_work_close(struct line_work *w);

/* Filters the lines of a box (at least 4 samples long) along `axis` by n terms, each from a block
 * that holds the box. to->box holds the box, but for the ends of the lines: of these it takes a
 * part. */
void line_pass(const struct line_work *w, int axis, const struct box *lines,
               const struct term *terms, int n, const struct sink *to);

#endif
