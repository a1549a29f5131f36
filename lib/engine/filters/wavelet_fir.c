#include "engine/filters/wavelet_fir.h"

#include <string.h>

#define UNROLLED _Pragma("GCC unroll 4")

#define BYTES 16
#define TARGET
#define REAL    double
#define NAME(x) pair_f64_##x
#include "engine/filters/wavelet_fir.inc"
#define REAL    float
#define NAME(x) pair_f32_##x
#include "engine/filters/wavelet_fir.inc"
#undef BYTES
#undef TARGET

#if defined(__x86_64__)
#define BYTES   32
#define TARGET  __attribute__((target("avx2")))
#define REAL    double
#define NAME(x) quad_f64_##x
#include "engine/filters/wavelet_fir.inc"
#define REAL    float
#define NAME(x) quad_f32_##x
#include "engine/filters/wavelet_fir.inc"
#undef BYTES
#undef TARGET

#define BYTES   64
#define TARGET  __attribute__((target("avx512f")))
#define REAL    double
#define NAME(x) oct_f64_##x
#include "engine/filters/wavelet_fir.inc"
#define REAL    float
#define NAME(x) oct_f32_##x
#include "engine/filters/wavelet_fir.inc"
#endif

/* The widest that this machine has; all give the same bits. */
void wavelet_fir(const void *const *row, const void *h, int taps, bool single, int64_t n, void *out)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) {
        (single ? oct_f32_fir : oct_f64_fir)(row, h, taps, n, out);
        return;
    }
    if (__builtin_cpu_supports("avx2")) {
        (single ? quad_f32_fir : quad_f64_fir)(row, h, taps, n, out);
        return;
    }
#endif
    (single ? pair_f32_fir : pair_f64_fir)(row, h, taps, n, out);
}
