/* The maps of a class while they are made: values of the ROI's voxels only. Each becomes a volume
 * when it is handed over, one after the other in the same memory of each thread. */
#ifndef RADMILL_ENGINE_VOXEL_MAPS_H
#define RADMILL_ENGINE_VOXEL_MAPS_H

#include "engine/voxel/voxel.h"
#include "pool/share.h"

struct class_maps {
    const struct class_request *request; /* borrowed */
    const int64_t *roi;                  /* [n_voxels] borrowed: index of each in the grid */
    int64_t n_voxels;
    double init_value; /* of all other voxels */
    double *value;     /* [request->n * n_voxels], map by map; init_value at first */
};

/* Takes the borrowed members from m. Errors: ERR_FAILED without memory. Release with
 * class_maps_close. */
bool class_maps_open(struct class_maps *m, struct err *e);
void class_maps_close(struct class_maps *m);

/* Hands the maps to the sink as volumes on the grid of the response. The error is that of the first
 * map that fails. */
struct delivery {
    const struct response *response;
    const char *code; /* of the aggregation */
    const struct voxel_sink *sink;
    int64_t first; /* number of the first map */
    struct pool *pool;
};
bool class_maps_deliver(const struct class_maps *m, const struct delivery *to, struct err *e);

#endif
