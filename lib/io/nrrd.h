/* NRRD files. What is read: everything that ITK 5.4 reads of two or three axes, with its values and
 * its geometry (https://teem.sourceforge.net/nrrd/format.html): every space (left-anterior-superior
 * and right-anterior-superior turn into LPS; the others, and none, are taken as they are), axes
 * that are no space (layers, colours) as components, raw, gzip, text and hex, skips, both byte
 * orders, and voxels in files of their own. bzip2 is refused, as there. What is written:
 * compressed, little-endian, LPS, as ITK does it. */
#ifndef RADMILL_IO_NRRD_H
#define RADMILL_IO_NRRD_H

#include "io/atomic.h"
#include "vol/volume.h"

/* Does the file begin as an NRRD does? */
bool nrrd_recognise(const char *path);

/* Release with volume_free. ERR_REFUSED names the file, the line and the cause. */
bool nrrd_read(const char *path, struct volume *out, struct err *e);

/* The text header, attached or detached, as a new string (free()); an empty one when path is no
 * NRRD. NULL: I/O, or ERR_REFUSED for a header that has no end within 4 MB or holds a zero byte. */
char *nrrd_header_text(const char *path, struct err *e);

/* The grid that such a text describes; nothing else is opened. *detached: the voxels lie in another
 * file. ERR_REFUSED: it describes none. */
bool nrrd_header_grid(const char *text, struct grid *g, bool *detached, struct err *e);

/* Writes v (channels 1) to path, gzip-encoded, with spacing, origin and direction in full double
 * precision; an image of dims 2 has two axes. "-" is stdout. */
bool nrrd_write(const char *path, const struct volume *v, struct err *e);

#endif
