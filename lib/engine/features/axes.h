/* Principal axes of a set of voxel centres (specification 6.8; IBSI 3.1.11 to 3.1.13). */
#ifndef RADMILL_ENGINE_FEATURES_AXES_H
#define RADMILL_ENGINE_FEATURES_AXES_H

#include <stdint.h>

struct axes {
    int64_t n_voxels;
    double eigenvalue_mm2[3]; /* of the covariance (divided by n), ascending */
};

/* mask as in mesh.h, at least one voxel set. Coordinates are summed in exact integers. */
struct axes axes_measure(const uint8_t *mask, const int64_t size[3], const double spacing_mm[3]);

/* An eigenvalue as the features use it: slightly negative ones (round-off) count as zero, others
 * become NaN. */
double axes_root(double eigenvalue_mm2);

#endif
