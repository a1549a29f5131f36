/* Grey levels of the ROI, from bin edges (specification 4). Level = number of edges <= value. */
#ifndef RADMILL_ENGINE_DISCRETISE_LEVELS_H
#define RADMILL_ENGINE_DISCRETISE_LEVELS_H

#include "engine/discretise/edges.h"
#include "engine/filters/response.h"
#include "engine/settings/settings.h"

struct levels {
    int64_t size[3]; /* box of the response, x fastest */
    double spacing_mm[3];
    const uint8_t *mask; /* as in the response */
    int64_t n_voxels;
    /* 1..n_levels, of the voxels inside the ROI, in array order: two bytes each, or four where
     * there are more than 65535 levels; the other one is NULL */
    uint16_t *level;
    uint32_t *wide;
    int32_t n_levels;  /* Ng: the largest level that occurs */
    int32_t n_present; /* distinct levels that occur */
    int64_t *count;    /* voxels per level, [n_levels + 1], index 0 unused */
    struct edges edges;
};

static inline uint32_t levels_at(const struct levels *l, int64_t voxel)
{
    return l->wide ? l->wide[voxel] : l->level[voxel];
}

/* Bins r by the settings (bin_count if set, else bin_width). Errors: ERR_REFUSED where pyradiomics
 * aborts the case (infinite values, NaN first) and for more than 2^30 levels; ERR_FAILED without
 * memory. Release with levels_free. */
bool levels_create(const struct response *r, const struct discretise_settings *s,
                   struct levels *out, struct err *e);
void levels_free(struct levels *l);

/* The levels of IBSI 2.8 in place of those: by s->rule. A level is floor((value - lowest) / width)
 * + 1, or of bin_count bins from the ROI's minimum to its maximum, which falls into the last one.
 * ERR_REFUSED: values that are no grey levels (DISCRETISE_AS_IS), values below `lowest`, infinite
 * values or NaN, more than 2^30 levels. out->edges is not set. */
bool levels_by_rule(const struct response *r, const struct discretise_settings *s,
                    struct levels *out, struct err *e);

#endif
