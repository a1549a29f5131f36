/* Shared by nii_header.c, nii_pair.c, nii_read.c and nii_write.c only. */
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
    bool side_by_side; /* the components of a voxel: colours; else one volume follows another */
    bool pair;         /* the voxels lie in a file of their own */
    int64_t data_offset;
    int header_bytes;
};

/* The first bytes of a (decompressed) file to a header; `got` of the 540 that a NIfTI-2 has are
 * there. */
bool nii_header_parse(const unsigned char *bytes, size_t got, const char *name,
                      struct nii_header *h, struct err *e);

/* Only decides whether this is a NIfTI header. Fills swapped, pair and header_bytes. */
bool nii_header_recognise(const unsigned char *bytes, size_t got, const char *name,
                          struct nii_header *h);

/* Does the name end in .hdr or .img, perhaps with .gz? */
bool nii_pair_member(const char *path);

/* The file of path's pair that holds its header (path itself when there is none), or its voxels
 * (then NULL); a plain one before a compressed one. free() it. */
char *nii_pair_header(const char *path);
char *nii_pair_voxels(const char *path);

/* The first n voxels of a floating-point volume: those that are infinite or not a number become 0.
 */
void nii_zero_non_finite(struct volume *v, size_t n);

#endif
