#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/filters/wavelet_bank.h"
#include "fixture.h"

#include <math.h>
#include <stdio.h>

static double seven(int64_t x, int64_t y, int64_t z)
{
    (void)x, (void)y, (void)z;
    return 7;
}

static double extremes(int64_t x, int64_t y, int64_t z)
{
    return x == 0 ? -100 : x == 1 ? 0 : x == 2 ? 100 : (double)(y + z);
}

static double ramp(int64_t x, int64_t y, int64_t z)
{
    return (double)(3 * x - 4 * y + 12 * z);
}

static double parabola(int64_t x, int64_t y, int64_t z)
{
    (void)y, (void)z;
    return (double)((x - 30) * (x - 30));
}

static double impulse(int64_t x, int64_t y, int64_t z)
{
    return x == 5 && y == 6 && z == 7;
}

static double peak(int64_t x, int64_t y, int64_t z)
{
    return x == 4 && y == 4 && z == 4 ? 50 : 1;
}

static struct fixture whole_image(int64_t nx, int64_t ny, int64_t nz, formula *f)
{
    const int64_t size[] = {nx, ny, nz};
    return fixture_make(size, PIXEL_F64, &(struct box){{0, 0, 0}, {nx, ny, nz}}, f);
}

static void near(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.17g, expected %.17g", value, expected);
}

/* m = max |x| is a fixed point of all four; the sign is kept by two of them. */
static void point_filters_scale_by_the_maximum(void **state)
{
    (void)state;
    static const struct {
        const char *filter;
        double of_minus_m, of_zero;
    } row[] = {{"Square", 100, 0},
               {"SquareRoot", -100, 0},
               {"Logarithm", -100, 0},
               {"Exponential", 0.01, 1}};
    struct fixture t = whole_image(5, 4, 3, extremes);
    for (int i = 0; i < 4; i++) {
        struct filter_request request = fixture_request(row[i].filter);
        struct response r;
        assert_true(fixture_first(&t, &request, &r));
        near(fixture_at(&r, 0, 1, 1), row[i].of_minus_m, 1e-12 * 100);
        near(fixture_at(&r, 1, 1, 1), row[i].of_zero, 0);
        near(fixture_at(&r, 2, 1, 1), 100, 1e-12 * 100);
    }
    fixture_free(&t);
}

static void known_maximum_is_taken_as_it_is(void **state)
{
    (void)state;
    struct fixture t = whole_image(5, 4, 3, seven);
    struct filter_request request = fixture_request("Square");
    struct response r;
    t.view.has_stats = true;
    t.view.minimum = -49, t.view.maximum = 7;
    assert_true(fixture_first(&t, &request, &r));
    near(fixture_at(&r, 2, 2, 2), 1, 1e-15);
    fixture_free(&t);
}

static void gradient_of_a_ramp_is_its_slope(void **state)
{
    (void)state;
    struct fixture t = whole_image(6, 5, 4, ramp);
    memcpy(t.view.image.grid.spacing_mm, (double[]){0.5, 2, 4}, 3 * sizeof(double));
    struct filter_request request = fixture_request("Gradient");
    struct response r;
    assert_true(fixture_first(&t, &request, &r));
    near(fixture_at(&r, 3, 2, 2), 7, 1e-6);               /* 6, -2, 3 */
    near(fixture_at(&r, 0, 2, 2), sqrt(9 + 4 + 9), 1e-6); /* half of it at the edge */
    const struct gradient_settings per_voxel = {false};
    request.own = &per_voxel;
    assert_true(fixture_first(&t, &request, &r));
    near(fixture_at(&r, 3, 2, 2), 13, 1e-6);
    fixture_free(&t);
}

