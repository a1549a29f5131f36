/* Masks from one grid to another. */
#ifndef RADMILL_VOL_REGRID_H
#define RADMILL_VOL_REGRID_H

#include "base/err.h"
#include "vol/grid.h"

#include <stdbool.h>
#include <stdint.h>

#define REGRID_SAME 1e-3 /* voxels: corners that agree this well are the same corners */

/* Where the voxels of one grid lie in another that has the same ones in another order:
 * index `from`[axis[a]] = flip[a] ? from.size[axis[a]] - 1 - to[a] : to[a]. */
struct regrid_map {
    int axis[3];
    bool flip[3];
};

/* true when the grids hold the same voxels up to flips and permutations of axes (identity
 * included): every corner of one is a corner of the other within REGRID_SAME. */
bool regrid_find(const struct grid *from, const struct grid *to, struct regrid_map *map);

bool regrid_is_identity(const struct regrid_map *map);

/* Puts a box of voxels of `from` where they lie in `to`.
 * in       box_voxels(box) bytes, x fastest in `from`
 * out      grid_voxels(to) bytes, x fastest; those outside the box keep what they have
 * touched  out: the box in `to` */
void regrid_paste(const struct regrid_map *map, const struct grid *from, const struct box *box,
                  const uint8_t *in, const struct grid *to, uint8_t *out, struct box *touched);

/* Which voxel is nearest to a centre that lies half-way between two. */
enum regrid_tie {
    REGRID_TIE_LOWER, /* the one of lower index: for masks from clinics */
    REGRID_TIE_UPPER, /* the one of higher index, as in ITK and pyradiomics */
};

/* Nearest neighbour: each voxel of `to` takes the voxel of `from` whose cell holds its centre, or 0
 * outside. Only `box` of `to` is looked at; others keep what they have. ERR_REFUSED when a grid is
 * singular. (Where ITK's last bit decides: resample_mask in engine/preprocess.) */
bool regrid_nearest(const struct grid *from, const uint8_t *in, const struct grid *to,
                    const struct box *box, enum regrid_tie tie, uint8_t *out, struct err *e);

/* The voxels of `to` that nearest neighbour can reach from `from`. */
struct box regrid_reach(const struct grid *from, const struct grid *to);

/* In words, why `from` is another grid than `to`: sizes, spacings, corner. Into text. */
void regrid_explain(const struct grid *from, const struct grid *to, char *text, size_t room);

#endif
