/* From the loaded case to one image and its masks on one grid: the steps of a profile, in its order
 * (pyradiomics: specification 2.1, steps 4 to 8). */
#ifndef RADMILL_ENGINE_PREPROCESS_PREPROCESS_H
#define RADMILL_ENGINE_PREPROCESS_PREPROCESS_H

#include "engine/load/rcase.h"
#include "engine/load/snapshot.h"
#include "engine/preprocess/roi_view.h"
#include "engine/settings/settings.h"

/* What later stages read around the ROI, for a step that makes a new image: voxels[3] of a grid,
 * by axis; INT64_MAX: the whole axis. */
struct surroundings {
    void (*voxels)(const void *of, const struct grid *g, int64_t voxels[3]);
    const void *of;
};

/* A case on its way; steps change it in place. */
struct preparation {
    struct rcase *c;
    const struct settings *s;
    struct snapshots *log; /* NULL: no snapshots */
    const struct preprocess_rules *rules;
    const struct surroundings *around;
    bool image_changed; /* no longer the image that was loaded */

    /* A step that made only a part of a new image: the grid of the whole, and where the part lies.
     * Snapshots tell of the whole. */
    bool is_part;
    struct grid whole;
    int64_t part_lo[3];
};

typedef bool preprocess_step(struct preparation *p, struct err *e);

/* What a profile decides about preprocessing. */
struct preprocess_rules {
    preprocess_step *const *step; /* in order, ends with NULL */

    /* The grid to resample onto; *same: the image has it already. */
    bool (*grid)(const struct grid *image, const struct label_mask *mask,
                 const struct resample_settings *s, struct grid *out, bool *same, struct err *e);
    /* The mask on that grid. */
    bool (*mask)(const struct label_mask *in, const struct grid *to, struct label_mask *out,
                 struct err *e);
};

/* Steps. Each does nothing where the settings do not ask for it. */
preprocess_step step_normalise;
preprocess_step step_resample;       /* by the rules' grid and mask */
preprocess_step step_pre_crop;       /* to the mask's box, where nothing is resampled */
preprocess_step step_check;          /* the mask check */
preprocess_step step_resegment;      /* of the intensity mask; resegmentShape: of both */
preprocess_step step_cut_morphology; /* to the box of the intensity mask, as pyradiomics does */
preprocess_step
    step_centre; /* IBSI 2.4 to 2.6: interpolates both masks and, around them, the image */
preprocess_step step_keep; /* IBSI 2.7: re-segments the intensity mask */

/* Runs the steps. The case is changed in place and must outlive *out, which borrows from it. log
 * NULL: no snapshots. ERR_REFUSED wherever the rules refuse the case. */
bool preprocess(struct rcase *c, const struct preprocess_rules *rules, const struct settings *s,
                const struct surroundings *around, struct snapshots *log, struct roi_view *out,
                struct err *e);

#endif