/* The kernel is normalised so that x^2 has the Laplacian 2 sigma^2, away from the border. */
static void log_of_a_parabola(void **state)
{
    (void)state;
    double sigma[] = {1.0, 2.0};
    struct fixture t = whole_image(61, 9, 8, parabola);
    struct filter_request request = fixture_request("LoG");
    const struct log_settings own = {{sigma, NULL, 2}};
    request.own = &own;
    for (int scale = 1; scale <= 2; scale++) { /* sigma and spacing together */
        t.view.image.grid.spacing_mm[0] = scale;
        struct response r;
        assert_true(fixture_open(&t, &request, 0));
        for (int i = scale - 1; i < scale; i++) {
            if (scale == 2)
                assert_true(fixture_next(&t, &r)); /* sigma 1 at 2 mm: too coarse to compare */
            assert_true(fixture_next(&t, &r));
            near(fixture_at(&r, 30, 4, 4), 2 * sigma[i] * sigma[i] / (scale * scale), 2e-3);
        }
    }
    fixture_free(&t);
}

static void log_of_a_constant_is_nothing(void **state)
{
    (void)state;
    double sigma[] = {1.0, 3.0};
    struct fixture t = whole_image(20, 9, 8, seven);
    struct filter_request request = fixture_request("LoG");
    const struct log_settings own = {{sigma, NULL, 2}};
    request.own = &own;
    struct response r;
    assert_true(fixture_open(&t, &request, 0));
    for (int i = 0; i < 2; i++) {
        assert_true(fixture_next(&t, &r));
        for (int64_t v = 0; v < box_voxels(&r.box); v++)
            near(r.value[v], 0, 1e-5);
    }
    fixture_free(&t);
}

/* out[n] = h[n + F/2 - p mod N] for an impulse at p, along every axis. */
static double tap(const double *h, int length, int64_t n, int64_t p, int64_t period)
{
    int64_t k = (n + length / 2 - p) % period;
    k = k < 0 ? k + period : k;
    return k < length ? h[k] : 0;
}

static void wavelet_of_an_impulse_is_its_taps(void **state)
{
    (void)state;
    struct fixture t = whole_image(16, 14, 12, impulse);
    struct filter_request request = fixture_request("Wavelet");
    struct wavelet w;
    assert_true(wavelet_find("coif1", &w));
    struct response r;
    assert_true(fixture_open(&t, &request, 0));
    while (fixture_next(&t, &r)) {
        const char *letter = r.name + strlen("wavelet-");
        const double *h[3];
        for (int a = 0; a < 3; a++)
            h[a] = letter[a] == 'H' ? w.hi : w.lo;
        for (int64_t z = 0; z < 12; z++)
            for (int64_t y = 0; y < 14; y++)
                for (int64_t x = 0; x < 16; x++)
                    near(fixture_at(&r, x, y, z),
                         tap(h[0], 6, x, 5, 16) * tap(h[1], 6, y, 6, 14) * tap(h[2], 6, z, 7, 12),
                         1e-15);
    }
    fixture_free(&t);
}

/* L sums to sqrt 2 and H to 0, so a constant stays in the approximation alone. */
static void wavelets_of_a_constant(void **state)
{
    (void)state;
    static const char *const name[] = {"haar", "db38", "sym20", "coif17", "bior3.9", "rbio6.8"};
    struct fixture t = whole_image(7, 6, 5, seven);
    for (int i = 0; i < 6; i++) {
        struct filter_request request = fixture_request("Wavelet");
        struct wavelet_settings own = {.level = 1};
        strcpy(own.name, name[i]);
        request.own = &own;
        struct response r;
        assert_true(fixture_open(&t, &request, 0));
        for (int band = 0; band < 8; band++) {
            assert_true(fixture_next(&t, &r));
            near(fixture_at(&r, 3, 3, 3), band < 7 ? 0 : 7 * sqrt(8), 1e-6);
        }
    }
    fixture_free(&t);
}

