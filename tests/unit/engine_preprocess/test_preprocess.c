/* Preprocessing but for resampling: rules of the specification's section 2 on images small enough
 * to work out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/load/label.h"
#include "engine/load/load.h"
#include "engine/params/profile.h"
#include "engine/preprocess/check.h"
#include "engine/preprocess/normalise.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* A 4 x 3 x 2 grid with unequal sides. */
static struct grid small_grid(void)
{
    struct grid g = grid_unit();
    const int64_t size[3] = {4, 3, 2};
    const double spacing[3] = {1, 2, 3};
    memcpy(g.size, size, sizeof size);
    memcpy(g.spacing_mm, spacing, sizeof spacing);
    return g;
}

/* Values 0, 1, 2, ... in the given type. */
static struct volume ramp(enum pixel_type type)
{
    struct grid g = small_grid();
    struct volume v;
    struct err e;
    assert_true(volume_alloc(&v, &g, type, &e));
    for (int64_t i = 0; i < grid_voxels(&g); i++)
        if (type == PIXEL_I16)
            ((int16_t *)v.data)[i] = (int16_t)i;
        else if (type == PIXEL_F32)
            ((float *)v.data)[i] = (float)i;
        else
            ((uint8_t *)v.data)[i] = (uint8_t)i;
    return v;
}

/* Label 1 in the voxels whose index bit is set in `bits`. */
static struct volume mask_of(uint32_t bits)
{
    struct volume v = ramp(PIXEL_U8);
    for (int i = 0; i < 24; i++)
        ((uint8_t *)v.data)[i] = bits >> i & 1;
    return v;
}

static struct rcase case_of(enum pixel_type type, uint32_t bits)
{
    struct volume image = ramp(type), mask = mask_of(bits);
    struct settings s = settings_default();
    struct rcase c = {0};
    struct err e = {0};
    if (!load_from_volumes(&image, &mask, NULL, &s.load, NULL, &c, &e))
        fail_msg("%s", e.text);
    volume_free(&mask);
    return c;
}

/* A 2 x 2 square in the first slice: voxels 1, 2, 5, 6. */
enum { SQUARE = 1u << 1 | 1u << 2 | 1u << 5 | 1u << 6 };

