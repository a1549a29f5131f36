/* Files to one case. */
#ifndef RADMILL_ENGINE_FILES_LOAD_FILES_H
#define RADMILL_ENGINE_FILES_LOAD_FILES_H

#include "engine/load/load.h"

struct load_request {
    const char *image, *mask; /* "-" for at most one of them */
    const char *image_info;   /* image.json of the image, or NULL */
};

/* Loads both, then as load_from_volumes; out->pool is the caller's and stays. */
bool load_case(const struct load_request *request, const struct load_settings *s,
               struct snapshots *log, struct rcase *out, struct err *e);

/* From image.json: `minimum`, `maximum`, `mean` and `digests.sha1` (of the pixel buffer).
 * Keys that are missing leave has_stats false or sha1 empty. grid: of the image that the file
 * should describe. ERR_REFUSED: no such file, no JSON, a `size` that is not the grid's. */
bool facts_read(const char *path, const struct grid *grid, struct file_facts *out, struct err *e);

#endif
