/* Neighbour offsets ("angles") of the texture matrices, in pyradiomics' order (specification 6.1).
 *
 * For a set of distances: every offset whose largest component is one of the distances, smaller
 * than the box on every axis, and 0 on the flat axis. A box that is one voxel thick is 2-D by
 * itself.
 *
 * A distance that is listed k times adds to the NUMBER of offsets k times; the list of distinct
 * offsets is then gone through from the start again until the number is reached. So [1, 1] makes
 * DIRECTIONS_HALF all 26 neighbours and DIRECTIONS_BOTH each of them twice. */
#ifndef RADMILL_ENGINE_MATRICES_DIRECTIONS_H
#define RADMILL_ENGINE_MATRICES_DIRECTIONS_H

#include "base/err.h"

#include <stdint.h>

struct offset {
    int32_t d[3]; /* x, y, z in voxels */
};

enum directions_kind {
    DIRECTIONS_HALF, /* one of each pair a, -a: glcm, glrlm */
    DIRECTIONS_BOTH, /* all: glszm, gldm, ngtdm */
};

struct directions {
    int n;
    struct offset *offset; /* descending z, then y, then x */
    int32_t reach[3];      /* largest |component| per axis */
    uint64_t shells;       /* bit r: every offset of largest component r, once; 0 when a distance is
                            * repeated or one with offsets is beyond 63 */
};

/* Offsets for a box of `size` voxels (x, y, z).
 * distance   n_distances whole numbers > 0
 * flat_axis  0..2 (x, y, z): no offset leaves a plane across this axis (force2D); else -1
 * Errors: ERR_REFUSED when no offset exists, as pyradiomics aborts the case. Release with
 * directions_free. */
bool directions_create(const int64_t size[3], const double *distance, int n_distances,
                       int flat_axis, enum directions_kind kind, struct directions *out,
                       struct err *e);
void directions_free(struct directions *d);

#endif
