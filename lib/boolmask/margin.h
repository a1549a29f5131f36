/* Margins: true Euclidean distances in millimetres on anisotropic voxels.
 *
 * A positive margin adds every voxel whose centre lies within the distance of the centre of a voxel
 * of the structure; a negative one takes away every voxel that the outside reaches so. Six
 * distances make an ellipsoid octant by octant in patient directions. Outside the image is outside
 * the structure. */
#ifndef RADMILL_BOOLMASK_MARGIN_H
#define RADMILL_BOOLMASK_MARGIN_H

#include "boolmask/region.h"

enum margin_side {
    MARGIN_ANTERIOR,
    MARGIN_POSTERIOR,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_SUPERIOR,
    MARGIN_INFERIOR,
};
enum { MARGIN_SIDES = 6 };

/* Each distance says how far the border on that side moves outwards (negative: inwards); 0 keeps
 * it. All are finite and of one sign. */
struct margin {
    double mm[MARGIN_SIDES];
};

extern const char *const margin_side_names[MARGIN_SIDES]; /* "anterior", ... */

bool margin_is_zero(const struct margin *m);

/* ERR_REFUSED: a distance is not finite, or signs are mixed. */
bool margin_check(const struct margin *m, struct err *e);

/* r = r with the margin, inside the grid.
 *
 * The body that is swept is drawn once as rows of voxels (for each step in j and k, which steps in
 * i are within reach), and every run of the structure paints its rows: the same voxels as an exact
 * distance transform and a threshold, in time that follows the structure, not its box. Within:
 * squared distance <= margin squared times (1 + 1e-6). On an oblique grid a side of 0 still allows
 * steps of less than half a voxel in that direction, as a flat disc on an oblique raster needs.
 * Error: out of memory, or as margin_check. */
bool margin_apply(struct region *r, const struct grid *g, const struct margin *m, struct err *e);

#endif
