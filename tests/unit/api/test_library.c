/* Every entry of libradmill, as a program calls it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ball.h"
#include "base/mem.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct ball ball;

static struct radmill_params *params_of(const char *text, bool voxel_mode)
{
    struct radmill_error why = RADMILL_INIT(radmill_error);
    struct radmill_source source = RADMILL_INIT(radmill_source);
    struct radmill_params *p;
    source.text = text;
    source.voxel_mode = voxel_mode;
    if (!radmill_params_create(&source, &p, &why))
        fail_msg("%s", why.text);
    return p;
}

static double value_of(const struct radmill_result *r, const char *name)
{
    struct radmill_value v = RADMILL_INIT(radmill_value);
    for (size_t i = 0; radmill_result_value(r, i, &v); i++)
        if (strcmp(v.name, name) == 0)
            return v.value;
    fail_msg("no value %s", name);
    return 0;
}

static void says_who_it_is(void **state)
{
    (void)state;
    assert_true(strlen(radmill_version()) >= 5);
    assert_int_equal(radmill_interface(), RADMILL_INTERFACE);
}

static void values_come_with_all_that_is_known_of_them(void **state)
{
    (void)state;
    struct radmill_params *p = params_of("imageType: {Original: {}, LoG: {sigma: [2]}}\n", false);
    struct radmill_result *r;
    struct radmill_value v = RADMILL_INIT(radmill_value);
    assert_true(radmill_measure(p, &ball.image, &ball.mask, NULL, &r, NULL));
    assert_int_equal(radmill_result_count(r), 14 + 2 * 93);
    assert_true(radmill_result_value(r, 0, &v));
    assert_string_equal(v.name, "original_shape_Elongation");
    assert_string_equal(v.aggregation, "DHQ4");
    size_t i = 0;
    while (radmill_result_value(r, i, &v) && strcmp(v.name, "log-sigma-2-mm-3D_glcm_Contrast") != 0)
        i++;
    assert_string_equal(v.image, "log-sigma-2-mm-3D");
    assert_string_equal(v.family, "glcm");
    assert_string_equal(v.feature, "Contrast");
    assert_string_equal(v.aggregation, "ITBB");
    assert_string_equal(v.code, "ACUI");
    assert_string_equal(v.unit, "1");
    assert_string_equal(v.reason, "");
    assert_true(v.value > 0);
    assert_false(radmill_result_value(r, radmill_result_count(r), &v));
    radmill_result_destroy(r);
    radmill_params_destroy(p);
}

static void diagnostics_are_there_unless_unwanted(void **state)
{
    (void)state;
    struct radmill_params *p = params_of("featureClass: {firstorder: [Mean]}\n", false);
    struct radmill_options quiet = RADMILL_INIT(radmill_options);
    struct radmill_diagnostic d = RADMILL_INIT(radmill_diagnostic);
    struct radmill_result *r;
    bool voxels = false;
    assert_true(radmill_measure(p, &ball.image, &ball.mask, NULL, &r, NULL));
    for (size_t i = 0; radmill_result_diagnostic(r, i, &d); i++)
        if (strcmp(d.name, "diagnostics_Mask-original_VoxelNum") == 0)
            voxels = d.kind == RADMILL_NUMBER && atoi(d.text) > 50;
    assert_true(voxels);
    radmill_result_destroy(r);
    quiet.no_diagnostics = true;
    assert_true(radmill_measure(p, &ball.image, &ball.mask, &quiet, &r, NULL));
    assert_false(radmill_result_diagnostic(r, 0, &d));
    radmill_result_destroy(r);
    radmill_params_destroy(p);
}

/* The next text of a struct radmill_table is this one. */
static void next_text(const char **at, const char *expected)
{
    assert_string_equal(*at, expected);
    *at += strlen(*at) + 1;
}

