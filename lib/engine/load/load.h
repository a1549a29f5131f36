/* Files to one case: the first stage of the engine. */
#ifndef RADMILL_ENGINE_LOAD_LOAD_H
#define RADMILL_ENGINE_LOAD_LOAD_H

#include "engine/load/rcase.h"
#include "engine/load/snapshot.h"
#include "engine/settings/settings.h"

/* An image or mask in any format (io/volume_file.h). */
bool load_volume(const char *path, struct volume *out, struct err *e);

struct load_request {
    const char *image, *mask; /* "-" for at most one of them */
    const char *image_info;   /* image.json of the image, or NULL */
};

/* Loads both, selects the ROI by label and label_channel, and takes the snapshot of the original
 * state when log is not NULL. A multi-component image is refused. Release with rcase_free, also
 * after an error. */
bool load_case(const struct load_request *request, const struct load_settings *s,
               struct snapshots *log, struct rcase *out, struct err *e);

/* The same from volumes that are in memory already; out takes the image over (also after an
 * error), the mask stays the caller's. */
bool load_from_volumes(struct volume *image, struct volume *mask, const struct file_facts *known,
                       const struct load_settings *s, struct snapshots *log, struct rcase *out,
                       struct err *e);

#endif
