/* Transforms and convolutions against their definitions. */
#include "base/mem.h"
#include "engine/signal/convolve.h"
#include "engine/signal/fft.h"
#include "engine/signal/spectrum.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const double two_pi = 6.283185307179586476925286766559;

/* The same sequence of numbers on every machine, between -1 and 1. */
static double draw(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(int64_t)(*state >> 11) / 4503599627370496.0 - 1.0;
}

static void defined_transform(const double *re, const double *im, int64_t n, int64_t lane,
                              int64_t k, double *out_re, double *out_im)
{
    *out_re = *out_im = 0;
    for (int64_t i = 0; i < n; i++) {
        double angle = two_pi * (double)(i * k % n) / (double)n;
        double x = re[i * FFT_LANES + lane], y = im[i * FFT_LANES + lane];
        *out_re += x * cos(angle) + y * sin(angle);
        *out_im += y * cos(angle) - x * sin(angle);
    }
}

static void transform_of_length(int64_t n)
{
    struct err e = {0};
    struct fft *f;
    size_t bytes = (size_t)(n * FFT_LANES) * sizeof(double);
    double *re = malloc(bytes), *im = malloc(bytes), *was_re = malloc(bytes),
           *was_im = malloc(bytes);
    uint64_t state = (uint64_t)n;
    for (int64_t i = 0; i < n * FFT_LANES; i++) {
        was_re[i] = re[i] = draw(&state);
        was_im[i] = im[i] = draw(&state);
    }
    assert_true(fft_create(n, &f, &e));
    fft_forward(f, re, im);
    for (int64_t lane = 0; lane < FFT_LANES; lane += FFT_LANES - 1)
        for (int64_t k = 0; k < n; k++) {
            double a, b;
            defined_transform(was_re, was_im, n, lane, k, &a, &b);
            assert_true(fabs(a - re[k * FFT_LANES + lane]) < 1e-12 * (double)(n + 10));
            assert_true(fabs(b - im[k * FFT_LANES + lane]) < 1e-12 * (double)(n + 10));
        }
    fft_backward(f, re, im);
    for (int64_t i = 0; i < n * FFT_LANES; i++) {
        assert_true(fabs(re[i] / (double)n - was_re[i]) < 1e-13);
        assert_true(fabs(im[i] / (double)n - was_im[i]) < 1e-13);
    }
    fft_destroy(f);
    free(re);
    free(im);
    free(was_re);
    free(was_im);
}

/* Every length up to 100 has every kind of prime factor; 197, 256 and 360 are of real images. */
static void test_transforms(void **state)
{
    (void)state;
    for (int64_t n = 1; n <= 100; n++)
        transform_of_length(n);
    transform_of_length(197);
    transform_of_length(256);
    transform_of_length(360);
}

/* Not below what is asked for and not far above, with small prime factors, and by the work: 192 has
 * four steps, 189 as many dearer ones. */
static void test_good_lengths(void **state)
{
    (void)state;
    for (int64_t n = 1; n <= 3000; n++) {
        int64_t good = fft_good_length(n), left = good;
        for (int prime = 2; prime <= 7; prime++)
            while (left % prime == 0)
                left /= prime;
        assert_int_equal(left, 1);
        assert_true(good >= n && good <= n + n / 4);
    }
    assert_int_equal(fft_good_length(1), 1);
    assert_int_equal(fft_good_length(11), 12);
    assert_int_equal(fft_good_length(97), 100);
    assert_int_equal(fft_good_length(187), 192);
    assert_int_equal(fft_good_length(211), 216);
}

static void test_borders(void **state)
{
    (void)state;
    static const int64_t wanted[4][9] = {{-1, -1, -1, 0, 1, 2, -1, -1, -1},
                                         {0, 0, 0, 0, 1, 2, 2, 2, 2},
                                         {0, 1, 2, 0, 1, 2, 0, 1, 2},
                                         {2, 1, 0, 0, 1, 2, 2, 1, 0}};
    for (int rule = BORDER_ZERO; rule <= BORDER_MIRROR; rule++)
        for (int64_t i = 0; i < 9; i++)
            assert_int_equal(border_index((enum border_rule)rule, i - 3, 3), wanted[rule][i]);
    assert_int_equal(border_index(BORDER_MIRROR, -4, 3), 2); /* mirrored twice */
    assert_int_equal(border_index(BORDER_MIRROR, 100, 1), 0);
    assert_int_equal(border_index(BORDER_PERIODIC, -7, 3), 2);
}

