#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fixture.h"

#include <math.h>

static double ripple(int64_t x, int64_t y, int64_t z)
{
    return (double)((11 * x + 5 * y * y + 17 * z + x * z) % 64 - 30);
}

static const int64_t image_size[] = {14, 12, 10};
static const struct box inner = {{5, 4, 3}, {4, 5, 3}};

static void finds_every_filter_by_name(void **state)
{
    (void)state;
    for (int i = 0; profile_pyradiomics.filters[i]; i++)
        assert_ptr_equal(fixture_filter(profile_pyradiomics.filters[i]->name),
                         profile_pyradiomics.filters[i]);
    assert_null(fixture_filter("log"));
    assert_null(fixture_filter(""));
}

static void margin_is_cut_at_the_image(void **state)
{
    (void)state;
    struct fixture t = fixture_make(image_size, PIXEL_I16, &inner, ripple);
    struct filter_request original = fixture_request("Original");
    struct response r;
    assert_true(fixture_open(&t, &original, 4));
    assert_true(fixture_next(&t, &r));
    const struct box expected = {{1, 0, 0}, {12, 12, 10}};
    assert_memory_equal(&r.box, &expected, sizeof expected);
    assert_int_equal(r.n_voxels, box_voxels(&inner));
    assert_true(r.grid.origin_mm[0] == 1 && r.grid.origin_mm[1] == 0);
    int64_t i = 0, inside = 0;
    for (int64_t z = 0; z < 10; z++)
        for (int64_t y = 0; y < 12; y++)
            for (int64_t x = 1; x < 13; x++, i++) {
                bool roi = x >= 5 && x < 9 && y >= 4 && y < 9 && z >= 3 && z < 6;
                assert_int_equal(r.mask[i], roi);
                assert_true(r.value[i] == ripple(x, y, z));
                inside += roi;
            }
    assert_int_equal(inside, r.n_voxels);
    assert_false(fixture_next(&t, &r));
    fixture_free(&t);
}

/* Values of the ROI in array order; the next response has its whole box again. */
static void gathers_the_roi(void **state)
{
    (void)state;
    struct fixture t = fixture_make(image_size, PIXEL_F32, &inner, ripple);
    struct filter_request original[] = {fixture_request("Original"), fixture_request("Original")};
    const struct image_settings *settings;
    struct response r;
    bool more;
    assert_true(bank_create(&t.view, original, 2, 2, &t.bank, NULL));
    assert_true(bank_next(t.bank, &r, &settings, &more, NULL) && more);
    bank_gather(t.bank, &r, NULL);
    assert_null(r.value);
    for (int64_t i = 0; i < r.n_voxels; i++)
        assert_true(r.sample[i] == ripple(5 + i % 4, 4 + i / 4 % 5, 3 + i / 20));
    assert_true(bank_next(t.bank, &r, &settings, &more, NULL) && more);
    assert_true(r.value[0] == ripple(3, 2, 1) && r.value[1] == ripple(4, 2, 1));
    fixture_free(&t);
}

/* A sigma that the image is too small for is passed over; the requests behind it are served. */
static void goes_on_behind_what_is_skipped(void **state)
{
    (void)state;
    struct fixture t = fixture_make(image_size, PIXEL_I16, &inner, ripple);
    double sigma[] = {20.0, 1.0, -1.0, 9.5};
    bool is_int[] = {false, true, false, false};
    struct filter_request request[] = {fixture_request("LoG"), fixture_request("Square")};
    const struct log_settings own = {{sigma, is_int, 4}};
    request[0].own = &own;
    const struct image_settings *settings;
    struct response r;
    bool more;
    assert_true(bank_create(&t.view, request, 2, 0, &t.bank, NULL));
    assert_true(bank_next(t.bank, &r, &settings, &more, NULL) && more);
    assert_string_equal(r.name, "log-sigma-1-mm-3D");
    assert_ptr_equal(settings, &request[0].image);
    assert_true(bank_next(t.bank, &r, &settings, &more, NULL) && more);
    assert_string_equal(r.name, "square");
    assert_ptr_equal(settings, &request[1].image);
    assert_true(bank_next(t.bank, &r, &settings, &more, NULL) && !more);
    fixture_free(&t);
}

static void names_follow_the_settings(void **state)
{
    (void)state;
    static const char *const expected[] = {"wavelet-LH",  "wavelet-HL",  "wavelet-HH",
                                           "wavelet2-LH", "wavelet2-HL", "wavelet2-HH",
                                           "wavelet2-LL"};
    struct filter_request wavelet = fixture_request("Wavelet");
    const struct wavelet_settings two = {0, 2, "coif1"};
    wavelet.own = &two;
    struct str_list names = {0};
    assert_true(filter_names(&wavelet, 2, &names, NULL));
    assert_int_equal(names.n, 7);
    for (size_t i = 0; i < names.n; i++)
        assert_string_equal(names.item[i], expected[i]);
    struct filter_request lbp3d = fixture_request("LBP3D");
    assert_true(filter_names(&lbp3d, 2, &names, NULL));
    assert_int_equal(names.n, 7);
    assert_true(filter_names(&lbp3d, 3, &names, NULL));
    assert_string_equal(names.item[9], "lbp-3D-k");
    str_list_free(&names);
}

