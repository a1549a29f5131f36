/* Local intensity (IBSI 3.2): means over spheres of one cubic centimetre. */
#ifndef RADMILL_ENGINE_FEATURES_INTENSITY_PEAK_H
#define RADMILL_ENGINE_FEATURES_INTENSITY_PEAK_H

#include "base/err.h"

#include <stdint.h>

struct intensity_peaks {
    double local;  /* VJGA: around the brightest voxel of the ROI; of several, the highest mean */
    double global; /* 0F91: the highest mean around any voxel of the ROI */
};

/* Radius of the sphere, mm: (3 / (4 pi))^(1/3) cm. */
#define INTENSITY_PEAK_RADIUS_MM 6.2035049089940001667

/* value  a box of the image of `size` voxels, x fastest: the ROI with everything within the radius
 *        that the image has      mask  of the same box; at least one voxel set
 * Voxels of the sphere count whether they lie in the ROI or not, when they lie in the box.
 * error  ERR_FAILED: no memory */
bool intensity_peaks_find(const double *value, const uint8_t *mask, const int64_t size[3],
                          const double spacing_mm[3], struct intensity_peaks *out, struct err *e);

#endif
