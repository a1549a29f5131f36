/* The maps of a class while they are made: values of the ROI's voxels only. Each becomes a volume
 * when it is handed over, one after the other in the same memory. */
#ifndef RADMILL_ENGINE_VOXEL_MAPS_H
#define RADMILL_ENGINE_VOXEL_MAPS_H

#include "engine/voxel/voxel.h"

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

/* Hands the maps to the sink as volumes on the grid of the response; code: of the aggregation. */
bool class_maps_deliver(const struct class_maps *m, const struct response *response,
                        const char *code, const struct voxel_sink *sink, struct err *e);

#endif
