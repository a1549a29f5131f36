/* gzip by ISA-L behind three calls: several times faster than zlib on masks. One stream type reads
 * plain and compressed files alike. */
#ifndef RADMILL_SHIM_GZ_H
#define RADMILL_SHIM_GZ_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct gz_part {
    const void *data;
    size_t bytes;
};

/* Writes the parts one behind the other as one gzip member (no time, no name in its header). */
bool gz_write(FILE *out, const struct gz_part *part, int n, struct err *e);

/* A byte stream from a file descriptor. */
struct gz_reader;
enum gz_kind {
    GZ_ANY,      /* gzip (any number of members) by its first two bytes; the rest as it is */
    GZ_PLAIN,    /* as it is, whatever it begins with */
    GZ_DEFLATED, /* gzip by its first two bytes, else one zlib stream */
};

/* Reads from the current position of fd. fd is borrowed and must stay open; `name` is borrowed, for
 * messages. Release with gz_close. */
struct gz_reader *gz_open(int fd, const char *name, enum gz_kind kind, struct err *e);
bool gz_is_compressed(const struct gz_reader *r);

/* Reads up to n bytes; *got < n only at the end of the data. ERR_REFUSED for a broken stream. */
bool gz_read(struct gz_reader *r, void *out, size_t n, size_t *got, struct err *e);

/* To be called when all wanted data have been read: goes on to the end, where the check sums are,
 * so that corrupted data are not taken for voxels. A surplus of more than a megabyte is left
 * unread, and plain data have no check sum. ERR_REFUSED for a broken stream. */
bool gz_finish(struct gz_reader *r, struct err *e);
void gz_close(struct gz_reader *r);

#endif
