/* NRRD files as ITK writes them: compressed, little-endian, LPS. Reading goes through ITK. */
#ifndef RADMILL_IO_NRRD_H
#define RADMILL_IO_NRRD_H

#include "io/atomic.h"
#include "vol/volume.h"

/* Writes v (channels 1) to path, gzip-encoded, with spacing, origin and direction in full double
 * precision; an image of dims 2 has two axes. "-" is stdout. */
bool nrrd_write(const char *path, const struct volume *v, struct err *e);

#endif
