/* The pictures of one course, and what is known of each region from its voxels ("facts"):
 *
 *     {"size": [x, y, z], "spacing_mm": [..], "regions": [
 *       {"source", "roi_id", "picture", "voxels", "volume_ml", "min", "mean", "median", "max",
 *        "lo", "hi", "bins": [48 counts], "window", "window_lo", "window_hi", "field_mm",
 *        "slices": [3], "letters": [[left, right, top, bottom] x 3]}]}
 *
 * A region without a voxel, or whose image or mask is not there, has no entry. */
#ifndef RADMILL_REPORT_PICTURES_H
#define RADMILL_REPORT_PICTURES_H

#include "report/sheet.h"

#include <jansson.h>

/* Where a picture goes: into `png`, as the region's number in the list says. */
typedef bool picture_sink(void *whereto, size_t region, const struct str *png, struct err *e);

/* Draws every region that holds a voxel. Facts without "picture"; json_decref. NULL: error. */
json_t *pictures_draw(const struct volume *image, const char *modality,
                      const struct sheet_region *region, const char *const *roi_id, size_t n,
                      picture_sink *sink, void *whereto, struct err *e);

/* By inputs/P/C/pictures.json: {"image", "modality", "regions": [{"source", "roi_id", "mask",
 * "picture"}]}. Writes the pictures (an equal one stays untouched, one that is no longer to be is
 * removed) and the facts. */
bool pictures_of_job(const json_t *job, const char *facts, struct err *e);

/* The mask of label 1 of a file on the image's grid. ERR_REFUSED: on another one. */
bool pictures_read_mask(const char *path, const struct grid *image, struct label_mask *out,
                        struct err *e);

#endif
