/* Voxels that are written as text. Used by voxels.c only. */
#ifndef RADMILL_IO_VOXEL_TEXT_H
#define RADMILL_IO_VOXEL_TEXT_H

#include "vol/volume.h"

/* n numbers, with blanks or one of `separators` (NULL: none) between them. A fraction in a file of
 * integers is cut off, as ITK does it; ERR_REFUSED: too few, no number, beyond the type. text is
 * cut into pieces on the way. */
bool voxel_text_numbers(char *text, const char *separators, enum pixel_type type, int64_t n,
                        void *out, struct err *e);

/* Two hexadecimal digits a byte, blanks anywhere. */
bool voxel_text_hex(const char *text, size_t bytes, unsigned char *out, struct err *e);

#endif