/* The table says what the values and diagnostics say one by one, and nothing behind them. */
static void one_call_tells_the_whole_of_a_result(void **state)
{
    (void)state;
    static const char params[] =
        "setting: {binWidth: 1000}\nimageType: {Original: {}, Wavelet: {}}\n";
    struct radmill_params *p = params_of(params, false);
    struct radmill_table t = RADMILL_INIT(radmill_table);
    struct radmill_value v = RADMILL_INIT(radmill_value);
    struct radmill_diagnostic d = RADMILL_INIT(radmill_diagnostic);
    struct radmill_result *r;
    assert_false(radmill_result_table(NULL, &t));
    assert_true(radmill_measure(p, &ball.image, &ball.mask, NULL, &r, NULL));
    assert_true(radmill_result_table(r, &t));
    assert_int_equal(t.values, radmill_result_count(r));
    const char *text = t.texts, *reason = t.reasons, *known = t.diagnostic_texts;
    size_t i = 0;
    for (; radmill_result_value(r, i, &v); i++) {
        assert_memory_equal(&t.value[i], &v.value, sizeof v.value);
        const char *const expected[] = {v.name,        v.image, v.family, v.feature,
                                        v.aggregation, v.code,  v.unit};
        for (size_t k = 0; k < sizeof expected / sizeof *expected; k++)
            next_text(&text, expected[k]);
        next_text(&reason, v.reason);
    }
    assert_int_equal(i, t.values);
    for (i = 0; radmill_result_diagnostic(r, i, &d); i++) {
        const char kind[] = {(char)('0' + d.kind), '\0'};
        next_text(&known, d.name);
        next_text(&known, d.text);
        next_text(&known, kind);
    }
    assert_int_equal(i, t.diagnostics);
    assert_ptr_equal(text, t.texts + t.texts_bytes);
    assert_ptr_equal(reason, t.reasons + t.reasons_bytes);
    assert_ptr_equal(known, t.diagnostic_texts + t.diagnostic_texts_bytes);
    radmill_result_destroy(r);
    radmill_params_destroy(p);
}

static void parameters_come_from_text_file_preset_and_overrides(void **state)
{
    (void)state;
    static const char *const overrides[] = {"binWidth=5", "label=2"};
    struct radmill_source source = RADMILL_INIT(radmill_source);
    struct radmill_error why = RADMILL_INIT(radmill_error);
    struct radmill_params *p;
    char path[] = "/tmp/radmill-library-XXXXXX.yaml";
    int fd = mkstemps(path, 5);
    assert_true(fd >= 0 && write(fd, "setting: {binWidth: 7}\n", 23) == 23);
    close(fd);
    source.file = path;
    assert_true(radmill_params_create(&source, &p, &why));
    radmill_params_destroy(p);
    unlink(path);
    assert_false(radmill_params_create(&source, &p, &why));
    assert_int_equal(why.code, 3);
    source.file = NULL;
    source.preset = "ct";
    source.overrides = overrides;
    source.n_overrides = 2;
    assert_true(radmill_params_create(&source, &p, &why));
    radmill_params_destroy(p);
    source.profile = "nobody";
    assert_false(radmill_params_create(&source, &p, &why));
    assert_int_equal(why.code, 2);
    assert_non_null(strstr(why.text, "nobody"));
    assert_false(radmill_params_create(
        &(struct radmill_source){.size = sizeof source, .text = "setting: {binWith: 1}"}, &p,
        &why));
    assert_non_null(strstr(why.text, "did you mean \"binWidth\"?"));
    radmill_params_destroy(NULL);
}

static void the_label_and_one_class_are_options_of_the_call(void **state)
{
    (void)state;
    struct radmill_params *p = params_of("setting: {label: 9}\n", false);
    struct radmill_options o = RADMILL_INIT(radmill_options);
    struct radmill_error why = RADMILL_INIT(radmill_error);
    struct radmill_result *r;
    assert_false(radmill_measure(p, &ball.image, &ball.mask, NULL, &r, &why));
    assert_int_equal(why.code, 3);
    assert_null(r);
    o.label = 1;
    o.family = "ngtdm";
    assert_true(radmill_measure(p, &ball.image, &ball.mask, &o, &r, &why));
    assert_int_equal(radmill_result_count(r), 5);
    radmill_result_destroy(r);
    o.family = "glcmm";
    assert_false(radmill_measure(p, &ball.image, &ball.mask, &o, &r, &why));
    assert_int_equal(why.code, 2);
    radmill_params_destroy(p);
}

