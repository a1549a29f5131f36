/* One call by several threads: everything that a caller sees is the same as by one, to the last
 * bit and in the same order: values, reasons, diagnostics, warnings, progress, maps, errors.
 * tests/house/threads.sh runs it under the thread sanitizer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ball.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROOM = 1 << 21 };
static const int numbers[] = {2, 3, 8};
enum { NUMBERS = 3 };

static struct ball ball;

/* All that was seen of a call, as text. */
struct seen {
    char *text;
    size_t n;
    int calls, most; /* of progress and of maps; answered with true */
};

static void note(struct seen *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void note(struct seen *s, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    s->n += (size_t)vsnprintf(s->text + s->n, ROOM - s->n, format, args);
    va_end(args);
    assert_true(s->n < ROOM);
}

static void hear(void *user, const char *text)
{
    note(user, "warning %s\n", text);
}

static bool go_on(void *user, size_t done, size_t all, const char *image, const char *family)
{
    struct seen *s = user;
    note(s, "%zu of %zu, %s %s\n", done, all, image, family);
    return ++s->calls <= s->most;
}

static bool look(void *user, const struct radmill_value *about, const struct radmill_image *image)
{
    struct seen *s = user;
    const double *v = image->voxels;
    note(s, "map %s\n", about->name);
    for (int64_t i = 0; i < image->shape[0] * image->shape[1] * image->shape[2]; i++)
        note(s, " %a", v[i]);
    return ++s->calls <= s->most;
}

static void note_result(struct seen *s, const struct radmill_result *r)
{
    struct radmill_value v = RADMILL_INIT(radmill_value);
    struct radmill_diagnostic d = RADMILL_INIT(radmill_diagnostic);
    for (size_t i = 0; radmill_result_value(r, i, &v); i++)
        note(s, "%s %s %a %s\n", v.name, v.aggregation, v.value, v.reason);
    for (size_t i = 0; radmill_result_diagnostic(r, i, &d); i++)
        note(s, "%s %s\n", d.name, d.text);
}

struct kind {
    const char *preset, *text;
    bool maps;
    int code; /* of the error that is expected */
};

static const struct kind kinds[] = {
    {.text = "{}"},
    {.text = "setting: {resampledPixelSpacing: [2, 2, 2], resegmentRange: [-80, 200]}\n"
             "imageType: {Original: {}, LoG: {sigma: [500, 2, 3]}, Wavelet: {}, LBP2D: {}, LBP3D: "
             "{}}\n"},
    {.text =
         "setting: {distances: [1, 2], weightingNorm: euclidean, gldm_a: 1, binCount: 7}\n"
         "imageType: {Square: {}, SquareRoot: {}, Logarithm: {}, Exponential: {}, Gradient: {}}\n"},
    {.text = "setting: {force2D: true, normalize: true, preCrop: true}\n"
             "imageType: {Wavelet: {level: 2, wavelet: db2}, Original: {binWidth: 3}}\n"
             "featureClass: {ngtdm: , shape: , glszm: , firstorder: [Mean], glcm: [MCC, Imc2]}\n"},
    {.text = "featureClass: {shape: }\n"},
    {.text = "imageType: {LoG: {sigma: [700]}}\n"},
    {.text = "imageType: {Original: {}, LoG: {}}\nsetting: {additionalInfo: false}\n"},
    {.preset = "ibsi1-a"},
    {.preset = "ibsi1-e"},
    {.preset = "ibsi2-6.a"},
    {.text = "setting: {minimumROISize: 100000}\n", .code = 3},
    {.text = "setting: {label: 9}\n", .code = 3},
    {.text =
         "setting: {binWidth: 1.0e-9}\nimageType: {Original: {binWidth: 25}, LoG: {sigma: [2]}, "
         "Wavelet: {}}\n",
     .code = 3},
    {.maps = true, .text = "setting: {minimumROIDimensions: 1}\n"},
    {.maps = true,
     .text = "voxelSetting: {kernelRadius: 2, maskedKernel: false, voxelBatch: 7, initValue: -1}\n"
             "imageType: {Original: {}, LoG: {sigma: [2]}}\n"
             "featureClass: {glcm: , glrlm: [RunEntropy], firstorder: [Mean, Median], gldm: }\n"},
    {.maps = true,
     .text = "voxelSetting: {voxelBatch: 1}\nfeatureClass: {glcm: [MCC, Id], ngtdm: , glszm: }\n"},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* One call; everything seen of it goes to *s. */
static void see(const struct kind *kind, int threads, int most, struct seen *s)
{
    struct radmill_error why = RADMILL_INIT(radmill_error);
    struct radmill_source source = RADMILL_INIT(radmill_source);
    struct radmill_options o = RADMILL_INIT(radmill_options);
    struct radmill_params *p;
    struct radmill_result *r = NULL;
    s->n = 0;
    s->calls = 0;
    s->most = most;
    source.preset = kind->preset;
    source.text = kind->text;
    source.voxel_mode = kind->maps;
    o.user = s;
    o.warning = hear;
    o.progress = go_on;
    o.threads = threads;
    if (!radmill_params_create(&source, &p, &why))
        fail_msg("%s", why.text);
    bool ok = kind->maps ? radmill_maps(p, &ball.image, &ball.mask, &o, look, s, &r, &why)
                         : radmill_measure(p, &ball.image, &ball.mask, &o, &r, &why);
    if (ok)
        note_result(s, r);
    else
        note(s, "error %d %s\n", why.code, why.text);
    radmill_result_destroy(r);
    radmill_params_destroy(p);
}

static struct seen by_one, by_many;

static void compare(const struct kind *kind, int most)
{
    for (int i = 0; i < NUMBERS; i++) {
        see(kind, numbers[i], most, &by_many);
        assert_string_equal(by_one.text, by_many.text);
    }
}

static void all_that_is_seen_is_the_same(void **state)
{
    (void)state;
    for (int k = 0; k < KINDS; k++) {
        see(&kinds[k], 1, 1 << 30, &by_one);
        const char *error = strstr(by_one.text, "error ");
        assert_int_equal(error ? atoi(error + 6) : 0, kinds[k].code);
        compare(&kinds[k], 1 << 30);
    }
}

/* The caller says no at its n-th question, for every n. */
static void a_call_ends_where_the_caller_ends_it(void **state)
{
    (void)state;
    static const struct kind cancelled[] = {
        {.text = "imageType: {Original: {}, LoG: {sigma: [2]}}\n"
                 "featureClass: {shape: , firstorder: [Mean], gldm: [], ngtdm: }\n"},
        {.maps = true,
         .text = "featureClass: {firstorder: [Mean, Range], gldm: [SmallDependenceEmphasis]}\n"},
    };
    for (int k = 0; k < 2; k++) {
        int most = 0;
        for (bool ended = true; ended; most++) {
            see(&cancelled[k], 1, most, &by_one);
            ended = strstr(by_one.text, "error 130") != NULL;
            compare(&cancelled[k], most);
        }
        assert_true(most > 4);
    }
}

static void a_process_may_fork_before_and_after(void **state)
{
    (void)state;
    see(&kinds[0], 3, 1 << 30, &by_one);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        see(&kinds[0], 3, 1 << 30, &by_many);
        _exit(strcmp(by_one.text, by_many.text) == 0 ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void numbers_of_threads_are_checked(void **state)
{
    (void)state;
    const struct kind plain = {.text = "{}"};
    static const int bad[] = {-1, 1025};
    for (int i = 0; i < 2; i++) {
        see(&plain, bad[i], 0, &by_one);
        assert_non_null(strstr(by_one.text, "error 2"));
    }
}

int main(void)
{
    ball_fill(&ball);
    by_one.text = malloc(ROOM);
    by_many.text = malloc(ROOM);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_is_seen_is_the_same),
        cmocka_unit_test(a_call_ends_where_the_caller_ends_it),
        cmocka_unit_test(a_process_may_fork_before_and_after),
        cmocka_unit_test(numbers_of_threads_are_checked),
    };
    int failed = by_one.text && by_many.text ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
    free(by_one.text);
    free(by_many.text);
    return failed;
}
