#include "io/nii_private.h"

#include "base/simd.h"

#include <string.h>

/* Voxels that are infinite or not a number have an exponent of ones only. */
#define ZERO_NON_FINITE(name, bits, mask)                                                          \
    SIMD_CLONES static void name(bits *voxel, size_t n)                                            \
    {                                                                                              \
        enum { BLOCK = 1024 };                                                                     \
        for (size_t at = 0; at < n; at += BLOCK) {                                                 \
            size_t end = at + BLOCK < n ? at + BLOCK : n;                                          \
            bits found = 0;                                                                        \
            for (size_t i = at; i < end; i++)                                                      \
                found |= (voxel[i] & (mask)) == (mask);                                            \
            for (size_t i = at; found && i < end; i++)                                             \
                if ((voxel[i] & (mask)) == (mask))                                                 \
                    voxel[i] = 0;                                                                  \
        }                                                                                          \
    }

ZERO_NON_FINITE(zero_single, uint32_t, 0x7f800000u)
ZERO_NON_FINITE(zero_double, uint64_t, 0x7ff0000000000000u)

void nii_zero_non_finite(struct volume *v, size_t n)
{
    if (v->type == PIXEL_F32)
        zero_single(v->data, n);
    else if (v->type == PIXEL_F64)
        zero_double(v->data, n);
}
