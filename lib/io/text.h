/* Text files that people make with editors and spreadsheets: UTF-8 with or without a byte order
 * mark, and UTF-16. */
#ifndef RADMILL_IO_TEXT_H
#define RADMILL_IO_TEXT_H

#include "base/err.h"

#include <stddef.h>

/* The whole of a file, or of stdin for "-", up to `most` bytes, as UTF-8 without a byte order mark
 * (free()). UTF-16 is known by its mark; bytes of other encodings stay as they are, as names of
 * files may hold any. NULL with ERR_REFUSED for what file_read refuses, for text that is not valid
 * UTF-16 behind its mark, and for zero bytes, which no text file has. */
char *text_read(const char *path, size_t most, struct err *e);

#endif
