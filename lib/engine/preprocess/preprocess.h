/* From the loaded case to one image and its masks on one grid (specification 2.1, steps 4 to 8). */
#ifndef RADMILL_ENGINE_PREPROCESS_PREPROCESS_H
#define RADMILL_ENGINE_PREPROCESS_PREPROCESS_H

#include "engine/load/rcase.h"
#include "engine/load/snapshot.h"
#include "engine/preprocess/roi_view.h"

struct prepared {
    struct roi_view view; /* borrows the image and the mask of the case, and shape_in */
    uint8_t *shape_in;    /* owned: shape mask where it is not the mask, else NULL */
};

/* Normalise, resample or pre-crop, check, resegment, in this order. The case is changed in place
 * and must outlive *out. log NULL: no snapshots. ERR_REFUSED wherever pyradiomics refuses the case.
 * Release with prepared_free, also after an error. */
bool preprocess(struct rcase *c, const struct settings *s, struct snapshots *log,
                struct prepared *out, struct err *e);
void prepared_free(struct prepared *p);

#endif