static double read_at(const struct patch *p, const struct border *b, int64_t x, int64_t y,
                      int64_t z)
{
    int64_t at[3] = {x, y, z}, place = 0;
    for (int a = 0; a < 3; a++) {
        int64_t i = border_index(b->rule, at[a], b->size[a]);
        if (i < 0)
            return 0;
        place += (i - p->box.lo[a]) * patch_stride(p, a);
    }
    return p->value[place];
}

/* The part of a whole image's convolution that a box asks for, from the least that it needs. */
static void convolve_part(const struct patch *whole, const struct kernel *k, int axis,
                          const struct border *border, const struct box *wanted)
{
    struct err e = {0};
    struct box source = convolve_source(k, axis, border, wanted);
    struct patch part, out;
    assert_true(patch_alloc(&part, &source, &e));
    patch_read(whole, &source, part.value);
    assert_true(convolve_axis(&part, k, axis, border, wanted, &out, &e));
    for (int64_t i = 0; i < box_voxels(wanted); i++) {
        int64_t at[3] = {wanted->lo[0] + i % wanted->size[0],
                         wanted->lo[1] + i / wanted->size[0] % wanted->size[1],
                         wanted->lo[2] + i / wanted->size[0] / wanted->size[1]};
        double sum = 0;
        for (int t = 0; t < k->n; t++) {
            int64_t from[3] = {at[0], at[1], at[2]};
            from[axis] += (int64_t)k->step * (k->centre - t);
            sum += k->weight[t] * read_at(whole, border, from[0], from[1], from[2]);
        }
        assert_true(fabs(sum - out.value[i]) < 1e-14);
    }
    patch_free(&part);
    patch_free(&out);
}

static void test_convolution(void **state)
{
    (void)state;
    struct err e = {0};
    static const double weights[] = {1, -2, 0.5, 0.25, 3, 7};
    struct border border = {.size = {7, 5, 6}};
    struct patch whole;
    struct box box = {{0, 0, 0}, {7, 5, 6}};
    const struct box boxes[] = {box, {{2, 1, 3}, {3, 2, 1}}, {{0, 4, 5}, {2, 1, 1}}};
    uint64_t seed = 1;
    assert_true(patch_alloc(&whole, &box, &e));
    for (int64_t i = 0; i < box_voxels(&box); i++)
        whole.value[i] = draw(&seed);
    for (int rule = BORDER_ZERO; rule <= BORDER_MIRROR; rule++)
        for (int n = 1; n <= 6; n++)
            for (int step = 1; step <= 4; step++)
                for (int axis = 0; axis < 3; axis++)
                    for (int b = 0; b < 3; b++) {
                        struct kernel k = kernel_of(weights, n);
                        k.step = step;
                        border.rule = (enum border_rule)rule;
                        convolve_part(&whole, &k, axis, &border, &boxes[b]);
                        k = kernel_flipped(&k);
                        convolve_part(&whole, &k, axis, &border, &boxes[b]);
                    }
    patch_free(&whole);
}

static void test_spectrum_of_a_box(void **state)
{
    (void)state;
    struct err e = {0};
    struct spectrum s;
    const int64_t size[3] = {6, 5, 11};
    const bool all[3] = {true, true, true};
    assert_true(spectrum_alloc(&s, size, &e));
    s.re[3 + 6 * (2 + 5 * 4)] = 1; /* a unit impulse at (3, 2, 4) */
    assert_true(spectrum_forward(&s, all, &e));
    for (int64_t i = 0; i < 6 * 5 * 11; i++) {
        double turns =
            3.0 * (double)(i % 6) / 6 + 2.0 * (double)(i / 6 % 5) / 5 + 4.0 * (double)(i / 30) / 11;
        assert_true(fabs(s.re[i] - cos(two_pi * turns)) < 1e-13);
        assert_true(fabs(s.im[i] + sin(two_pi * turns)) < 1e-13);
    }
    assert_true(spectrum_backward(&s, all, &e));
    for (int64_t i = 0; i < 6 * 5 * 11; i++) {
        assert_true(fabs(s.re[i] - (i == 3 + 6 * (2 + 5 * 4))) < 1e-14);
        assert_true(fabs(s.im[i]) < 1e-14);
    }
    spectrum_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_transforms),        cmocka_unit_test(test_good_lengths),
        cmocka_unit_test(test_borders),           cmocka_unit_test(test_convolution),
        cmocka_unit_test(test_spectrum_of_a_box),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
