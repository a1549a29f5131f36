/* The contours of one region to the voxels of a grid, on any orientation.
 *
 *   contours in patient space -> index space of the grid -> planes by position along the slice
 *   normal -> one plane for each slice -> even-odd raster (contour/raster.h) -> mask
 *
 * - The slice normal is the index axis along which the contours are flat; the third axis unless
 *   the grid was permuted after the contours were drawn.
 * - Contours whose positions agree within FILL_SAME_PLANE of a slice spacing are one plane. A plane
 *   belongs to the slice that it is nearest to (halfway: the lower one); of several planes at one
 * slice only the nearest is used (equally near: the lower one), and the others are reported.
 * - Positions more than half a spacing outside the grid are reported, not filled. So are contours
 *   that are not flat along the normal, open ones, points, those of fewer than three points, and
 *   those with coordinates that are no numbers. Nothing is interpolated: gaps are reported.
 * The SOP instances that contours refer to are ignored on purpose: they are often wrong or of
 * another series, while the positions are where the contours were drawn. */
#ifndef RADMILL_CONTOUR_FILL_H
#define RADMILL_CONTOUR_FILL_H

#include "base/err.h"
#include "base/str.h"
#include "vol/contour.h"
#include "vol/grid.h"

#include <stddef.h>
#include <stdint.h>

#define FILL_SAME_PLANE 0.02 /* of a slice spacing */
#define FILL_HALFWAY    1e-3 /* a position this close to halfway counts as halfway */
#define FILL_FLAT       0.5  /* slice spacings between a contour's lowest and highest point */

struct fill_report {
    size_t contours;    /* in all */
    size_t filled;      /* of those */
    size_t points;      /* POINT: never filled */
    size_t open;        /* OPEN_*: never filled */
    size_t unreadable;  /* coordinates that are not numbers or not triples, or an unknown type */
    size_t short_ones;  /* closed, but fewer than three distinct points */
    size_t not_flat;    /* not parallel to the slices */
    size_t outside;     /* more than half a spacing off the outermost slices */
    size_t miscounted;  /* filled, although the file states another number of points */
    size_t trailed;     /* an empty value behind the last coordinate was dropped */
    size_t repeated;    /* exact duplicates, counted once */
    size_t crowded;     /* contours of planes that were not used because another plane is nearer to
                           their slice */
    size_t off_centre;  /* filled contours more than a tenth of a spacing off their slice */
    double farthest;    /* largest distance of a filled plane from its slice, in spacings */
    int64_t gap_slices; /* slices without a contour between the first and the last that have one */
    int64_t first_gap;  /* the first such slice; meaningless without gaps */
    int axis;           /* index axis along the slice normal: 0, 1 or 2 */
};

/* Sets the voxels inside to 1; the others are left alone.
 * mask     grid_voxels(g) bytes, x fastest
 * touched  out: a box that holds every voxel that was set (empty: size 0)
 * report   out: what was filled, what was not and why
 * Error: out of memory; ERR_REFUSED when the grid is singular. */
bool fill_contours(const struct contour *contour, size_t n, const struct grid *g, uint8_t *mask,
                   struct box *touched, struct fill_report *report, struct err *e);

/* The report in words, one note per finding; none when there was nothing unusual. */
void fill_notes(const struct fill_report *report, struct str_list *notes);

#endif