/* No preprocessing: a mask that is nothing but ROI, and settings of preprocessing do not matter. */
static void an_image_is_measured_as_it_is(void **state)
{
    (void)state;
    uint8_t ones[BALL_N];
    memset(ones, 1, sizeof ones);
    const struct radmill_image all = ball_image(ones, RADMILL_U8);
    struct radmill_params *p = params_of("setting: {normalize: true, minimumROISize: 100000}\n"
                                         "imageType: {LoG: {sigma: [2]}}\n",
                                         false);
    struct radmill_options o = RADMILL_INIT(radmill_options);
    struct radmill_result *r;
    double mean = 0;
    for (int i = 0; i < BALL_N; i++)
        mean += ball.voxel[i] / (double)BALL_N;
    assert_false(radmill_measure(p, &ball.image, &all, &o, &r, NULL));
    o.as_it_is = true;
    o.family = "firstorder";
    assert_true(radmill_measure(p, &ball.image, &all, &o, &r, NULL));
    assert_int_equal(radmill_result_count(r), 18);
    assert_true(fabs(value_of(r, "original_firstorder_Mean") - mean) < 1e-9);
    radmill_result_destroy(r);
    radmill_params_destroy(p);
}

static void flat_images_and_masks_of_several_components(void **state)
{
    (void)state;
    uint8_t two[2 * BALL_N];
    for (int i = 0; i < BALL_N; i++) {
        two[2 * i] = 0;
        two[2 * i + 1] = ball.inside[i];
    }
    struct radmill_image pair = ball_image(two, RADMILL_U8);
    pair.components = 2;
    struct radmill_params *p = params_of("setting: {label_channel: 1}\n"
                                         "featureClass: {firstorder: [Mean]}\n",
                                         false);
    struct radmill_result *one, *of_two;
    assert_true(radmill_measure(p, &ball.image, &ball.mask, NULL, &one, NULL));
    assert_true(radmill_measure(p, &ball.image, &pair, NULL, &of_two, NULL));
    assert_true(value_of(one, "original_firstorder_Mean") ==
                value_of(of_two, "original_firstorder_Mean"));
    radmill_result_destroy(one);
    radmill_result_destroy(of_two);

    struct radmill_image image = ball.image, mask = ball.mask;
    size_t middle = (size_t)BALL_X * BALL_Y * (BALL_Z / 2);
    image.dims = mask.dims = 2;
    image.shape[2] = mask.shape[2] = 1;
    image.voxels = ball.voxel + middle;
    mask.voxels = ball.inside + middle;
    assert_true(radmill_measure(p, &image, &mask, NULL, &one, NULL));
    radmill_result_destroy(one);
    radmill_params_destroy(p);
}

static void what_is_no_image_is_refused(void **state)
{
    (void)state;
    struct radmill_params *p = params_of("setting: {}\n", false);
    struct radmill_error why = RADMILL_INIT(radmill_error);
    struct radmill_result *r;
    struct radmill_image bad = ball.image;
    bad.voxels = NULL;
    assert_false(radmill_measure(p, &bad, &ball.mask, NULL, &r, &why));
    assert_int_equal(why.code, 2);
    bad = ball.image;
    bad.spacing_mm[1] = NAN;
    assert_false(radmill_measure(p, &bad, &ball.mask, NULL, &r, &why));
    assert_int_equal(why.code, 3);
    assert_non_null(strstr(why.text, "image: "));
    bad = ball.image;
    bad.components = 2;
    assert_false(radmill_measure(p, &bad, &ball.mask, NULL, &r, &why));
    assert_false(radmill_measure(NULL, &ball.image, &ball.mask, NULL, &r, &why));
    radmill_params_destroy(p);
}

/* --- listeners --- */

struct heard {
    int warnings, calls, most; /* calls of progress that are answered with true */
    int asked;                 /* whether the result is wanted: the first 99 times */
    size_t done, all;
};

static void hear(void *user, const char *text)
{
    struct heard *h = user;
    assert_non_null(strstr(text, "sigma 500"));
    h->warnings++;
}