static void refuses_what_aborts_the_case(void **state)
{
    (void)state;
    struct filter_request request[] = {fixture_request("Wavelet"), fixture_request("LBP3D"),
                                       fixture_request("Wavelet")};
    const struct wavelet_settings continuous = {0, 1, "morl"};
    const struct lbp3d_settings one_level = {1, 1, 1};
    request[0].own = &continuous;
    request[1].own = &one_level;
    request[2].image.family.force_2d = true;
    request[2].image.family.force_2d_dimension = 2;
    for (int i = 0; i < 3; i++) {
        struct fixture t = fixture_make(image_size, PIXEL_I16, &inner, ripple);
        struct str_list names = {0};
        struct err e = {0};
        const struct image_settings *settings;
        struct response r;
        bool more;
        if (i == 2) /* a flat image has no third axis to leave out */
            t.view.image.grid.dims = 2;
        assert_false(filter_names(&request[i], i == 2 ? 2 : 3, &names, &e));
        assert_int_equal(e.code, ERR_REFUSED);
        assert_true(bank_create(&t.view, &request[i], 1, 0, &t.bank, NULL));
        assert_false(bank_next(t.bank, &r, &settings, &more, &e));
        assert_int_equal(e.code, ERR_REFUSED);
        str_list_free(&names);
        fixture_free(&t);
    }
}

/* A value depends on no voxel beyond the halo that the filter states. */
static void check_halo(struct fixture *t, const struct filter_request *request)
{
    int64_t halo[3];
    const struct filter_settings settings = {request->own, &request->image.family};
    request->filter->halo(&t->view.image.grid, &settings, halo);
    int64_t far = inner.lo[0] + inner.size[0] + halo[0];
    if (halo[0] >= 40) /* reaches over the whole of this image */
        return;
    assert_true(far < t->view.image.grid.size[0]);
    struct response r;
    double before[64];
    assert_true(box_voxels(&inner) <= 64);
    assert_true(fixture_first(t, request, &r));
    memcpy(before, r.value, (size_t)box_voxels(&inner) * sizeof *before);
    int64_t voxel = (4 * t->view.image.grid.size[1] + 5) * t->view.image.grid.size[0] + far;
    double kept = volume_get(&t->view.image, voxel), other = kept + 1;
    volume_write(&t->view.image, voxel, 1, &other);
    assert_true(fixture_first(t, request, &r));
    assert_memory_equal(before, r.value, (size_t)box_voxels(&inner) * sizeof *before);
    volume_write(&t->view.image, voxel, 1, &kept);
}

static void values_depend_on_the_halo_alone(void **state)
{
    (void)state;
    const int64_t size[] = {80, 12, 10};
    struct fixture t = fixture_make(size, PIXEL_F32, &inner, ripple);
    double sigma[] = {0.8};
    t.view.has_stats = true; /* or the scale of the point filters could change */
    t.view.minimum = -50, t.view.maximum = 50;
    for (int i = 0; profile_pyradiomics.filters[i]; i++) {
        struct filter_request request = fixture_request(profile_pyradiomics.filters[i]->name);
        const struct log_settings own = {{sigma, NULL, 1}};
        if (request.filter == &filter_log)
            request.own = &own;
        check_halo(&t, &request);
    }
    fixture_free(&t);
}

/* The box of a ROI in a large image against the whole image filtered: the same bits. */
static void box_equals_whole_image(void **state)
{
    (void)state;
    const int64_t size[] = {70, 61, 64};
    const struct box all = {{0, 0, 0}, {70, 61, 64}}, part = {{30, 28, 29}, {9, 7, 6}};
    struct fixture whole = fixture_make(size, PIXEL_I16, &all, ripple);
    struct fixture cut = fixture_make(size, PIXEL_I16, &part, ripple);
    double sigma[] = {1.0, 2.0};
    static const char *const name[] = {"LoG", "Wavelet", "Gradient", "LBP2D", "Logarithm"};
    for (int i = 0; i < 5; i++) {
        struct filter_request request = fixture_request(name[i]);
        const struct log_settings own = {{sigma, NULL, 2}};
        if (request.filter == &filter_log)
            request.own = &own;
        struct response a, b;
        assert_true(fixture_open(&whole, &request, 0) && fixture_open(&cut, &request, 0));
        while (fixture_next(&whole, &a)) {
            assert_true(fixture_next(&cut, &b));
            for (int64_t z = 29; z < 35; z++)
                for (int64_t y = 28; y < 35; y++)
                    for (int64_t x = 30; x < 39; x++)
                        assert_true(fixture_at(&a, x, y, z) == fixture_at(&b, x, y, z));
        }
    }
    fixture_free(&whole);
    fixture_free(&cut);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_every_filter_by_name),
        cmocka_unit_test(margin_is_cut_at_the_image),
        cmocka_unit_test(gathers_the_roi),
        cmocka_unit_test(goes_on_behind_what_is_skipped),
        cmocka_unit_test(names_follow_the_settings),
        cmocka_unit_test(refuses_what_aborts_the_case),
        cmocka_unit_test(values_depend_on_the_halo_alone),
        cmocka_unit_test(box_equals_whole_image),
    };
    return cmocka_run_group_tests_name("filter bank", tests, NULL, NULL);
}
