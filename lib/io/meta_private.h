/* Shared by meta_fields.c and meta_read.c only. */
#ifndef RADMILL_IO_META_PRIVATE_H
#define RADMILL_IO_META_PRIVATE_H

#include "io/meta.h"
#include "io/voxels.h"

/* What was said of a value that has several names; the later ones win, whatever their order. */
enum meta_rank { META_UNSAID, META_LEAST, META_LESSER, META_PROPER };

struct meta_header {
    int64_t dims;
    bool has_sizes, has_type, compressed;
    struct grid grid;
    int64_t channels, header_bytes;
    enum pixel_type type;
    enum meta_rank spacing, origin, direction, byte_order;
    struct voxel_data data; /* names as they are written; none: behind the header */
    bool local, listing;    /* listing: names follow, each on a line of its own */
};

/* The text up to the line with ElementDataFile (or the list behind it). A line that is no
 * "Key = Value" hides the one after it from ITK: `hide` does the same. ERR_REFUSED names the line.
 * Release with voxel_data_free(&h->data). */
bool meta_fields(const char *text, bool hide, struct meta_header *h, bool *hid, struct err *e);

#endif
