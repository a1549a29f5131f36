/* Wide integers for the counting kernels, by the compilers' vector extensions: 32 bytes at a time,
 * which the baseline splits in two. Integers only, so the instruction set cannot show in a value.
 */
#ifndef RADMILL_ENGINE_MATRICES_LANES_H
#define RADMILL_ENGINE_MATRICES_LANES_H

#include "base/simd.h"

#include <stdint.h>

enum { LANES_BYTES = 32 };

typedef uint8_t lanes_u8 __attribute__((vector_size(32), aligned(1), may_alias));
typedef uint32_t lanes_u32 __attribute__((vector_size(32), aligned(1), may_alias));
typedef uint16_t lanes_u16 __attribute__((vector_size(32), aligned(1), may_alias));

#define INLINE static inline __attribute__((always_inline))

#endif
