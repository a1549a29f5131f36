/* One filtered image, cropped to the ROI's box plus a margin: the product of the filter bank.
 * The first response of every case may be "original" itself, so it is no special case. */
#ifndef RADMILL_ENGINE_FILTERS_RESPONSE_H
#define RADMILL_ENGINE_FILTERS_RESPONSE_H

#include "vol/volume.h"

struct response {
    char name[128];   /* "original", "log-sigma-1-0-mm-3D", "wavelet-LLH", ... */
    int request;      /* which request of the bank it answers, from 0 */
    int index;        /* its place among the names of that request */
    struct grid grid; /* of the box below: origin moved, same axes */
    struct box box; /* in indices of roi_view.image.grid: ROI box + margin, clipped to the image */
    enum pixel_type type; /* pixel type that pyradiomics' array has here (specification 0.4) */
    const double *value;  /* box voxels, x fastest; exactly representable in `type` (64-bit ints
                           * round); NULL once gathered */
    const uint8_t *mask;  /* box voxels: 1 inside the ROI (zero in the margin) */
    bool filtered;        /* not the image as it is: its values have another meaning */
    int64_t n_voxels;     /* set bytes of mask, >= 1 */
    const double *sample; /* the n_voxels values inside the ROI, in array order; NULL before */
};

#endif