static void every_wavelet_is_there(void **state)
{
    (void)state;
    static const struct {
        const char *family;
        int first, last;
    } row[] = {{"db", 1, 38}, {"sym", 2, 20}, {"coif", 1, 17}};
    struct wavelet w;
    int found = 0;
    for (int i = 0; i < 3; i++)
        for (int k = row[i].first; k <= row[i].last; k++, found++) {
            char name[16];
            snprintf(name, sizeof name, "%s%d", row[i].family, k);
            assert_true(wavelet_find(name, &w));
            assert_int_equal(w.length, i == 2 ? 6 * k : 2 * k);
            double sum = 0, square = 0;
            for (int j = 0; j < w.length; j++)
                sum += w.lo[j], square += w.hi[j] * w.hi[j];
            near(sum, sqrt(2), 1e-10);
            near(square, 1, 1e-9);
        }
    assert_int_equal(found, 74);
    assert_true(wavelet_find("dmey", &w) && w.length == 62);
    assert_true(wavelet_find("rbio1.3", &w) && w.lo[0] == 0 && w.lo[2] == w.lo[3]);
    assert_false(wavelet_find("db39", &w) || wavelet_find("sym1", &w) || wavelet_find("", &w));
    assert_true(wavelet_is_listed("haar") && wavelet_is_listed("mexh"));
    assert_false(wavelet_is_listed("Haar"));
}

static void lbp2d_of_flat_and_peak(void **state)
{
    (void)state;
    struct fixture t = whole_image(9, 9, 9, peak);
    struct filter_request request = fixture_request("LBP2D");
    request.image.family.force_2d = true;
    struct response r;
    assert_true(fixture_first(&t, &request, &r));
    assert_true(fixture_at(&r, 4, 4, 1) == 8); /* all eight neighbours are as high */
    assert_true(fixture_at(&r, 4, 4, 4) == 0); /* none is */
    assert_true(fixture_at(&r, 0, 4, 1) == 5); /* the three outside are 0 */
    const struct lbp2d_settings patterns = {1, 8, LBP2D_DEFAULT};
    request.own = &patterns;
    assert_true(fixture_first(&t, &request, &r));
    assert_true(fixture_at(&r, 4, 4, 1) == 255 && fixture_at(&r, 4, 4, 4) == 0);
    fixture_free(&t);
}

static void lbp3d_of_flat_and_peak(void **state)
{
    (void)state;
    struct fixture t = whole_image(9, 9, 9, peak);
    struct filter_request request = fixture_request("LBP3D");
    struct response r;
    t.mask[1] = 0; /* a voxel outside the ROI */
    t.view.intensity.n_voxels--;
    for (int64_t i = 0; i < 9 * 9 * 9; i++) /* integers: the samples are rounded */
        ((int64_t *)t.view.image.data)[i] = (int64_t)((double *)t.view.image.data)[i];
    t.view.image.type = PIXEL_I64;
    assert_true(fixture_first(&t, &request, &r));
    near(fixture_at(&r, 4, 4, 4), 0, 0);
    near(fixture_at(&r, 1, 1, 1), 42 * sqrt(42) / (4 * M_PI), 1e-12);
    near(fixture_at(&r, 1, 0, 0), 0, 0);
    assert_true(fixture_next(&t, &r));
    near(fixture_at(&r, 4, 4, 4), 0, 0); /* no sample reaches the peak: every norm is 0 */
    assert_true(fixture_next(&t, &r));
    assert_string_equal(r.name, "lbp-3D-k");
    assert_true(isnan(fixture_at(&r, 1, 1, 1)));
    fixture_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(point_filters_scale_by_the_maximum),
        cmocka_unit_test(known_maximum_is_taken_as_it_is),
        cmocka_unit_test(gradient_of_a_ramp_is_its_slope),
        cmocka_unit_test(log_of_a_parabola),
        cmocka_unit_test(log_of_a_constant_is_nothing),
        cmocka_unit_test(wavelet_of_an_impulse_is_its_taps),
        cmocka_unit_test(wavelets_of_a_constant),
        cmocka_unit_test(every_wavelet_is_there),
        cmocka_unit_test(lbp2d_of_flat_and_peak),
        cmocka_unit_test(lbp3d_of_flat_and_peak),
    };
    return cmocka_run_group_tests_name("filters, closed forms", tests, NULL, NULL);
}