static bool go_on(void *user, size_t done, size_t all, const char *image, const char *family)
{
    struct heard *h = user;
    assert_true(done >= h->done && done < all && image[0] && family[0]);
    h->done = done;
    h->all = all;
    return ++h->calls <= h->most;
}

static bool still_wanted(void *user)
{
    struct heard *h = user;
    return ++h->asked <= 99;
}

static void warnings_and_progress_go_to_the_caller(void **state)
{
    (void)state;
    struct radmill_params *p = params_of("imageType: {Original: {}, LoG: {sigma: [500, 2]}}\n"
                                         "featureClass: {firstorder: , glcm: }\n",
                                         false);
    struct heard h = {.most = 100};
    struct radmill_options o = RADMILL_INIT(radmill_options);
    struct radmill_error why = RADMILL_INIT(radmill_error);
    struct radmill_result *r;
    o.user = &h;
    o.warning = hear;
    o.progress = go_on;
    assert_true(radmill_measure(p, &ball.image, &ball.mask, &o, &r, &why));
    assert_int_equal(h.warnings, 1);
    assert_int_equal(h.calls, 4);
    assert_int_equal(h.all, 3 * (18 + 24));
    radmill_result_destroy(r);
    h = (struct heard){.most = 100};
    o.progress = NULL;
    o.wanted = still_wanted;
    assert_true(radmill_measure(p, &ball.image, &ball.mask, &o, &r, &why));
    assert_int_equal(h.asked, 1 + 4); /* before the warning, too */
    radmill_result_destroy(r);
    o.wanted_ms = 3600000; /* a class comes sooner than that */
    assert_true(radmill_measure(p, &ball.image, &ball.mask, &o, &r, &why));
    assert_int_equal(h.asked, 1 + 4 + 1);
    radmill_result_destroy(r);
    o.wanted_ms = 0;
    h.asked = 99;
    assert_false(radmill_measure(p, &ball.image, &ball.mask, &o, &r, &why));
    assert_int_equal(why.code, 130);
    o.progress = go_on;
    h = (struct heard){.most = 2};
    assert_false(radmill_measure(p, &ball.image, &ball.mask, &o, &r, &why));
    assert_int_equal(why.code, 130);
    assert_int_equal(h.calls, 3);
    assert_int_equal(h.asked, 1 + 3);
    radmill_params_destroy(p);
}

/* A program may use any locale: numbers in parameters are read and written all the same. */
static void the_locale_is_left_alone(void **state)
{
    (void)state;
    char before[64];
    snprintf(before, sizeof before, "%s", setlocale(LC_ALL, NULL));
    struct radmill_params *p = params_of("setting: {binWidth: 0.5}\n"
                                         "imageType: {LoG: {sigma: [1.5]}}\n",
                                         false);
    struct radmill_result *r;
    assert_true(radmill_measure(p, &ball.image, &ball.mask, NULL, &r, NULL));
    value_of(r, "log-sigma-1-5-mm-3D_firstorder_Mean");
    assert_string_equal(setlocale(LC_ALL, NULL), before);
    radmill_result_destroy(r);
    radmill_params_destroy(p);
}

/* --- images through a function --- */

struct taken {
    int n, most;
    char first[64], last[64];
    double sum;
};

static bool take(void *user, const struct radmill_value *about, const struct radmill_image *image)
{
    struct taken *t = user;
    const double *v = image->voxels;
    assert_int_equal(image->pixel, RADMILL_F64);
    snprintf(t->n ? t->last : t->first, sizeof t->last, "%s", about->name);
    t->sum = 0;
    for (int64_t i = 0; i < image->shape[0] * image->shape[1] * image->shape[2]; i++)
        t->sum += v[i];
    return ++t->n < t->most;
}

