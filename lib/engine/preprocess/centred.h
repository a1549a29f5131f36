/* Interpolation on the grid that IBSI asks for (2.4): spacings as wanted, aligned by the centres
 * of old and new image, along the image's own axes. Since the axes stay, interpolation runs along
 * one axis after another.
 *
 * Beyond the centres of the outermost voxels the image goes on as its border voxels have it: with
 * that rule the counts of the ROI in IBSI's references come out. */
#ifndef RADMILL_ENGINE_PREPROCESS_CENTRED_H
#define RADMILL_ENGINE_PREPROCESS_CENTRED_H

#include "engine/settings/settings.h"
#include "engine/signal/patch.h"
#include "vol/volume.h"

struct centred {
    struct grid from, to;
    double ratio[3]; /* new over old spacing; 1: the axis stays as it is */
};

/* spacing_mm[a] > 0: wanted along axis a; 0: as it is. */
struct centred centred_grid(const struct grid *from, const double spacing_mm[3]);

/* Where voxel k of the new grid lies on the old one's axis, in old voxels. */
double centred_position(const struct centred *c, int axis, int64_t k);

/* The image on `wanted`, a box of the new grid. The values are not rounded. Release *out with
 * patch_free. ERR_FAILED: no memory. */
bool centred_image(const struct centred *c, const struct volume *image, enum centred_rule rule,
                   const struct box *wanted, struct patch *out, struct err *e);

/* A mask on `wanted`: the share of the ROI in each voxel, rounded to six decimals so that ties do
 * not hang on round-off, is at least `threshold`. mask: bytes of the box `in` of the old grid, 1
 * inside; all around is outside. out: box_voxels(wanted) bytes. */
bool centred_mask(const struct centred *c, const uint8_t *mask, const struct box *in,
                  enum centred_rule rule, double threshold, const struct box *wanted, uint8_t *out,
                  struct err *e);

/* The box of the new grid that can hold voxels of a mask in the box `in` of the old one. */
struct box centred_mask_box(const struct centred *c, const struct box *in);

#endif
