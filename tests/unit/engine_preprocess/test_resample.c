#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/preprocess/interpolate.h"
#include "engine/preprocess/resample.h"

#include <math.h>
#include <string.h>

enum { X = 13, Y = 11, Z = 8, N = X * Y * Z };

static int16_t voxel[N];
static uint8_t roi[N];
static double wanted_mm[] = {2, 1.25, 0};

static struct grid grid_of(bool oblique)
{
    struct grid g = {3, {X, Y, Z}, {1, 1.5, 3}, {-10, 20, 3.5}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
    const double turned[] = {0.6, 0, 0.8, 0, -1, 0, 0.8, 0, -0.6};
    if (oblique)
        memcpy(g.direction, turned, sizeof turned);
    return g;
}

static void draw(struct volume *image, struct label_mask *mask, bool oblique)
{
    int i = 0;
    for (int z = 0; z < Z; z++)
        for (int y = 0; y < Y; y++)
            for (int x = 0; x < X; x++, i++) {
                voxel[i] =
                    (int16_t)((x * x * 7 + y * 13 + z * z * z * 3 + x * y * z) % 101 * 9 - 300);
                roi[i] =
                    (x - 6) * (x - 6) * 4 + (y - 5) * (y - 5) * 6 + (z - 4) * (z - 4) * 9 <= 90;
            }
    *image =
        (struct volume){.grid = grid_of(oblique), .type = PIXEL_I16, .channels = 1, .data = voxel};
    const struct box all = {{0, 0, 0}, {X, Y, Z}};
    struct err e;
    assert_true(label_mask_from(mask, &image->grid, &all, roi, &e));
}

/* pyradiomics 3.0.1 (SimpleITK) on the image above: sums over all voxels v[i] of the result, and
 * over i * v[i]; they are integers, and one voxel off by one changes them. */
static const struct {
    enum interpolator how;
    int64_t straight[2], oblique[2];
} reference[] = {
    {INTERP_NEAREST, {89136, 33657462}, {89136, 33657462}},
    {INTERP_LINEAR, {91513, 35965524}, {91500, 35957833}},
    {INTERP_BSPLINE, {91496, 35917146}, {91496, 35917146}},
    {INTERP_GAUSSIAN, {91621, 36018594}, {91621, 36018594}},
    {INTERP_LABEL_GAUSSIAN, {75240, 29094642}, {80460, 31433535}},
    {INTERP_HAMMING_SINC, {92082, 36134979}, {92082, 36134979}},
    {INTERP_COSINE_SINC, {91353, 35838369}, {91353, 35838369}},
    {INTERP_WELCH_SINC, {91394, 35849667}, {91394, 35849667}},
    {INTERP_LANCZOS_SINC, {91356, 35837410}, {91356, 35837410}},
    {INTERP_BLACKMAN_SINC, {91532, 35924894}, {91532, 35924894}},
};

static struct grid target(const struct volume *image, const struct label_mask *mask)
{
    struct resample_settings s = settings_default().resample;
    s.resampled_pixel_spacing = (struct real_list){.item = wanted_mm, .n = 3};
    s.pad_distance = 2;
    struct grid to;
    struct err e;
    bool same = true;
    assert_true(resample_grid(&image->grid, mask, &s, &to, &same, &e));
    assert_false(same);
    return to;
}

static void check_sums(const struct volume *v, const int64_t expected[2])
{
    int64_t sum = 0, weighted = 0;
    for (int64_t i = 0; i < grid_voxels(&v->grid); i++) {
        int64_t value = (int64_t)volume_get(v, i);
        sum += value;
        weighted += i * value;
    }
    assert_int_equal(sum, expected[0]);
    assert_int_equal(weighted, expected[1]);
}

static void gives_the_voxels_of_the_reference(void **state)
{
    (void)state;
    for (int oblique = 0; oblique < 2; oblique++) {
        struct volume image, out;
        struct label_mask mask;
        struct err e;
        draw(&image, &mask, oblique);
        struct grid to = target(&image, &mask);
        for (size_t i = 0; i < sizeof reference / sizeof *reference; i++) {
            assert_true(resample_image(&image, &to, reference[i].how, NULL, &out, &e));
            assert_int_equal(out.type, PIXEL_I16);
            check_sums(&out, oblique ? reference[i].oblique : reference[i].straight);
            volume_free(&out);
        }
        label_mask_free(&mask);
    }
}

/* Labels of the same weight: the last digits of ITK's sums choose among them. */
static void label_gaussian_breaks_ties_as_the_reference(void **state)
{
    (void)state;
    static const struct {
        double spacing_mm[3];
        int64_t sums[2];
    } tie[] = {
        {{1, 0.8, 3}, {276438, 277411200}},      {{1, 1, 3}, {229629, 195896472}},
        {{1, 1.25, 0.5}, {1081470, 4636581816}}, {{0.5, 0.75, 0.625}, {2207049, 18403344072}},
        {{0.5, 1, 0.9}, {1382238, 6879862314}},  {{0.5, 2.25, 0.5}, {974661, 4371928782}},
    };
    for (size_t i = 0; i < sizeof tie / sizeof *tie; i++) {
        struct volume image, out;
        struct label_mask mask;
        struct err e;
        draw(&image, &mask, false);
        memcpy(wanted_mm, tie[i].spacing_mm, sizeof wanted_mm);
        struct grid to = target(&image, &mask);
        assert_true(resample_image(&image, &to, INTERP_LABEL_GAUSSIAN, NULL, &out, &e));
        check_sums(&out, tie[i].sums);
        volume_free(&out);
        label_mask_free(&mask);
    }
    memcpy(wanted_mm, (double[]){2, 1.25, 0}, sizeof wanted_mm);
}

static void gives_the_grid_and_roi_of_the_reference(void **state)
{
    (void)state;
    static const double origin[2][3] = {{-9.5, 19.875, 3.5}, {-9.7, 20.125, 3.9}};
    for (int oblique = 0; oblique < 2; oblique++) {
        struct volume image;
        struct label_mask mask, out;
        struct err e;
        draw(&image, &mask, oblique);
        struct grid to = target(&image, &mask);
        const int64_t size[] = {7, 14, 8};
        const double spacing[] = {2, 1.25, 3};
        assert_memory_equal(to.size, size, sizeof size);
        assert_memory_equal(to.spacing_mm, spacing, sizeof spacing);
        assert_memory_equal(to.origin_mm, origin[oblique], sizeof origin[oblique]);
        assert_true(resample_mask(&mask, &to, &out, &e));
        assert_int_equal(out.n_voxels, 136);
        uint8_t bytes[7 * 14 * 8];
        const struct box all = {{0, 0, 0}, {7, 14, 8}};
        label_mask_read(&out, &all, bytes);
        int64_t weighted = 0;
        for (int i = 0; i < 7 * 14 * 8; i++)
            weighted += i * bytes[i];
        assert_int_equal(weighted, 59532);
        label_mask_free(&mask);
        label_mask_free(&out);
    }
}

/* On its own grid an image stays what it is (the spline's first sums stop at 1e-10 of the value);
 * the Gaussians smooth. */
static void an_interpolator_keeps_the_samples(void **state)
{
    (void)state;
    struct volume image, out;
    struct label_mask mask;
    struct err e;
    draw(&image, &mask, false);
    static double real[N];
    for (int i = 0; i < N; i++)
        real[i] = voxel[i];
    image.data = real;
    image.type = PIXEL_F64;
    for (size_t i = 0; i < sizeof reference / sizeof *reference; i++) {
        if (reference[i].how == INTERP_GAUSSIAN || reference[i].how == INTERP_LABEL_GAUSSIAN)
            continue;
        assert_true(resample_image(&image, &image.grid, reference[i].how, NULL, &out, &e));
        for (int k = 0; k < N; k++)
            assert_true(fabs(volume_get(&out, k) - real[k]) < 1e-6);
        volume_free(&out);
    }
    label_mask_free(&mask);
}

/* Cutting the image around the ROI leaves no bit of a B-spline: the halo of the prefilter. */
static void a_spline_does_not_see_what_is_far_away(void **state)
{
    (void)state;
    enum { LONG = 200 };
    static float near[LONG], changed[LONG];
    uint64_t bits = 88172645463325252ull;
    for (int i = 0; i < LONG; i++) {
        bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
        near[i] = changed[i] = (float)(bits >> 40);
    }
    changed[0] = changed[1] = 0;
    struct grid g = grid_unit(), to = grid_unit();
    g.size[0] = LONG;
    to.size[0] = 40;
    to.spacing_mm[0] = 0.7;
    to.origin_mm[0] = 100.3;
    struct volume a = {.grid = g, .type = PIXEL_F32, .channels = 1, .data = near}, b = a, u, v;
    b.data = changed;
    struct err e;
    assert_true(resample_image(&a, &to, INTERP_BSPLINE, NULL, &u, &e));
    assert_true(resample_image(&b, &to, INTERP_BSPLINE, NULL, &v, &e));
    assert_memory_equal(u.data, v.data, 40 * sizeof(float));
    volume_free(&u);
    volume_free(&v);
}

/* A float image by the way over the whole grid and by ITK's order voxel by voxel: the same doubles,
 * on a grid beside the image's (whose borders mirror) and on a turned one. */
static void a_whole_grid_of_floats_keeps_the_order(void **state)
{
    (void)state;
    const struct interpolation *by = interpolation_find(INTERP_BSPLINE);
    for (int turned = 0; turned < 2; turned++) {
        struct grid image = grid_of(false), to = grid_of(turned);
        const int64_t size[] = {37, 9, 21};
        memcpy(to.size, size, sizeof size);
        to.spacing_mm[0] = 0.37;
        to.origin_mm[0] = -10.4;
        to.origin_mm[1] += turned ? 13 : -1; /* turned, y goes down */
        static double value[N];
        struct samples s = {
            .dims = 3, .full = {X, Y, Z}, .box = {.size = {X, Y, Z}}, .value = value};
        uint64_t bits = 88172645463325252ull;
        for (int i = 0; i < N; i++) {
            bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
            value[i] = (double)(bits >> 40) * 0x1p-20;
        }
        struct err e;
        struct index_map map;
        struct volume out;
        bool done = false;
        int64_t inside = 0;
        assert_true(by->prepare(&s, &e) && index_map_create(&map, &to, &image, &e));
        assert_true(volume_alloc(&out, &to, PIXEL_F64, &e));
        assert_true(by->whole(&s, &map, &out, &done, &e) && done);
        for (int64_t k = 0; k < to.size[2]; k++)
            for (int64_t j = 0; j < to.size[1]; j++) {
                double expected[37] = {0};
                struct line_map line = index_map_line(&map, j, k);
                struct run r = samples_inside(&s, &line, to.size[0]);
                by->line(&s, &line, r.start, r.n, expected + r.start);
                const double *found = (double *)out.data + (k * to.size[1] + j) * to.size[0];
                assert_memory_equal(found, expected, sizeof expected);
                inside += r.n;
            }
        assert_true(inside > 200);
        volume_free(&out);
    }
}

static void outside_is_zero_and_integers_are_cut_off(void **state)
{
    (void)state;
    uint8_t byte[] = {10, 13, 255};
    struct grid g = grid_unit(), to = grid_unit();
    g.size[0] = 3;
    to.size[0] = 8;
    to.spacing_mm[0] = 0.5;
    to.origin_mm[0] = -0.75;
    struct volume image = {.grid = g, .type = PIXEL_U8, .channels = 1, .data = byte}, out;
    struct err e;
    assert_true(resample_image(&image, &to, INTERP_LINEAR, NULL, &out, &e));
    const uint8_t expected[] = {0, 10, 10, 12, 73, 194, 255, 0};
    assert_memory_equal(out.data, expected, sizeof expected);
    volume_free(&out);
}

static void refuses_an_roi_outside_the_image(void **state)
{
    (void)state;
    struct volume image;
    struct label_mask mask;
    struct err e;
    draw(&image, &mask, false);
    assert_true(resample_roi_inside(&mask, &image.grid, &e));
    image.grid.origin_mm[0] += 4;
    assert_false(resample_roi_inside(&mask, &image.grid, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    label_mask_free(&mask);
}

static void frames_invert_each_other(void **state)
{
    (void)state;
    for (int oblique = 0; oblique < 2; oblique++) {
        struct grid g = grid_of(oblique);
        struct frame f;
        struct err e;
        assert_true(frame_create(&f, &g, &e));
        const double index[] = {3.25, -2, 11.5};
        double point[3], back[3];
        frame_to_patient(&f, index, point);
        frame_to_index(&f, point, back);
        for (int i = 0; i < 3; i++)
            assert_true(fabs(back[i] - index[i]) < 1e-12);
    }
    struct grid flat = grid_unit();
    flat.direction[0] = 0;
    struct frame f;
    struct err e;
    assert_false(frame_create(&f, &flat, &e));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_voxels_of_the_reference),
        cmocka_unit_test(label_gaussian_breaks_ties_as_the_reference),
        cmocka_unit_test(gives_the_grid_and_roi_of_the_reference),
        cmocka_unit_test(an_interpolator_keeps_the_samples),
        cmocka_unit_test(a_spline_does_not_see_what_is_far_away),
        cmocka_unit_test(a_whole_grid_of_floats_keeps_the_order),
        cmocka_unit_test(outside_is_zero_and_integers_are_cut_off),
        cmocka_unit_test(refuses_an_roi_outside_the_image),
        cmocka_unit_test(frames_invert_each_other),
    };
    return cmocka_run_group_tests_name("resample", tests, NULL, NULL);
}