static void maps_are_handed_over_one_by_one(void **state)
{
    (void)state;
    struct radmill_params *p =
        params_of("featureClass: {firstorder: [Mean, Median], glcm: [Id]}\n", true);
    struct taken t = {.most = 100};
    struct radmill_error why = RADMILL_INIT(radmill_error);
    struct radmill_result *r;
    struct radmill_diagnostic d = RADMILL_INIT(radmill_diagnostic);
    assert_true(radmill_maps(p, &ball.image, &ball.mask, NULL, take, &t, &r, &why));
    assert_int_equal(t.n, 3);
    assert_string_equal(t.first, "original_firstorder_Mean");
    assert_string_equal(t.last, "original_glcm_Id");
    assert_int_equal(radmill_result_count(r), 0);
    assert_true(radmill_result_diagnostic(r, 0, &d));
    radmill_result_destroy(r);
    t = (struct taken){.most = 2};
    assert_false(radmill_maps(p, &ball.image, &ball.mask, NULL, take, &t, NULL, &why));
    assert_int_equal(why.code, 130);
    radmill_params_destroy(p);
}

static bool pass_over(void *user, const struct radmill_value *about,
                      const struct radmill_image *image)
{
    (void)about;
    *(size_t *)user += image->voxels != NULL;
    return true;
}

/* A program that stays gets back what a call took, whichever it was. */
static void no_memory_is_kept_behind_a_call(void **state)
{
    (void)state;
    enum { SIDE = 48 };
    static int16_t voxel[SIDE * SIDE * SIDE];
    static uint8_t inside[SIDE * SIDE * SIDE];
    struct radmill_image image = ball.image, mask = ball.mask;
    struct radmill_params *p[] = {params_of("featureClass: {glszm: []}\n", false),
                                  params_of("featureClass: {firstorder: [Mean]}\n", true)};
    struct radmill_result *r[2];
    size_t images = 0;
    for (int i = 0; i < SIDE * SIDE * SIDE; i++) {
        voxel[i] = (int16_t)(i * 37 % 501);
        inside[i] = i % SIDE > 2;
    }
    for (int a = 0; a < 3; a++)
        image.shape[a] = mask.shape[a] = SIDE;
    image.voxels = voxel, mask.voxels = inside;
    assert_true(radmill_measure(p[0], &image, &mask, NULL, &r[0], NULL));
    assert_int_equal(mem_big_kept(), 0);
    assert_true(radmill_maps(p[1], &image, &mask, NULL, pass_over, &images, &r[1], NULL));
    assert_int_equal(mem_big_kept(), 0);
    assert_true(radmill_filtered(p[0], &image, &mask, NULL, pass_over, &images, NULL));
    assert_int_equal(mem_big_kept(), 0);
    assert_int_equal(images, 2);
    for (int i = 0; i < 2; i++) {
        radmill_result_destroy(r[i]);
        radmill_params_destroy(p[i]);
    }
}

static void filtered_images_come_whole(void **state)
{
    (void)state;
    struct radmill_params *p = params_of("imageType: {Original: {}, Wavelet: {}}\n", false);
    struct taken t = {.most = 100};
    double sum = 0;
    for (int i = 0; i < BALL_N; i++)
        sum += ball.voxel[i];
    assert_true(radmill_filtered(p, &ball.image, &ball.mask, NULL, take, &t, NULL));
    assert_int_equal(t.n, 9);
    assert_string_equal(t.last, "wavelet-LLL");
    struct heard unwanted = {.asked = 99 - 2};
    struct radmill_options o = RADMILL_INIT(radmill_options);
    o.user = &unwanted;
    o.wanted = still_wanted;
    t = (struct taken){.most = 100};
    assert_false(radmill_filtered(p, &ball.image, NULL, &o, take, &t, NULL));
    assert_int_equal(t.n, 2);
    t = (struct taken){.most = 1};
    assert_false(radmill_filtered(p, &ball.image, NULL, NULL, take, &t, NULL));
    assert_string_equal(t.first, "original");
    assert_true(t.sum == sum);
    radmill_params_destroy(p);
}

/* --- lists --- */

