/* Shared by nii_header.c, nii_read.c and nii_write.c; nobody else includes this. */
#ifndef RADMILL_IO_NII_PRIVATE_H
#define RADMILL_IO_NII_PRIVATE_H

#include "io/nii.h"

/* The comment extension that carries the exact grid. */
#define NII_GRID_TAG "radmill-grid "
enum { NII_COMMENT = 6 };

/* What the header says, in our terms. */
struct nii_header {
    struct volume volume; /* grid, type, channels; no data */
    double slope, intercept;
    bool swapped;
    int64_t data_offset;
    int header_bytes;
    bool geometry_ok;
};

/* The first bytes of a (decompressed) file to a header; `got` of the 540 that a NIfTI-2 has are
 * there. */
bool nii_header_parse(const unsigned char *bytes, size_t got, const char *name,
                      struct nii_header *h, struct err *e);

/* Everything finite and the axes independent. */
bool nii_grid_usable(const struct grid *g);

#endif
