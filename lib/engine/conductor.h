/* The conductor: all classes of all images of one prepared case, in as many threads as there are.
 *
 * The measurement is a row of pieces in the order of output: the shape classes, then of each image
 * its making and its classes. Pieces are worked on in any order that their needs allow: images are
 * made one after the other, the classes of an image when it has been made. What a piece leaves
 * (values, messages, times, an error) is taken in the order of the row, by the caller's thread. So
 * nothing that can be seen depends on the number of threads: neither a value, nor a message, nor
 * which of two errors is reported. */
#ifndef RADMILL_ENGINE_CONDUCTOR_H
#define RADMILL_ENGINE_CONDUCTOR_H

#include "engine/result/result.h"
#include "pool/pool.h"

/* Adds all values to *out, whose columns exist; tells its observer and stopwatch. pool NULL: the
 * caller's thread alone. Errors: as those of filters, discretisation and families;
 * ERR_INTERRUPTED when the observer says so. */
bool conduct(const struct params *p, const struct roi_view *view, struct pool *pool,
             struct result *out, struct err *e);

#endif
