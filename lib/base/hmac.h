/* HMAC-SHA-1 (RFC 2104): a digest that only holders of the key can make. The known attacks on SHA-1
 * do not apply to it (RFC 6194, section 3.3). */
#ifndef RADMILL_BASE_HMAC_H
#define RADMILL_BASE_HMAC_H

#include <stddef.h>

/* 40 lower-case digits and NUL of the n bytes at data. */
void hmac_sha1_hex(const void *key, size_t key_bytes, const void *data, size_t n, char out[41]);

#endif
