/* The one geometry of radmill: LPS millimetres, x fastest.
 *
 * A voxel index (i, j, k), continuous or not, lies at  origin + D * diag(spacing) * (i, j, k);
 * column c of D (direction[3*r + c]) is the unit vector of index axis c in patient space. Index
 * (0, 0, 0) is the CENTRE of the first voxel. Invariants (grid_settle): size >= 1, spacing > 0 and
 * finite, D invertible. NIfTI's RAS is a matter of the file (io/nii.h). */
#ifndef RADMILL_VOL_GRID_H
#define RADMILL_VOL_GRID_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct grid {
    int dims; /* 3, or 2 for a flat image: then size[2] = 1, spacing_mm[2] = 1, D's third axis = z
               */
    int64_t size[3];
    double spacing_mm[3];
    double origin_mm[3];
    double direction[9]; /* row-major */
};

/* A box of voxels, lower corner and size; empty when a size is 0. */
struct box {
    int64_t lo[3];
    int64_t size[3];
};

/* size 1, spacing 1, origin 0, identity. */
struct grid grid_unit(void);

/* Checks and normalises a grid. Every reader calls it before voxels are allocated, and the engine's
 * entry (engine/load) calls it again, so that everything else may rely on the invariants. A
 * negative spacing becomes positive and its axis is reversed, as in ITK 5.4. ERR_REFUSED, and the
 * message says what was found: dims other than 2 or 3; a size below 1, beyond 2^31 - 1, or so many
 * voxels that 8 bytes for each cannot be counted; a spacing that is 0, no number, or not between
 * GRID_LEAST_MM and GRID_MOST_MM; an origin that is no number or farther than GRID_FARTHEST_MM;
 * axes that are singular. A file is named by the caller. */
#define GRID_LEAST_MM    1e-9
#define GRID_MOST_MM     1e9
#define GRID_FARTHEST_MM 1e12
bool grid_settle(struct grid *g, struct err *e);

int64_t grid_voxels(const struct grid *g);
int64_t box_voxels(const struct box *b);

/* Index (continuous) to LPS millimetres. */
void grid_to_patient(const struct grid *g, const double index[3], double point_mm[3]);

/* LPS millimetres to continuous index, by the inverse of D * diag(spacing) (cofactors). false when
 * the matrix is singular. Not bit-identical with ITK's inverse: see engine/preprocess for that one.
 */
bool grid_to_index(const struct grid *g, const double point_mm[3], double index[3]);

/* The matrix of grid_to_index, row-major: index = inverse * (point - origin). For many points. */
bool grid_inverse(const struct grid *g, double inverse[9]);

/* Grows a box until it holds another; an empty box holds nothing. */
void box_join(struct box *into, const struct box *other);

/* b grown by `by` voxels at both ends of one axis, cut at an image of `size` voxels. */
struct box box_grown(const struct box *b, int axis, int64_t by, int64_t size);

/* The grid of a box of g: same axes, origin moved to the box' first voxel. */
struct grid grid_crop(const struct grid *g, const struct box *b);

/* Same size, and every corner voxel agrees within `tolerance` voxel (usually REGRID_SAME). */
bool grid_same(const struct grid *a, const struct grid *b, double tolerance);

#endif