static void lists_tell_what_there_is(void **state)
{
    (void)state;
    struct radmill_feature feature = RADMILL_INIT(radmill_feature);
    struct radmill_family family = RADMILL_INIT(radmill_family);
    struct radmill_filter filter = RADMILL_INIT(radmill_filter);
    struct radmill_setting setting = RADMILL_INIT(radmill_setting);
    struct radmill_preset preset = RADMILL_INIT(radmill_preset);
    size_t features = 0, families = 0, in_families = 0, filters = 0, settings = 0, presets = 0;
    for (; radmill_feature_at(features, &feature); features++)
        assert_true(feature.name[0] && feature.aggregations[0] && feature.profile[0]);
    for (; radmill_family_at(families, &family); families++)
        in_families += family.features;
    for (; radmill_filter_at(filters, &filter); filters++)
        assert_true(filter.summary[0]);
    for (; radmill_setting_at(settings, &setting); settings++)
        assert_true(setting.type[0] && setting.fallback[0] && setting.summary[0]);
    for (; radmill_preset_at(presets, &preset); presets++)
        assert_true(preset.text[0] && preset.summary[0]);
    assert_true(families >= 8 && features == in_families && filters >= 10 && settings >= 41 &&
                presets >= 4);
}

/* A caller of an older release has shorter structs: what it does not know is not written. */
static void structs_may_be_of_another_release(void **state)
{
    (void)state;
    struct {
        size_t size;
        const char *profile, *family;
        char beyond[8];
    } old = {.size = offsetof(struct radmill_feature, name)};
    memset(old.beyond, 7, sizeof old.beyond);
    assert_true(radmill_feature_at(0, (struct radmill_feature *)&old));
    assert_string_equal(old.family, "firstorder");
    for (size_t i = 0; i < sizeof old.beyond; i++)
        assert_int_equal(old.beyond[i], 7);
}

/* --- cohorts: the program that is called is the caller's business (tools) --- */

static void cohorts_and_courses_are_run_by_the_tools(void **state)
{
    (void)state;
    char folder[] = "/tmp/radmill-tools-XXXXXX", path[64];
    struct radmill_config c = RADMILL_INIT(radmill_config);
    struct radmill_error why = RADMILL_INIT(radmill_error);
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/radmill", folder);
    FILE *f = fopen(path, "w");
    fputs("#!/bin/sh\ncase \"$*\" in *--dicom-root*) exit 0;; *--course-dir*) exit 3;; esac\nexit "
          "9\n",
          f);
    fclose(f);
    assert_int_equal(chmod(path, 0700), 0);
    assert_false(radmill_run(&c, &why));
    assert_int_equal(why.code, 2);
    c.output_root = "/tmp/out";
    c.dicom_root = "/tmp/in";
    c.tools = folder;
    c.enable_parallel = true;
    c.workers = 2;
    assert_true(radmill_run(&c, &why));
    assert_false(radmill_course(&c, "/tmp/out/1/2", "recipe.yaml", &why));
    assert_int_equal(why.code, 3);
    unlink(path);
    rmdir(folder);
    assert_false(radmill_run(&c, &why));
    assert_int_equal(why.code, 1);
}

int main(void)
{
    ball_fill(&ball);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_who_it_is),
        cmocka_unit_test(values_come_with_all_that_is_known_of_them),
        cmocka_unit_test(diagnostics_are_there_unless_unwanted),
        cmocka_unit_test(one_call_tells_the_whole_of_a_result),
        cmocka_unit_test(no_memory_is_kept_behind_a_call),
        cmocka_unit_test(parameters_come_from_text_file_preset_and_overrides),
        cmocka_unit_test(the_label_and_one_class_are_options_of_the_call),
        cmocka_unit_test(an_image_is_measured_as_it_is),
        cmocka_unit_test(flat_images_and_masks_of_several_components),
        cmocka_unit_test(what_is_no_image_is_refused),
        cmocka_unit_test(warnings_and_progress_go_to_the_caller),
        cmocka_unit_test(the_locale_is_left_alone),
        cmocka_unit_test(maps_are_handed_over_one_by_one),
        cmocka_unit_test(filtered_images_come_whole),
        cmocka_unit_test(lists_tell_what_there_is),
        cmocka_unit_test(structs_may_be_of_another_release),
        cmocka_unit_test(cohorts_and_courses_are_run_by_the_tools),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
