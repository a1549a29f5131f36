/* One source, several instruction sets, the same bits. SIMD_CLONES compiles a function for AVX2 and
 * for the baseline and picks at load time; the loop inside is plain C over a fixed number of lanes,
 * so that no instruction set changes the order of a sum (docs/numerics.md). */
#ifndef RADMILL_BASE_SIMD_H
#define RADMILL_BASE_SIMD_H

#if defined(__x86_64__) && !defined(__clang__)
#define SIMD_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define SIMD_CLONES
#endif

/* Running sums, minima and the like are kept per lane: element i belongs to lane i % SIMD_LANES. */
enum { SIMD_LANES = 8 };

#endif
