#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/matrices/aggregation.h"
#include "engine/matrices/directions.h"

static int count(int64_t x, int64_t y, int64_t z, const double *distance, int n, int flat,
                 enum directions_kind kind)
{
    struct directions d;
    struct err e;
    int64_t size[3] = {x, y, z};
    if (!directions_create(size, distance, n, flat, kind, &d, &e)) {
        assert_int_equal(e.code, ERR_REFUSED);
        return 0;
    }
    int counted = d.n;
    directions_free(&d);
    return counted;
}

static void counts_of_the_specification(void **state)
{
    (void)state;
    double one[] = {1}, two[] = {2}, both[] = {1, 2};
    assert_int_equal(count(9, 9, 9, one, 1, -1, DIRECTIONS_HALF), 13);
    assert_int_equal(count(9, 9, 9, one, 1, -1, DIRECTIONS_BOTH), 26);
    assert_int_equal(count(9, 9, 9, two, 1, -1, DIRECTIONS_HALF), 49);
    assert_int_equal(count(9, 9, 9, both, 2, -1, DIRECTIONS_HALF), 62);
    assert_int_equal(count(9, 9, 1, one, 1, -1, DIRECTIONS_HALF), 4);
    assert_int_equal(count(9, 9, 9, one, 1, 1, DIRECTIONS_BOTH), 8);
    assert_int_equal(count(5, 2, 4, two, 1, -1, DIRECTIONS_HALF), 24);
}

static void none_is_refused(void **state)
{
    (void)state;
    double one[] = {1}, three[] = {3};
    assert_int_equal(count(1, 1, 1, one, 1, -1, DIRECTIONS_HALF), 0);
    assert_int_equal(count(3, 3, 3, three, 1, -1, DIRECTIONS_BOTH), 0);
    assert_int_equal(count(5, 1, 1, one, 1, 0, DIRECTIONS_BOTH), 0);
    assert_int_equal(count(9, 9, 9, NULL, 0, -1, DIRECTIONS_HALF), 0);
}

/* Numbers that pyradiomics 3.0.1 printed for a distance that is listed more than once. */
static void repeated_distances_raise_the_number(void **state)
{
    (void)state;
    double twice[] = {1, 1}, mixed[] = {1, 2, 2};
    assert_int_equal(count(5, 2, 4, twice, 2, -1, DIRECTIONS_HALF), 26);
    assert_int_equal(count(5, 2, 4, twice, 2, -1, DIRECTIONS_BOTH), 52);
    assert_int_equal(count(5, 2, 4, mixed, 3, -1, DIRECTIONS_HALF), 61);
}

static void descending_from_the_slowest_axis(void **state)
{
    (void)state;
    static const int32_t expected[13][3] = {
        {1, 1, 1},  {0, 1, 1},   {-1, 1, 1}, {1, 0, 1}, {0, 0, 1},  {-1, 0, 1}, {1, -1, 1},
        {0, -1, 1}, {-1, -1, 1}, {1, 1, 0},  {0, 1, 0}, {-1, 1, 0}, {1, 0, 0}};
    double one[] = {1};
    int64_t size[3] = {4, 4, 4};
    struct directions d;
    struct err e;
    assert_true(directions_create(size, one, 1, -1, DIRECTIONS_HALF, &d, &e));
    assert_int_equal(d.n, 13);
    for (int i = 0; i < 13; i++)
        assert_memory_equal(d.offset[i].d, expected[i], sizeof expected[i]);
    directions_free(&d);
}

static void flat_axis_counts_from_the_slowest(void **state)
{
    (void)state;
    struct family_settings s = settings_default().image.family;
    assert_int_equal(settings_flat_axis(&s, 3), -1);
    s.force_2d = true;
    assert_int_equal(settings_flat_axis(&s, 3), 2);
    assert_int_equal(settings_flat_axis(&s, 2), 1);
    s.force_2d_dimension = 2;
    assert_int_equal(settings_flat_axis(&s, 3), 0);
    assert_int_equal(settings_flat_axis(&s, 2), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_of_the_specification),
        cmocka_unit_test(none_is_refused),
        cmocka_unit_test(repeated_distances_raise_the_number),
        cmocka_unit_test(descending_from_the_slowest_axis),
        cmocka_unit_test(flat_axis_counts_from_the_slowest),
    };
    return cmocka_run_group_tests_name("directions", tests, NULL, NULL);
}
