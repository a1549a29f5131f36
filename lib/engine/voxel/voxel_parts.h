/* Voxel mode's own: one response with everything that its maps are made from. For voxel*.c only. */
#ifndef RADMILL_ENGINE_VOXEL_PARTS_H
#define RADMILL_ENGINE_VOXEL_PARTS_H

#include "engine/voxel/voxel_codes.h"
#include "engine/voxel/voxel_maps.h"
#include "engine/voxel/voxel_pairs.h"
#include "engine/voxel/voxel_sample.h"
#include "pool/pool.h"

struct mapping {
    const struct params *params;
    const struct observer *observer;
    struct pool *pool;
    size_t *done, all; /* maps, for the observer */
    const struct image_settings *settings;
    const struct voxel_settings *voxel;
    const struct response *response; /* mask: the ROI */
    struct response counted;         /* the same; mask: the voxels that count in kernels */
    double *sample;                  /* of counted */
    int64_t *roi;                    /* index of every ROI voxel in the response */
    int64_t n_roi;

    /* of the class at hand; kernel, listed and pairs are those of the caller's thread */
    struct levels levels;
    struct kernel kernel;
    struct kernel_sample listed; /* the kernel's values for the classes that work on values */
    struct value_codes codes;    /* of counted, for statistics side by side; may be none */
    struct pairs pairs;          /* of glcm */
    struct aggregation aggregation;
    bool single_runs; /* it is glrlm, and all its runs are in one matrix */
    struct class_maps maps;
};

/* Fills the maps of the open class, whose request s->maps has, in the threads of the pool:
 * voxel_batches.c. */
bool measure_batches(struct mapping *s, struct err *e);

#endif
