#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/rescale.h"
#include "course/stored.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct dicom_header stored(int allocated, int bits, int high, bool is_signed)
{
    return (struct dicom_header){.bits_allocated = allocated,
                                 .bits_stored = bits,
                                 .high_bit = high,
                                 .is_signed = is_signed,
                                 .sample = DICOM_SAMPLE_INT};
}

static void bits_beyond_those_stored_do_not_count(void **state)
{
    (void)state;
    const uint16_t raw[] = {0xf123, 0xf923, 0x0fff, 0xffff, 0x7000};
    static const int32_t plain[] = {0x123, 0x923, 0xfff, 0xfff, 0};
    static const int32_t sign[] = {0x123, 0x923 - 0x1000, -1, -1, 0};
    static const int32_t upper[] = {0xf12 - 0x1000, 0xf92 - 0x1000, 0xff, -1, 0x700};
    struct dicom_header h = stored(16, 12, 11, false);
    int32_t out[5];
    double real[5];
    const struct {
        struct dicom_header header;
        const int32_t *want;
    } cases[] = {{stored(16, 12, 11, false), plain},
                 {stored(16, 12, 11, true), sign},
                 {stored(16, 12, 15, true), upper}};
    for (size_t c = 0; c < 3; c++) {
        h = cases[c].header;
        assert_true(stored_to_int(&h, raw, 5, out));
        stored_to_double(&h, raw, 5, real);
        for (int i = 0; i < 5; i++) {
            assert_int_equal(out[i], cases[c].want[i]);
            assert_true(real[i] == cases[c].want[i]);
        }
    }
}

