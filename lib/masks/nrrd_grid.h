/* The grid of an NRRD by its text header: a plan needs to know where a file lies without reading
 * its voxels. */
#ifndef RADMILL_MASKS_NRRD_GRID_H
#define RADMILL_MASKS_NRRD_GRID_H

#include "base/err.h"
#include "vol/grid.h"

/* header as label_nrrd_header gives it (masks/label_names.h). Three axes of space, beside at most
 * one other (kind "list" or "vector": 3D Slicer's layers); space left-posterior-superior,
 * right-anterior-superior or left-anterior-superior, in words or letters. ERR_REFUSED: anything
 * else, or numbers that make no grid. Source: https://teem.sourceforge.net/nrrd/format.html */
bool nrrd_grid(const char *header, struct grid *g, struct err *e);

/* Whether the header says that the voxels lie in another file ("data file"). */
bool nrrd_is_detached(const char *header);

#endif
