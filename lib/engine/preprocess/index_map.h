/* From the voxels of one grid to continuous indices of another, line by line, in ITK's order of
 * operations (specification 3.4). */
#ifndef RADMILL_ENGINE_PREPROCESS_INDEX_MAP_H
#define RADMILL_ENGINE_PREPROCESS_INDEX_MAP_H

#include "vol/grid.h"

#include "base/err.h"

/* A grid's two matrices: index to patient M = D * diag(spacing), and its inverse. */
struct frame {
    double origin_mm[3];
    double to_patient[3][3], to_index[3][3];
};

struct index_map {
    struct frame from, to;
    int64_t line; /* voxels of a line of `from` */
};

/* A line of voxels (0..n-1, j, k): its continuous indices lie evenly between two ends. */
struct line_map {
    double first[3], step[3]; /* index at voxel 0, and from there to voxel n */
    double n;
};

/* ERR_REFUSED: directions that are not independent. */
bool frame_create(struct frame *f, const struct grid *g, struct err *e);
void frame_to_patient(const struct frame *f, const double index[3], double point_mm[3]);
void frame_to_index(const struct frame *f, const double point_mm[3], double index[3]);

bool index_map_create(struct index_map *m, const struct grid *from, const struct grid *to,
                      struct err *e);
struct line_map index_map_line(const struct index_map *m, int64_t j, int64_t k);

/* Voxel i of the line. */
static inline double line_map_at(const struct line_map *l, int64_t i, int axis)
{
    return l->first[axis] + ((double)i / l->n) * l->step[axis];
}

/* The voxels of grid `to` that a box of grid `from` may touch: the box's corners, half a voxel out,
 * with one voxel to spare, clipped to `to`. */
struct box index_map_box(const struct grid *from, const struct box *b, const struct grid *to);

#endif
