/* The area under the intensity-volume histogram, by hand: no reference value is published. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/features/volume_histogram.h"

#include <math.h>

static void area_is(double expected, const double value[4], struct ivh_settings s)
{
    struct volume_histogram h;
    struct err e = {0};
    assert_true(volume_histogram_of(value, 4, &s, &h, &e));
    assert_true(fabs(h.area - expected) < 1e-12);
}

/* Shares of the ROI 1, 1/2, 1/4 at 0, 1/2 and 1 of the range: two trapezoids. */
static void test_of_values(void **state)
{
    (void)state;
    const double whole[4] = {1, 3, 1, 2}, other[4] = {0.5, 2, 0.5, 1.25}, flat[4] = {7, 7, 7, 7};
    area_is(0.375 + 0.1875, whole, (struct ivh_settings){.rule = IVH_AS_IS});
    area_is(0.375 + 0.1875, other, (struct ivh_settings){.rule = IVH_AS_IS});
    area_is(0, flat, (struct ivh_settings){.rule = IVH_AS_IS});
}

/* Of a range from 0 to 5 the ROI fills 1 to 3: all of it is as bright as 0 and 1. */
static void test_of_a_range(void **state)
{
    (void)state;
    const double value[4] = {1, 3, 1, 2};
    area_is((1 + 0.75 + 0.375) / 5, value,
            (struct ivh_settings){.rule = IVH_AS_IS, .has_range = true, .range = {0, 5}});
    const double other[4] = {1.5, 3.5, 1.5, 2.5};
    area_is((1.5 + 0.75 + 0.375) / 5, other,
            (struct ivh_settings){.rule = IVH_AS_IS, .has_range = true, .range = {0, 5}});
    area_is((0.75 + 0.375) / 2, value,
            (struct ivh_settings){
                .rule = IVH_AS_IS, .has_range = true, .range = {-INFINITY, INFINITY}});
}

static void test_of_bins(void **state)
{
    (void)state;
    const double value[4] = {0, 10, 0, 5};
    area_is((0.75 + 0.375) / 2, value,
            (struct ivh_settings){.rule = IVH_BIN_COUNT, .bin_count = 3});
}

/* A range without an end says nothing of that side: in every rule as if there were none. */
static void test_of_an_open_range(void **state)
{
    (void)state;
    const double value[4] = {1, 3, 1, 2};
    for (enum ivh_rule rule = IVH_AS_IS; rule <= IVH_BIN_COUNT; rule++) {
        struct ivh_settings s = {.rule = rule, .bin_width = 0.5, .bin_count = 5};
        struct volume_histogram bare, open;
        struct err e = {0};
        assert_true(volume_histogram_of(value, 4, &s, &bare, &e));
        s.has_range = true;
        s.range[0] = -INFINITY, s.range[1] = INFINITY;
        assert_true(volume_histogram_of(value, 4, &s, &open, &e));
        assert_memory_equal(&bare, &open, sizeof bare);
        assert_true(isfinite(bare.area) && bare.volume_at_90 < 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_of_values),
        cmocka_unit_test(test_of_a_range),
        cmocka_unit_test(test_of_bins),
        cmocka_unit_test(test_of_an_open_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
