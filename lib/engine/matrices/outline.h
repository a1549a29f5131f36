/* Where the ROI is: its runs of voxels line by line, and its tight box. */
#ifndef RADMILL_ENGINE_MATRICES_OUTLINE_H
#define RADMILL_ENGINE_MATRICES_OUTLINE_H

#include "base/err.h"
#include "vol/grid.h"
#include "vol/runs.h"

struct outline {
    int64_t size[3]; /* of the box that was searched */
    struct box tight;
    int64_t n_voxels;
    int64_t n_runs;
    struct run *run; /* indices into that box; no run goes beyond its line */
};

/* mask    of a box of `size` voxels, x fastest: 1 inside the ROI, 0 outside
 * Errors: ERR_REFUSED when the ROI is empty. Release with outline_free. */
bool outline_create(const uint8_t *mask, const int64_t size[3], struct outline *out, struct err *e);
void outline_free(struct outline *o);

#endif
