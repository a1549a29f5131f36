/* Bodies around a convex hull, for the densities of IBSI 3.1: the oriented minimum bounding box
 * (3.1.21, 3.1.22) and the minimum volume enclosing ellipsoid (3.1.25, 3.1.26). */
#ifndef RADMILL_ENGINE_FEATURES_ENCLOSING_H
#define RADMILL_ENGINE_FEATURES_ENCLOSING_H

#include "engine/features/convex_hull.h"

struct enclosing {
    double volume_mm3, area_mm2;
};

/* The smallest box that has a face in the plane of one of the hull's faces, and in that plane a
 * side along an edge of the projected hull. (O'Rourke's exact box need not have such a face.)
 * ERR_FAILED: no memory */
bool enclosing_box(const struct convex_hull *h, const double spacing_mm[3], struct enclosing *out,
                   struct err *e);

/* Half the lengths of the ellipsoid's axes, within 1e-8 of the smallest ellipsoid's volume
 * (Khachiyan's method with steps away: Todd and Yildirim 2007), descending. ERR_FAILED: no memory
 */
bool enclosing_ellipsoid(const struct convex_hull *h, const double spacing_mm[3], double half_mm[3],
                         struct err *e);

/* Volume and surface of an ellipsoid of half axes a >= b >= c >= 0 as IBSI 3.1.23 and 3.1.24 define
 * them. The surface is IBSI's series, whose eccentricities are sqrt(1 - b^2/a^2) and
 * sqrt(1 - c^2/a^2); where the axes differ it is larger than the true surface (3, 2, 1: by 8 %),
 * and the published values are made of it. */
struct enclosing ellipsoid_measure(const double half_mm[3]);

#endif
