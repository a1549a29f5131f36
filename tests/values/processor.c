/* A processor with fewer instruction sets than the one at hand: PROCESSOR_baseline has none that is
 * optional, PROCESSOR_avx2 nothing newer than AVX2. Linked into a program with
 * -Wl,--wrap=__cpu_indicator_init it takes the features away from what the compiler's choosing
 * functions see (target_clones, __builtin_cpu_supports), before any of them has chosen. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* libgcc's; the order of the bits is part of its binary interface (AVX2 is 10, FMA 14, AVX512F 15;
 * x86-64-v4, which stands for AVX-512, is in the last word). */
extern struct {
    unsigned vendor, type, subtype, features[1];
} __cpu_model __attribute__((visibility("hidden")));
extern unsigned __cpu_features2[3] __attribute__((visibility("hidden")));

#ifdef PROCESSOR_avx2
enum { KEPT = (1 << 15) - 1 };
#else
enum { KEPT = 0 };
#endif

int __real___cpu_indicator_init(void);
int __wrap___cpu_indicator_init(void);

static bool asked;

int __wrap___cpu_indicator_init(void)
{
    int status = __real___cpu_indicator_init();
    __cpu_model.features[0] &= KEPT;
    for (int i = 0; i < 3; i++)
        __cpu_features2[i] = 0;
    asked = true;
    return status;
}

/* Without this a linker that no longer wraps would turn the check into one that cannot fail. */
__attribute__((constructor)) static void must_have_been_asked(void)
{
    if (asked)
        return;
    fputs("processor.c: nothing asked for the instruction sets before the program began\n", stderr);
    _Exit(70);
}
