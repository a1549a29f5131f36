/* Resampling of image and ROI onto one grid (specification 3), voxel for voxel as ITK does it.
 *
 * struct label_mask + spacing -> grid -> image and mask on it. The order of every floating-point
 * operation follows the specification: integer images are truncated, and nearest neighbours are
 * decided by exact halves, so that a last bit may move a voxel. */
#ifndef RADMILL_ENGINE_PREPROCESS_RESAMPLE_H
#define RADMILL_ENGINE_PREPROCESS_RESAMPLE_H

#include "engine/load/rcase.h"
#include "engine/settings/settings.h"

/* The ROI-inside-image test (specification 2.8). ERR_REFUSED when the ROI's box leaves the image.
 */
bool resample_roi_inside(const struct label_mask *mask, const struct grid *image, struct err *e);

/* The target grid (specification 3.1 to 3.3) around the ROI: s->resampled_pixel_spacing,
 * s->pad_distance. *same is true when the image has the wanted spacing already: then *out is the
 * image's own grid, the image stays, and only the mask goes through resample_mask (3.2).
 * Errors, ERR_REFUSED: the list of spacings has not one entry per axis; the ROI leaves the image
 * (2.8). */
bool resample_grid(const struct grid *image, const struct label_mask *mask,
                   const struct resample_settings *s, struct grid *out, bool *same, struct err *e);

/* The image on grid `to`, in its own pixel type; 0 outside the input. how: any but INTERP_NONE. The
 * threads of the pool share the work; NULL: the caller's alone. Release *out with volume_free. Only
 * the voxels of `in` that the result needs are read. */
bool resample_image(const struct volume *in, const struct grid *to, enum interpolator how,
                    struct pool *pool, struct volume *out, struct err *e);

/* The ROI on grid `to`, by the nearest neighbour. It may come out empty (n_voxels 0). Release *out
 * with label_mask_free. */
bool resample_mask(const struct label_mask *in, const struct grid *to, struct label_mask *out,
                   struct err *e);

#endif
