/* SHA-1 (FIPS 180-4): what pyradiomics' diagnostics print, and the source of minted names. It
 * guards nothing: do not use it against an adversary. */
#ifndef RADMILL_BASE_SHA1_H
#define RADMILL_BASE_SHA1_H

#include <stddef.h>
#include <stdint.h>

struct sha1 {
    uint32_t state[5];
    uint64_t bytes;
    unsigned char block[64];
};

void sha1_init(struct sha1 *s);
/* Starts with zeros: as many of n as can be had for nothing, which is returned. Voxels of masks as
 * four bytes each begin with tens of MiB of them, whose states are constants. */
uint64_t sha1_init_zeros(struct sha1 *s, uint64_t n);

void sha1_add(struct sha1 *s, const void *data, size_t n);
/* The same as two sha1_add of n bytes each; where there are SHA instructions the two streams run
 * side by side in little more than the time of one. */
void sha1_add_pair(struct sha1 *a, const void *data_a, struct sha1 *b, const void *data_b,
                   size_t n);

void sha1_hex(struct sha1 *s, char out[41]); /* finishes; 40 lower-case digits and NUL */

#endif
