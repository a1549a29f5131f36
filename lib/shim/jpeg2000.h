/* The sizes in a JPEG 2000 code stream (ISO/IEC 15444-1, A.5.1), to be checked before a decoder
 * believes them and allocates memory. */
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
    int64_t tiles; /* that the image is divided into */
};

/* The SIZ marker segment behind the first SOC marker in n bytes. false: no code stream begins here,
 * or its sizes are invalid. */
bool jpeg2000_size(const uint8_t *bytes, size_t n, struct jpeg2000_size *out);

#ifdef __cplusplus
}
#endif

#endif
