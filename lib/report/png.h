/* Pictures with a palette as PNG files (ISO/IEC 15948), compressed by libdeflate. */
#ifndef RADMILL_REPORT_PNG_H
#define RADMILL_REPORT_PNG_H

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct picture {
    int width, height;       /* pixels */
    uint8_t *index;          /* height rows of width palette entries; free() */
    uint8_t palette[256][3]; /* red, green, blue */
};

/* Appends the picture as a PNG file: no time, no text, the same bytes for the same picture. */
bool png_encode(const struct picture *p, struct str *out, struct err *e);

#endif