static void bits_beyond_are_counted_and_kept_on_request(void **state)
{
    (void)state;
    static const uint16_t raw[] = {0xf123, 0xf923, 0x0fff, 0xffff, 0x7000};
    const struct {
        struct dicom_header header;
        size_t beyond;
    } cases[] = {{stored(16, 12, 11, false), 4}, /* all but 0x0fff */
                 {stored(16, 12, 11, true), 2},  /* the sign's copies, and zeros, are none */
                 {stored(16, 12, 15, true), 4},  /* below the lowest */
                 {stored(16, 16, 15, false), 0}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
        assert_int_equal(stored_beyond(&cases[c].header, raw, 5), cases[c].beyond);
    uint16_t whole[5];
    struct dicom_header h = cases[1].header;
    int32_t out[5];
    static const int32_t want[] = {0xf123 - 0x10000, 0xf923 - 0x10000, -1, -1, 0x7000};
    memcpy(whole, raw, sizeof whole);
    stored_widen(&h, whole, 5);
    h.bits_stored = 16, h.high_bit = 15;
    assert_true(stored_to_int(&h, whole, 5, out));
    for (int i = 0; i < 5; i++)
        assert_int_equal(out[i], want[i]);
    const uint8_t bytes[] = {0x3f, 0x40, 0xff};
    const uint32_t words[] = {0xff, 0x80000000, 0xffffffff};
    h = stored(8, 6, 5, false);
    assert_int_equal(stored_beyond(&h, bytes, 3), 2);
    h = stored(32, 8, 7, true);
    assert_int_equal(stored_beyond(&h, words, 3), 1);
}

static void every_width_and_sign(void **state)
{
    (void)state;
    const uint8_t bytes[] = {0, 127, 128, 255};
    const uint32_t words[] = {0, INT32_MAX, 0x80000000u, UINT32_MAX};
    int32_t out[4];
    struct dicom_header h = stored(8, 8, 7, true);
    assert_true(stored_to_int(&h, bytes, 4, out));
    assert_true(out[1] == 127 && out[2] == -128 && out[3] == -1);
    h = stored(8, 8, 7, false);
    assert_true(stored_to_int(&h, bytes, 4, out));
    assert_true(out[2] == 128 && out[3] == 255);
    h = stored(32, 32, 31, true);
    assert_true(stored_to_int(&h, words, 4, out));
    assert_true(out[1] == INT32_MAX && out[2] == INT32_MIN && out[3] == -1);
    h = stored(32, 32, 31, false);
    assert_true(stored_to_int(&h, words, 2, out));
    assert_false(stored_to_int(&h, words, 4, out)); /* beyond int32 */
    double real[4];
    stored_to_double(&h, words, 4, real);
    assert_true(real[2] == 2147483648.0 && real[3] == 4294967295.0);
}

static void integers_fit_or_are_refused(void **state)
{
    (void)state;
    const uint16_t raw[] = {0, 1024, 33791, 33792};
    struct dicom_header h = stored(16, 16, 15, false);
    int16_t small[4];
    int32_t large[4];
    struct tally t = rescale_tally();
    assert_true(rescale_integers(&h, raw, 3, 1, -1024, PIXEL_I16, small, &t));
    assert_true(small[0] == -1024 && small[1] == 0 && small[2] == 32767);
    assert_true(t.minimum == -1024 && t.maximum == 32767 && t.n == 3);
    assert_true(tally_mean(&t) == (-1024.0 + 0 + 32767) / 3);
    t = rescale_tally();
    assert_false(rescale_integers(&h, raw, 4, 1, -1024, PIXEL_I16, small, &t));
    t = rescale_tally();
    assert_true(rescale_integers(&h, raw, 4, 1, -1024, PIXEL_I32, large, &t));
    assert_int_equal(large[3], 32768);
    t = rescale_tally();
    assert_true(rescale_integers(&h, raw, 4, 60000, 7, PIXEL_I32, large, &t));
    assert_int_equal(large[2], 33791 * 60000 + 7);
    t = rescale_tally();
    assert_false(rescale_integers(&h, raw, 4, 1e6, 0, PIXEL_I32, large, &t));
}

/* Pieces must not show: the same sum and extremes as one value at a time. */
static void long_planes_are_as_short_ones(void **state)
{
    (void)state;
    enum { N = 3 * 4096 + 17 };
    uint16_t *raw = calloc(N, sizeof *raw);
    int16_t *out = calloc(N, sizeof *out);
    struct dicom_header h = stored(16, 12, 11, true);
    struct tally t = rescale_tally();
    int64_t sum = 0;
    for (int i = 0; i < N; i++)
        raw[i] = (uint16_t)(i * 2654435761u >> 7);
    assert_true(rescale_integers(&h, raw, N, 3, -5, PIXEL_I16, out, &t));
    for (int i = 0; i < N; i++) {
        int stored_value = (int)((raw[i] & 0xfffu) ^ 0x800u) - 0x800;
        assert_int_equal(out[i], 3 * stored_value - 5);
        sum += out[i];
    }
    assert_true(t.whole_sum == sum && t.n == N);
    assert_true(t.minimum == 3 * -2048 - 5 && t.maximum == 3 * 2047 - 5);
    free(raw);
    free(out);
}

static void reals_are_rounded_once(void **state)
{
    (void)state;
    const int16_t raw[] = {32767, -3, 12345};
    struct dicom_header h = stored(16, 16, 15, true);
    const double slope = 0.00007351088662, intercept = 0.25, factor = 1.75;
    float out[3];
    double exact[3];
    struct tally t = rescale_tally();
    assert_true(rescale_reals(&h, raw, 3, slope, intercept, factor, PIXEL_F32, out, &t));
    assert_true(rescale_reals(&h, raw, 3, slope, intercept, factor, PIXEL_F64, exact, &t));
    for (int i = 0; i < 3; i++) {
        double value = (slope * raw[i] + intercept) * factor;
        assert_true(exact[i] == value && out[i] == (float)value);
    }
}

static void what_is_not_finite_is_refused(void **state)
{
    (void)state;
    const float raw[] = {1, NAN, 2}, large[] = {3e38f};
    struct dicom_header h = {.bits_allocated = 32, .sample = DICOM_SAMPLE_F32};
    float out[3];
    struct tally t = rescale_tally();
    assert_false(rescale_reals(&h, raw, 3, 1, 0, 1, PIXEL_F32, out, &t));
    assert_false(rescale_reals(&h, large, 1, 10, 0, 1, PIXEL_F32, out, &t));
}

static void the_mean_of_large_and_small_values(void **state)
{
    (void)state;
    const double raw[] = {1e16, 1, -1e16, 1};
    struct dicom_header h = {.bits_allocated = 64, .sample = DICOM_SAMPLE_F64};
    double out[4];
    struct tally t = rescale_tally();
    assert_true(rescale_reals(&h, raw, 4, 1, 0, 1, PIXEL_F64, out, &t));
    assert_true(tally_mean(&t) == 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bits_beyond_those_stored_do_not_count),
        cmocka_unit_test(bits_beyond_are_counted_and_kept_on_request),
        cmocka_unit_test(every_width_and_sign),
        cmocka_unit_test(integers_fit_or_are_refused),
        cmocka_unit_test(long_planes_are_as_short_ones),
        cmocka_unit_test(reals_are_rounded_once),
        cmocka_unit_test(what_is_not_finite_is_refused),
        cmocka_unit_test(the_mean_of_large_and_small_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
