/* One plane of an image after another, filtered along x by every kernel that a term of a separable
 * filter of one level has there, and along y by every pair of kernels: what passes along z add
 * up. */
#ifndef RADMILL_ENGINE_RESPONSES_SEPARABLE_PLANE_H
#define RADMILL_ENGINE_RESPONSES_SEPARABLE_PLANE_H

#include "engine/responses/separable.h"

struct separable_plane {
    const struct separable *filter;
    const struct source *source;
    struct border border;
    struct box reach, wanted; /* voxels of the image that are read, and of the response */
    int64_t beyond;           /* voxels that any kernel reaches */

    int n_x, n_pairs;
    int x[SEPARABLE_KERNELS]; /* the kernels along x */
    struct {
        int x, y; /* kernels along x (its place among `x`) and y */
    } pair[SEPARABLE_TERMS];
    int pair_of[SEPARABLE_TERMS]; /* of each term */

    struct border_line x_line, y_line; /* the voxels from wanted.lo - beyond on */
    double *plane;                     /* of the image, on reach */
    bool finite;                       /* so was every plane up to now */
    bool inside;                       /* no kernel reaches beyond the image along x */
    double *line;                      /* else: a line of `plane` with what lies beyond its ends */
    struct tap *tap;                   /* of the kernels along x, one after the other: on the first
                                          line of `plane`, or on `line` */
    int n_taps[SEPARABLE_KERNELS];
    double *along;       /* [n_x] planes: wanted along x, reach along y */
    double *zeros;       /* a plane, where what lies beyond the image is 0; else NULL */
    const double **read; /* lines that a pass along y reads */
};

/* For the columns and lines of `wanted`, a box inside the image. ERR_FAILED: no memory. Release
 * with separable_plane_close (zeroed is fine). */
bool separable_plane_open(struct separable_plane *p, const struct separable *filter,
                          const struct source *source, const struct box *wanted, struct err *e);
void separable_plane_close(struct separable_plane *p);

/* How many voxels a plane of the response has. */
int64_t separable_plane_voxels(const struct separable_plane *p);

/* Plane z of the image, filtered: out[n_pairs][voxels], x fastest. */
void separable_plane_filter(struct separable_plane *p, int64_t z, double *out);

#endif
