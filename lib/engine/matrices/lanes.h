/* Wide integers for the counting kernels, by the compilers' vector extensions: 32 bytes at a time,
 * which the baseline splits in two. Integers only, so that the result does not depend on the
 * instruction set.
 */
#ifndef RADMILL_ENGINE_MATRICES_LANES_H
#define RADMILL_ENGINE_MATRICES_LANES_H

#include "base/simd.h"

#include <stdint.h>

enum { LANES_BYTES = 32 };

typedef uint8_t lanes_u8 __attribute__((vector_size(32), aligned(1), may_alias));
typedef uint32_t lanes_u32 __attribute__((vector_size(32), aligned(1), may_alias));
typedef uint16_t lanes_u16 __attribute__((vector_size(32), aligned(1), may_alias));

#define LANES_MIN(type, a, b) (((a) & (type)((a) < (b))) | ((b) & (type)((a) >= (b))))

/* All ones, then zeros: read from 32 - n on, it keeps the first n bytes of a vector. */
static const uint8_t lanes_first[2 * LANES_BYTES] = {[0 ... LANES_BYTES - 1] = 0xff};

#define INLINE static inline __attribute__((always_inline))

#endif
