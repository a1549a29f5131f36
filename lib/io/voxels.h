/* The voxels of formats that keep them in a simple form behind, or beside, a text header (NRRD,
 * MetaImage): one or several files, each with an equal share, raw, compressed or as text. */
#ifndef RADMILL_IO_VOXELS_H
#define RADMILL_IO_VOXELS_H

#include "base/str.h"
#include "vol/volume.h"

enum voxel_encoding {
    VOXELS_RAW,
    VOXELS_GZIP, /* gzip, or raw when it does not begin as gzip does: what readers based on zlib do
                  */
    VOXELS_DEFLATED, /* one zlib or gzip stream */
    VOXELS_TEXT,     /* numbers with blanks (or `separators`) between them */
    VOXELS_HEX,      /* two digits a byte */
};

struct voxel_data {
    struct str_list file; /* in their order */
    enum voxel_encoding encoding;
    bool swapped;             /* bytes of a number are in the order of other machines */
    const char *separators;   /* of VOXELS_TEXT; NULL: blanks only */
    int64_t offset;           /* bytes of a header before all that */
    int64_t line_skip;        /* lines before the data, or before they are decompressed */
    int64_t byte_skip;        /* bytes before the (decompressed) data; -1: the data are the last
                                 bytes, -2: one byte follows them, and so on */
    int64_t compressed_bytes; /* of VOXELS_DEFLATED; 0: to the end of the file */
};

/* Could the files hold n numbers? Deflate expands at most 1032 times: a claim in a header must not
 * make us allocate what cannot be there. ERR_REFUSED, also for a file that cannot be read. */
bool voxels_plausible(const struct voxel_data *d, enum pixel_type type, int64_t n, struct err *e);

/* Reads n numbers, in native byte order, into out. ERR_REFUSED names the file and the cause: it is
 * cut off, a stream is broken, its check sum is wrong, or a number is invalid or does not fit the
 * type.
 */
bool voxels_read(const struct voxel_data *d, enum pixel_type type, int64_t n, void *out,
                 struct err *e);

/* n numbers of `size` bytes: their bytes in the other order. */
void voxels_swap(void *data, size_t n, size_t size);

/* Adds the names that "slice%03d.raw" makes of first, first + step, .. up to last. false: it holds
 * no number or two, or makes none or more than 65,536. */
bool voxel_files_pattern(struct str_list *to, const char *pattern, int64_t first, int64_t last,
                         int64_t step);

/* Names that are not absolute become paths in the folder of the header. */
void voxel_files_beside(struct str_list *names, const char *header);

void voxel_data_free(struct voxel_data *d);

#endif
