/* One source, several instruction sets, the same bits. SIMD_CLONES compiles a function for AVX2 and
 * for the baseline and picks at load time; the loop inside is plain C over a fixed number of lanes,
 * so that no instruction set changes the order of a sum (docs/numerics.md). */
#ifndef RADMILL_BASE_SIMD_H
#define RADMILL_BASE_SIMD_H

#include <stdint.h>
#include <string.h>

/* (musl's loader and Windows' have no functions that are picked at load time) */
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__)
#define SIMD_CLONES __attribute__((target_clones("avx2", "default")))
/* With a clone for AVX-512, too: its 32 registers and masks, where they pay (measured; vectors that
 * are written as quads stay quads). */
#if __GNUC__ >= 12
#define SIMD_CLONES_512 __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define SIMD_CLONES_512 SIMD_CLONES
#endif
#else
#define SIMD_CLONES
#define SIMD_CLONES_512
#endif

/* A part of a cloned function: it must be compiled with the instruction set of its caller. */
#define SIMD_PART static inline __attribute__((always_inline))

/* Running sums, minima and the like are kept per lane: element i belongs to lane i % SIMD_LANES. */
enum { SIMD_LANES = 8 };

/* Eight lanes are two quads. Comparisons of quads give masks of all ones or zeros, to be combined
 * with & | ~. Quads do not cross function calls: their passing is not the same on every target. */
typedef double quad __attribute__((vector_size(32)));
typedef int64_t quad_mask __attribute__((vector_size(32)));
enum { QUAD = 4, QUADS = SIMD_LANES / QUAD };

#define QUAD_LOAD(q, p)         memcpy(&(q), (p), sizeof(q))
#define QUAD_KEEP(mask, q)      ((quad)((mask) & (quad_mask)(q))) /* zero elsewhere */
#define QUAD_CHOOSE(mask, a, b) ((quad)(((mask) & (quad_mask)(a)) | (~(mask) & (quad_mask)(b))))

/* One number of each of eight lanes. */
struct eight {
    quad q[QUADS];
};

SIMD_PART void quad_root(quad *x)
{
    for (int k = 0; k < QUAD; k++)
        (*x)[k] = __builtin_sqrt((*x)[k]);
}

/* Four vectors of four elements each: rows become columns. */
#define SIMD_TRANSPOSE(type, r)                                                                    \
    do {                                                                                           \
        type lo01_ = __builtin_shufflevector((r)[0], (r)[1], 0, 4, 2, 6);                          \
        type hi01_ = __builtin_shufflevector((r)[0], (r)[1], 1, 5, 3, 7);                          \
        type lo23_ = __builtin_shufflevector((r)[2], (r)[3], 0, 4, 2, 6);                          \
        type hi23_ = __builtin_shufflevector((r)[2], (r)[3], 1, 5, 3, 7);                          \
        (r)[0] = __builtin_shufflevector(lo01_, lo23_, 0, 1, 4, 5);                                \
        (r)[1] = __builtin_shufflevector(hi01_, hi23_, 0, 1, 4, 5);                                \
        (r)[2] = __builtin_shufflevector(lo01_, lo23_, 2, 3, 6, 7);                                \
        (r)[3] = __builtin_shufflevector(hi01_, hi23_, 2, 3, 6, 7);                                \
    } while (0)

/* Two quads of whole numbers 0 .. 65535 as eight 16-bit integers. */
typedef int32_t quad_int __attribute__((vector_size(16)));
typedef uint16_t eight_u16 __attribute__((vector_size(16)));
#define QUADS_TO_U16(a, b)                                                                         \
    __builtin_shufflevector((eight_u16) __builtin_convertvector(a, quad_int),                      \
                            (eight_u16) __builtin_convertvector(b, quad_int), 0, 2, 4, 6, 8, 10,   \
                            12, 14)

/* Whole numbers 0 .. 2^31 as doubles: adding and taking away this rounds to the nearest. */
#define QUAD_ROUNDER 4503599627370496.0

#endif
