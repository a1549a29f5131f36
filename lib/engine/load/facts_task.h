/* Facts about the files of a case (facts.h), found by another thread while the case is prepared and
 * measured: nothing but diagnostics needs them, and a digest cannot be split. */
#ifndef RADMILL_ENGINE_LOAD_FACTS_TASK_H
#define RADMILL_ENGINE_LOAD_FACTS_TASK_H

#include "pool/pool.h"
#include "vol/volume.h"

struct facts_task;
struct file_facts;

/* Starts. image (NULL: not looked at) and mask are not released before facts_task_end but by
 * facts_task_release. ERR_FAILED without memory. */
bool facts_task_begin(struct pool *pool, const struct volume *image, const struct volume *mask,
                      struct facts_task **out, struct err *e);

/* Releases a volume as soon as the task does not need it; *v is empty then. */
void facts_task_release(struct facts_task *t, struct volume *v);

/* Waits. of_image (unless there was none) and mask_sha1 as facts_of_files
 * gives them; NULL: not wanted. */
void facts_task_end(struct facts_task *t, struct file_facts *of_image, char mask_sha1[41]);

#endif
