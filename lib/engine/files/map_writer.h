/* Maps to files, side by side: compressing and flushing one takes as long as making it. With
 * several threads a map that is handed over is copied, and whichever thread is free writes it;
 * there are no more copies than threads. */
#ifndef RADMILL_ENGINE_FILES_MAP_WRITER_H
#define RADMILL_ENGINE_FILES_MAP_WRITER_H

#include "pool/pool.h"
#include "vol/volume.h"

typedef bool map_write(const char *path, const struct volume *map, struct err *e);

/* pool NULL: each map is written when it is handed over. ERR_FAILED without memory. */
struct map_writer;
bool map_writer_open(map_write *write, struct pool *pool, struct map_writer **out, struct err *e);

/* Writes a map, or has it written; path is copied. false: this or an earlier map could not be
 * written. */
bool map_writer_add(struct map_writer *w, const char *path, const struct volume *map,
                    struct err *e);

/* Waits until all are written. false: one was not; the error is that of the first of them, unless
 * it was told before. NULL is fine. */
bool map_writer_close(struct map_writer *w, struct err *e);

#endif
