/* Voxel mode (specification 9): every ROI voxel gets, for each feature, the value of its kernel,
 * the cube of voxels up to kernelRadius away (a square without the plane's axis under force2D), cut
 * at the ROI's box grown by that radius. Grey levels are those of the whole ROI or, without
 * maskedKernel, of the whole grown box. Shape classes are passed over. */
#ifndef RADMILL_ENGINE_VOXEL_VOXEL_H
#define RADMILL_ENGINE_VOXEL_VOXEL_H

#include "engine/load/rcase.h"
#include "engine/load/snapshot.h"
#include "engine/result/result.h"

/* Takes finished maps. column: whose a map is; map: float64 on its grid, borrowed. */
struct voxel_sink {
    void *user;
    /* The maps that will come, in output order, class by class; NULL: need not be told. */
    bool (*announce)(void *user, const struct column *column, struct err *e);
    /* number: in output order, from 0. */
    bool (*take)(void *user, int64_t number, const struct column *column, const struct volume *map,
                 struct err *e);
    bool in_threads; /* several may be handed over at a time, in any order, by any thread */
};

/* Preprocesses one loaded case, which is changed in place, and hands over its maps in output order,
 * one in one feature class at a time. log NULL: no snapshots for diagnostics. observer NULL: no
 * listener. ERR_REFUSED wherever the rules refuse the case; maps that were taken before stay with
 * the sink. */
bool voxel_measure(const struct params *p, struct rcase *c, struct snapshots *log,
                   const struct observer *observer, const struct voxel_sink *sink, struct err *e);

#endif
