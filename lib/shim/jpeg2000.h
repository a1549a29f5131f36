/* What a JPEG 2000 code stream says of itself (ISO/IEC 15444-1, A.5.1), before a decoder believes
 * it and gets memory for an image that the file's header does not have. */
#ifndef RADMILL_SHIM_JPEG2000_H
#define RADMILL_SHIM_JPEG2000_H

#ifdef __cplusplus
extern "C" {
#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of a fragment that hold the first marker segments, with or without a JP2 wrapper. */
enum { JPEG2000_HEAD = 1024 };

struct jpeg2000_size {
    int64_t columns, rows, components;
    int64_t tiles; /* that the image is cut into */
};

/* The SIZ marker segment behind the first SOC marker in n bytes. false: no code stream begins here,
 * or its sizes are none. */
bool jpeg2000_size(const uint8_t *bytes, size_t n, struct jpeg2000_size *out);

#ifdef __cplusplus
}
#endif

#endif
