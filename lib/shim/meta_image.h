/* A look at a MetaImage header (.mha, .mhd) before ITK reads it: its library copies what it finds
 * into arrays of fixed length, divides by sizes that are missing, and takes names of data files as
 * formats. */
#ifndef RADMILL_SHIM_META_IMAGE_H
#define RADMILL_SHIM_META_IMAGE_H

#include "base/err.h"

/* By its ending, which is what ITK goes by. */
bool meta_image_named(const char *path);

/* Lines "Key = Value" of at most META_LINE printable characters, each key once, up to
 * ElementDataFile: one file, or LOCAL. NDims, DimSize, ElementType and the counts are what they can
 * be, and the file is long enough for them. ERR_REFUSED names file and line. */
enum { META_LINE = 240 };
bool meta_image_check(const char *path, struct err *e);

#endif
