/* Grey levels of the ROI, from bin edges (specification 4). Level = number of edges <= value. */
#ifndef RADMILL_ENGINE_DISCRETISE_LEVELS_H
#define RADMILL_ENGINE_DISCRETISE_LEVELS_H

#include "engine/filters/response.h"
#include "engine/settings/settings.h"

struct levels {
    int64_t size[3]; /* box of the response, x fastest */
    double spacing_mm[3];
    const uint8_t *mask; /* as in the response */
    int64_t n_voxels;
    uint16_t *level;   /* 1..n_levels, of the voxels inside the ROI, in array order */
    int32_t n_levels;  /* Ng: the largest level that occurs */
    int32_t n_present; /* distinct levels that occur */
    int64_t *count;    /* voxels per level, [n_levels + 1], index 0 unused */
    int64_t n_edges;
    double *edge; /* n_edges ascending bin edges */
};

/* Bins r by the settings (bin_count if set, else bin_width). Errors: ERR_REFUSED where pyradiomics
 * aborts the case (infinite values, NaN first), and where more than 65535 levels would be needed
 * (the specification's engines cannot hold such matrices either). Release with levels_free. */
bool levels_create(const struct response *r, const struct discretise_settings *s,
                   struct levels *out, struct err *e);
void levels_free(struct levels *l);

#endif
