/* Volumes in memory to one case: the first stage of the engine. */
#ifndef RADMILL_ENGINE_LOAD_LOAD_H
#define RADMILL_ENGINE_LOAD_LOAD_H

#include "engine/load/rcase.h"
#include "engine/load/snapshot.h"
#include "engine/settings/settings.h"

/* Selects the ROI by label and label_channel and takes the snapshot of the original state when log
 * is not NULL. known: facts about the image, or NULL. out takes the image over (also after an
 * error), the mask stays the caller's, which may be replaced by one of its components or by
 * nothing. With several threads, digests and statistics of the files are found by one of them and
 * stand in log after load_complete only. A multi-component image is refused. Release with
 * rcase_free, also after an error. out->pool is the caller's and stays. */
bool load_from_volumes(struct volume *image, struct volume *mask, const struct file_facts *known,
                       const struct load_settings *s, struct snapshots *log, struct rcase *out,
                       struct err *e);

/* Waits for what load_from_volumes left to another thread. log: the same. */
void load_complete(struct rcase *c, struct snapshots *log);

#endif
