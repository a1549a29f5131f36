/* The library without memory: the n-th allocation fails, for every n, and the process lives, gets
 * an error and loses nothing. Linked with --wrap (rules/test.mk). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ball.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static atomic_long until_failure = -1; /* < 0: nothing fails */

static bool fails(void)
{
    return until_failure >= 0 && atomic_fetch_sub(&until_failure, 1) == 0;
}

#define WRAP(type, name, parameters, arguments)                                                    \
    type __real_##name parameters;                                                                 \
    type __wrap_##name parameters;                                                                 \
    type __wrap_##name parameters                                                                  \
    {                                                                                              \
        return fails() ? NULL : __real_##name arguments;                                           \
    }

WRAP(void *, malloc, (size_t n), (n))
WRAP(void *, calloc, (size_t n, size_t size), (n, size))
WRAP(void *, realloc, (void *p, size_t n), (p, n))
WRAP(void *, aligned_alloc, (size_t align, size_t n), (align, n))
WRAP(char *, strdup, (const char *s), (s))

static struct ball ball;
static int threads = 1;

static bool keep(void *user, const struct radmill_value *about, const struct radmill_image *image)
{
    *(double *)user += *(const double *)image->voxels;
    return about->name[0] != '\0';
}

/* Everything that allocates, once; true when all of it succeeded. */
static bool use_all(const char *preset, const char *text, bool maps)
{
    struct radmill_error why = RADMILL_INIT(radmill_error);
    struct radmill_source source = RADMILL_INIT(radmill_source);
    struct radmill_options o = RADMILL_INIT(radmill_options);
    struct radmill_params *p;
    struct radmill_result *r;
    static const char *const overrides[] = {"binWidth=20", "distances=1"};
    double sum = 0;
    o.threads = threads;
    source.text = text;
    source.preset = preset;
    source.overrides = overrides;
    source.n_overrides = preset ? 0 : 2;
    source.voxel_mode = maps;
    bool ok = radmill_params_create(&source, &p, &why);
    if (ok) {
        ok = maps ? radmill_maps(p, &ball.image, &ball.mask, &o, keep, &sum, &r, &why)
                  : radmill_measure(p, &ball.image, &ball.mask, &o, &r, &why) &&
                        (radmill_result_destroy(r), r = NULL,
                         radmill_filtered(p, &ball.image, &ball.mask, &o, keep, &sum, &why));
        radmill_result_destroy(r);
        radmill_params_destroy(p);
    }
    if (!ok && until_failure >= 0)
        fail_msg("failed before memory was missing: %s", why.text);
    if (!ok && why.code != 1 && why.code != 3)
        fail_msg("code %d: %s", why.code, why.text);
    return ok;
}

static long fail_one_after_the_other(const char *preset, const char *text, bool maps)
{
    long n = 0;
    until_failure = -1;
    assert_true(use_all(preset, text, maps));
    for (bool ok = false; !ok; n++) {
        until_failure = n;
        ok = use_all(preset, text, maps) && until_failure >= 0;
    }
    until_failure = -1;
    return n;
}

static void measuring_survives_every_lack_of_memory(void **state)
{
    (void)state;
    long n = fail_one_after_the_other(
        NULL,
        "setting: {resampledPixelSpacing: [2, 2, 2], resegmentRange: [-80, 200], label: 1}\n"
        "imageType: {Original: {binWidth: 9}, LoG: {sigma: [2]}, Wavelet: {}, LBP2D: {}}\n"
        "featureClass: {shape: , firstorder: , glcm: , glrlm: , glszm: , gldm: , ngtdm: }\n",
        false);
    print_message("%ld allocations\n", n);
    assert_true(n > 500);
    n = fail_one_after_the_other(NULL,
                                 "imageType: {Gradient: {}, LBP3D: {}, Square: {}}\n"
                                 "featureClass: {firstorder: [Mean], glcm: [Id]}\n"
                                 "setting: {normalize: true, preCrop: true, force2D: true}\n",
                                 false);
    assert_true(n > 100);
}

/* The other profile: features with every aggregation, and a filter with rotations. */
static void ibsi_survives_every_lack_of_memory(void **state)
{
    (void)state;
    static const char *const preset[] = {"ibsi1-e", "ibsi2-2.b", "ibsi2-6.a"};
    for (int i = 0; i < 3; i++) {
        long n = fail_one_after_the_other(preset[i], NULL, false);
        print_message("%s: %ld allocations\n", preset[i], n);
        assert_true(n > 100);
    }
}

static void maps_survive_every_lack_of_memory(void **state)
{
    (void)state;
    /* a small kernel of few voxels: each kernel allocates anew */
    struct ball whole = ball;
    int left = 6;
    for (int i = 0; i < BALL_N; i++)
        if (ball.inside[i] && left-- <= 0)
            ball.inside[i] = 0;
    long n = fail_one_after_the_other(
        NULL,
        "featureClass: {firstorder: [Mean], glcm: [Id, MCC], glrlm: [RunEntropy]}\n"
        "setting: {minimumROIDimensions: 1}\n",
        true);
    print_message("%ld allocations\n", n);
    assert_true(n > 100);
    ball = whole;
    ball_fill(&ball);
}

/* Which allocation is the n-th differs from run to run then, but each fails some time. */
static void several_threads_survive_every_lack_of_memory(void **state)
{
    (void)state;
    threads = 3;
    long n = fail_one_after_the_other(
        NULL,
        "setting: {resampledPixelSpacing: [2, 2, 2]}\n"
        "imageType: {Original: {}, LoG: {sigma: [2, 3]}}\n"
        "featureClass: {shape: , firstorder: , glcm: , glszm: , gldm: , ngtdm: }\n",
        false);
    print_message("%ld allocations\n", n);
    assert_true(n > 500);
    maps_survive_every_lack_of_memory(state);
    threads = 1;
}

int main(void)
{
    ball_fill(&ball);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measuring_survives_every_lack_of_memory),
        cmocka_unit_test(ibsi_survives_every_lack_of_memory),
        cmocka_unit_test(maps_survive_every_lack_of_memory),
        cmocka_unit_test(several_threads_survive_every_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