static void refused(struct rcase *c, const struct settings *s, const char *message)
{
    struct roi_view ready;
    struct err e = {0};
    assert_false(preprocess(c, profile_pyradiomics.preprocess, s, NULL, NULL, &ready, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    if (!strstr(e.text, message))
        fail_msg("\"%s\" is not in \"%s\"", message, e.text);
    rcase_free(c);
}

static struct roi_view prepared(struct rcase *c, const struct settings *s)
{
    struct roi_view ready;
    struct err e = {0};
    if (!preprocess(c, profile_pyradiomics.preprocess, s, NULL, NULL, &ready, &e))
        fail_msg("%s", e.text);
    return ready;
}

static void the_view_is_the_tight_box(void **state)
{
    (void)state;
    struct rcase c = case_of(PIXEL_I16, SQUARE);
    struct settings s = settings_default();
    struct roi_view p = prepared(&c, &s);
    const struct box *b = &p.intensity.box;
    assert_true(b->lo[0] == 1 && b->lo[1] == 0 && b->lo[2] == 0);
    assert_true(b->size[0] == 2 && b->size[1] == 2 && b->size[2] == 1);
    assert_int_equal(p.intensity.n_voxels, 4);
    assert_ptr_equal(p.intensity.in, p.morphology.in);
    assert_ptr_equal(p.image.data, c.image.data);
    rcase_free(&c);
}

static void a_mask_must_hold_two_values_and_the_label(void **state)
{
    (void)state;
    struct volume none = mask_of(0), all = mask_of(0xffffff), some = mask_of(SQUARE);
    struct label_mask m;
    struct err e = {0};
    assert_false(label_select(&none, 1, &m, &e));
    assert_non_null(strstr(e.text, "one value only (0)"));
    assert_false(label_select(&all, 1, &m, &e));
    assert_non_null(strstr(e.text, "one value only (1)"));
    assert_false(label_select(&some, 2, &m, &e));
    assert_non_null(strstr(e.text, "label 2 is not in the mask"));
    volume_free(&none);
    volume_free(&all);
    volume_free(&some);
}

static void labels_are_converted_as_c_does(void **state)
{
    (void)state;
    struct volume mask = ramp(PIXEL_F32);
    float *value = mask.data;
    struct label_mask m;
    struct err e;
    for (int i = 0; i < 24; i++)
        value[i] = 0;
    value[3] = 1.9f, value[7] = 2.9f, value[8] = -1;
    assert_true(label_select(&mask, 1, &m, &e));
    assert_true(m.n_voxels == 1 && m.box.lo[0] == 3 && m.box.lo[1] == 0);
    label_mask_free(&m);
    assert_true(label_select(&mask, 2, &m, &e));
    assert_true(m.n_voxels == 1 && m.box.lo[0] == 3 && m.box.lo[1] == 1);
    label_mask_free(&m);
    assert_true(label_select(&mask, 4294967295, &m, &e));
    assert_true(m.n_voxels == 1 && m.box.lo[0] == 0 && m.box.lo[1] == 2);
    label_mask_free(&m);
    volume_free(&mask);
}

static void vector_masks_give_one_component(void **state)
{
    (void)state;
    struct volume mask = mask_of(SQUARE);
    struct err e;
    mask.grid.size[0] = 2; /* 12 voxels of two components, in the bytes of 24 */
    mask.channels = 2;
    assert_false(label_channel(&mask, 2, &e));
    assert_non_null(strstr(e.text, "2 components"));
    assert_true(label_channel(&mask, 1, &e));
    assert_int_equal(mask.channels, 1);
    const uint8_t *in = mask.data;
    assert_true(in[0] == 1 && in[1] == 0 && in[2] == 1 && in[3] == 0);
    volume_free(&mask);
}

static void small_rois_are_refused(void **state)
{
    (void)state;
    struct settings s = settings_default();
    struct rcase c = case_of(PIXEL_I16, 1u << 5);
    refused(&c, &s, "single voxel");
    c = case_of(PIXEL_I16, 3u << 5);
    refused(&c, &s, "the ROI has 1 dimension, minimumROIDimensions is 2");
    s.check.minimum_roi_dimensions = 3;
    c = case_of(PIXEL_I16, SQUARE);
    refused(&c, &s, "the ROI has 2 dimensions, minimumROIDimensions is 3");
    s = settings_default();
    s.check.has_minimum_roi_size = true;
    s.check.minimum_roi_size = 4; /* exclusive */
    c = case_of(PIXEL_I16, SQUARE);
    refused(&c, &s, "the ROI has 4 voxels, minimumROISize asks for more than 4");
    s.check.minimum_roi_size = 3;
    c = case_of(PIXEL_I16, SQUARE);
    prepared(&c, &s);
    rcase_free(&c);
}

static void grids_are_compared_as_itk_does(void **state)
{
    (void)state;
    struct grid a = small_grid(), b = a;
    char why[160];
    a.spacing_mm[0] = b.spacing_mm[0] = 2; /* tolerance is relative to this */
    b.origin_mm[1] = 1.9e-6;
    assert_true(check_geometry(&a, &b, 1e-6, why, sizeof why));
    b.origin_mm[1] = 2.1e-6;
    assert_false(check_geometry(&a, &b, 1e-6, why, sizeof why));
    assert_non_null(strstr(why, "origin along y"));
    b = a;
    b.spacing_mm[2] += 2.1e-6;
    assert_false(check_geometry(&a, &b, 1e-6, why, sizeof why));
    assert_non_null(strstr(why, "spacing along z"));
    b = a;
    b.direction[1] = 1.1e-6;
    assert_false(check_geometry(&a, &b, 1e-6, why, sizeof why));
    assert_non_null(strstr(why, "direction"));
    b = a;
    b.size[0]++;
    assert_false(check_geometry(&a, &b, 1e-6, why, sizeof why));
    b = a;
    b.dims = 2;
    assert_false(check_geometry(&a, &b, 1e-6, why, sizeof why));
}

static void another_grid_is_refused(void **state)
{
    (void)state;
    struct settings s = settings_default();
    struct rcase c = case_of(PIXEL_I16, SQUARE);
    c.mask.grid.origin_mm[0] = 0.5;
    refused(&c, &s, "origin along x: image 0 mm, mask 0.5 mm");
    c = case_of(PIXEL_I16, SQUARE);
    c.mask.grid.origin_mm[0] = 5e-4; /* corners within 1e-3 voxel */
    prepared(&c, &s);
    rcase_free(&c);
    s.check.has_geometry_tolerance = true;
    s.check.geometry_tolerance = 1e-4;
    c = case_of(PIXEL_I16, SQUARE);
    c.mask.grid.origin_mm[0] = 5e-4;
    refused(&c, &s, "origin along x");
}

static void flipped_masks_are_put_in_order(void **state)
{
    (void)state;
    struct settings s = settings_default();
    struct rcase c = case_of(PIXEL_I16, 1u << 0 | 1u << 5); /* (0,0,0) and (1,1,0) */
    c.mask.grid.direction[0] = -1;                          /* x runs the other way ... */
    c.mask.grid.origin_mm[0] = 3;                           /* ... over the same voxels */
    struct roi_view p = prepared(&c, &s);
    assert_true(p.intensity.box.lo[0] == 2 && p.intensity.box.size[0] == 2 &&
                p.intensity.n_voxels == 2);
    assert_true(p.intensity.in[1] == 1 && p.intensity.in[2] == 1);
    assert_true(p.intensity.in[0] == 0 && p.intensity.in[3] == 0);
    rcase_free(&c);
}

static void normalisation_uses_all_voxels(void **state)
{
    (void)state;
    struct settings s = settings_default();
    struct rcase c = case_of(PIXEL_I16, SQUARE);
    s.normalise.normalize = true;
    s.normalise.normalize_scale = 100;
    struct roi_view p = prepared(&c, &s);
    assert_int_equal(p.image.type, PIXEL_F64);
    assert_false(p.has_stats);
    const double *y = p.image.data;
    double sd = sqrt((23.0 * 24 * 47 / 6 - 276.0 * 276 / 24) / 23); /* of 0..23, N - 1 */
    assert_float_equal(y[0], -11.5 / sd * 100, 1e-10);
    assert_float_equal(y[23], 11.5 / sd * 100, 1e-10);
    rcase_free(&c);
    s.normalise.has_remove_outliers = true;
    s.normalise.remove_outliers = 1; /* in deviations, before the scale */
    c = case_of(PIXEL_F32, SQUARE);
    p = prepared(&c, &s);
    y = p.image.data;
    assert_true(y[0] == -100 && y[23] == 100);
    rcase_free(&c);
}

/* pyradiomics on images of one value: round-off decides. */
static void normalisation_of_a_constant(void **state)
{
    (void)state;
    static const struct {
        int64_t n;
        double value, result;
    } known[] = {
        {24, 12.7, 8.932932323427348e-09},
        {24, 0.7, 1.263307404355196e-08},
        {24, 0.3, 0},
        {24, 7.7, NAN},
        {777, 7.7, -DBL_MAX},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct grid g = grid_unit();
        struct volume given, v;
        struct err e = {0};
        struct settings s = settings_default();
        g.size[0] = known[i].n;
        assert_true(volume_alloc(&given, &g, PIXEL_F64, &e));
        for (int64_t k = 0; k < known[i].n; k++)
            ((double *)given.data)[k] = known[i].value;
        assert_true(normalise(&given, &s.normalise, &v, &e));
        volume_free(&given);
        for (int64_t k = 0; k < known[i].n; k++)
            assert_true(volume_get(&v, k) == known[i].result ||
                        (isnan(known[i].result) && isnan(volume_get(&v, k))));
        volume_free(&v);
    }
}

static void pre_crop_keeps_a_margin(void **state)
{
    (void)state;
    struct settings s = settings_default();
    s.resample.pre_crop = true;
    s.resample.pad_distance = 1;
    struct rcase c = case_of(PIXEL_I16, 1u << 1 | 1u << 6);
    struct roi_view p = prepared(&c, &s);
    const struct grid *g = &p.image.grid;
    assert_true(g->size[0] == 4 && g->size[1] == 3 && g->size[2] == 2);
    rcase_free(&c);
    s.resample.pad_distance = 0;
    c = case_of(PIXEL_I16, 1u << 1 | 1u << 6);
    p = prepared(&c, &s);
    g = &p.image.grid;
    assert_true(g->size[0] == 2 && g->size[1] == 2 && g->size[2] == 1);
    assert_true(g->origin_mm[0] == 1 && g->origin_mm[1] == 0);
    assert_true(volume_get(&p.image, 0) == 1 && volume_get(&p.image, 3) == 6);
    assert_true(p.intensity.box.lo[0] == 0 && p.intensity.in[0] == 1 && p.intensity.in[3] == 1);
    rcase_free(&c);
}

/* Point filters take the maximum from the view's statistics; NaN must not get lost there. */
static void statistics_of_images_with_nan_are_not_handed_on(void **state)
{
    (void)state;
    for (int with_nan = 0; with_nan < 2; with_nan++) {
        struct volume image = ramp(PIXEL_F32), mask = mask_of(SQUARE);
        struct settings s = settings_default();
        struct snapshots log = {0};
        struct rcase c = {0};
        struct roi_view p;
        struct err e = {0};
        if (with_nan)
            ((float *)image.data)[23] = NAN;
        assert_true(load_from_volumes(&image, &mask, NULL, &s.load, &log, &c, &e));
        assert_true(preprocess(&c, profile_pyradiomics.preprocess, &s, NULL, &log, &p, &e));
        assert_int_equal(p.has_stats, !with_nan);
        assert_true(with_nan || p.maximum == 23);
        rcase_free(&c);
        volume_free(&mask);
    }
}

static double range[2];

static struct settings resegmenting(enum resegment_mode mode, double a, double b, int n)
{
    struct settings s = settings_default();
    range[0] = a, range[1] = b;
    s.resegment.has_resegment_range = true;
    s.resegment.resegment_range = (struct real_list){.item = range, .n = n};
    s.resegment.resegment_mode = mode;
    return s;
}

static int64_t left(enum pixel_type type, const struct settings *s)
{
    struct rcase c = case_of(type, 0x0fffff); /* values 0..19 */
    struct roi_view p = prepared(&c, s);
    int64_t n = p.intensity.n_voxels;
    rcase_free(&c);
    return n;
}

static void resegmentation_keeps_a_closed_range(void **state)
{
    (void)state;
    struct settings s = resegmenting(RESEGMENT_ABSOLUTE, 10, 3, 2); /* sorted by us */
    assert_int_equal(left(PIXEL_I16, &s), 8);
    s = resegmenting(RESEGMENT_ABSOLUTE, 5, 0, 1);
    assert_int_equal(left(PIXEL_I16, &s), 15);
    s = resegmenting(RESEGMENT_RELATIVE, 0.5, 1, 2); /* 9.5 .. 19 */
    assert_int_equal(left(PIXEL_F32, &s), 10);
    s = resegmenting(RESEGMENT_SIGMA, -1, 1, 2); /* 9.5 +- 5.766 */
    assert_int_equal(left(PIXEL_I16, &s), 12);
    assert_int_equal(left(PIXEL_F32, &s), 12);
    struct rcase c = case_of(PIXEL_I16, SQUARE);
    s = resegmenting(RESEGMENT_ABSOLUTE, 6, 100, 2);
    refused(&c, &s, "resegmentation leaves 1 of 4 voxels");
    c = case_of(PIXEL_I16, SQUARE);
    s = resegmenting(RESEGMENT_ABSOLUTE, 6, 100, 0);
    refused(&c, &s, "resegmentRange has 0 values");
    c = case_of(PIXEL_I16, SQUARE);
    s = resegmenting(RESEGMENT_ABSOLUTE, 1, 2, 2);
    refused(&c, &s, "after resegmentation: the ROI has 1 dimension");
}

static void float32_thresholds_are_float32(void **state)
{
    (void)state;
    struct settings s = resegmenting(RESEGMENT_ABSOLUTE, 0, 0.1, 2);
    struct rcase c = case_of(PIXEL_F32, SQUARE);
    ((float *)c.image.data)[1] = ((float *)c.image.data)[6] = 0.1f; /* above 0.1 as a double */
    struct roi_view p = prepared(&c, &s);
    assert_int_equal(p.intensity.n_voxels, 2);
    rcase_free(&c);
}

/* The shape mask is the first ROI inside the box of the new one. */
static void shape_is_cut_at_the_new_box(void **state)
{
    (void)state;
    struct settings s = resegmenting(RESEGMENT_ABSOLUTE, 5, 10, 2);
    struct rcase c = case_of(PIXEL_I16, 0xfff & ~(1u << 6)); /* first slice but (2,1) */
    struct roi_view p = prepared(&c, &s);
    assert_true(p.intensity.box.lo[0] == 0 && p.intensity.box.lo[1] == 1);
    assert_true(p.intensity.box.size[0] == 4 && p.intensity.box.size[1] == 2);
    assert_int_equal(p.intensity.n_voxels, 5); /* 5, 7, 8, 9, 10 */
    const uint8_t shape[8] = {1, 1, 0, 1, 1, 1, 1, 1};
    assert_memory_equal(p.morphology.in, shape, 8);
    rcase_free(&c);
    s.resegment.resegment_shape = true;
    c = case_of(PIXEL_I16, 0xfff & ~(1u << 6));
    p = prepared(&c, &s);
    assert_ptr_equal(p.morphology.in, p.intensity.in);
    rcase_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_view_is_the_tight_box),
        cmocka_unit_test(a_mask_must_hold_two_values_and_the_label),
        cmocka_unit_test(labels_are_converted_as_c_does),
        cmocka_unit_test(vector_masks_give_one_component),
        cmocka_unit_test(small_rois_are_refused),
        cmocka_unit_test(grids_are_compared_as_itk_does),
        cmocka_unit_test(another_grid_is_refused),
        cmocka_unit_test(flipped_masks_are_put_in_order),
        cmocka_unit_test(normalisation_uses_all_voxels),
        cmocka_unit_test(normalisation_of_a_constant),
        cmocka_unit_test(pre_crop_keeps_a_margin),
        cmocka_unit_test(statistics_of_images_with_nan_are_not_handed_on),
        cmocka_unit_test(resegmentation_keeps_a_closed_range),
        cmocka_unit_test(float32_thresholds_are_float32),
        cmocka_unit_test(shape_is_cut_at_the_new_box),
    };
    return cmocka_run_group_tests_name("preprocess", tests, NULL, NULL);
}
