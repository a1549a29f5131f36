#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/discretise/levels.h"
#include "vol/runs.h"

#include <math.h>
#include <string.h>

enum { N = 64 };

/* A line of voxels; one at a time, as the values inside are gathered in one place. */
static struct response line(const double *value, const uint8_t *mask, int64_t n,
                            enum pixel_type type)
{
    struct response r = {.name = "original", .grid = grid_unit(), .type = type};
    r.grid.size[0] = n;
    r.box = (struct box){.size = {n, 1, 1}};
    static double inside[3 * N];
    r.value = value;
    r.mask = mask;
    r.sample = inside;
    r.n_voxels = runs_gather(value, mask, n, inside);
    return r;
}

static void bins_of_fixed_width_are_multiples_of_it(void **state)
{
    (void)state;
    /* The example of pyradiomics' documentation: 54..166, width 25; and a value on an edge. */
    const double value[] = {54, 166, 75, 74.999, 1e6, 125};
    const uint8_t mask[] = {1, 1, 1, 1, 0, 1};
    struct response r = line(value, mask, 6, PIXEL_F64);
    struct discretise_settings s = settings_default().image.discretise;
    struct levels l;
    struct err e;
    assert_true(levels_create(&r, &s, &l, &e));
    const double edge[] = {50, 75, 100, 125, 150, 175, 200};
    assert_int_equal(l.edges.n, 7);
    for (int k = 0; k < 7; k++)
        assert_true(edges_at(&l.edges, k) == edge[k]);
    const uint16_t level[] = {1, 5, 2, 1, 4}; /* of the five inside */
    assert_memory_equal(l.level, level, sizeof level);
    assert_int_equal(l.n_levels, 5);
    assert_int_equal(l.n_present, 4);
    assert_int_equal(l.count[1], 2);
    assert_int_equal(l.count[3], 0);
    levels_free(&l);
}

static void a_flat_region_falls_into_the_middle_of_a_fixed_count(void **state)
{
    (void)state;
    const double value[] = {7.7, 7.7, 7.7};
    const uint8_t mask[] = {1, 1, 1};
    static const struct {
        int64_t count;
        int32_t level;
    } row[] = {{64, 33}, {1, 1}, {7, 4}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct response r = line(value, mask, 3, PIXEL_F64);
        struct discretise_settings s = settings_default().image.discretise;
        s.has_bin_count = true;
        s.bin_count = row[i].count;
        struct levels l;
        struct err e;
        assert_true(levels_create(&r, &s, &l, &e));
        assert_int_equal(l.n_levels, row[i].level);
        assert_int_equal(l.n_present, 1);
        assert_int_equal(l.edges.n, row[i].count + 1);
        levels_free(&l);
    }
}

/* Every value on, just below and just above an edge, against the definition: edges <= value. */
static void check_against_definition(const struct discretise_settings *s, enum pixel_type type)
{
    double value[3 * N];
    uint8_t mask[3 * N];
    memset(mask, 1, sizeof mask);
    for (int k = 0; k < N; k++) {
        double edge = k * s->bin_width - 3 * s->bin_width;
        value[3 * k] = edge;
        value[3 * k + 1] = nextafter(edge, -INFINITY);
        value[3 * k + 2] = nextafter(edge, INFINITY);
    }
    struct response r = line(value, mask, 3 * N, type);
    struct levels l;
    struct err e;
    assert_true(levels_create(&r, s, &l, &e));
    for (int i = 0; i < 3 * N; i++) {
        int expected = 0;
        for (int64_t k = 0; k < l.edges.n; k++)
            expected += edges_at(&l.edges, k) <= value[i];
        assert_int_equal(l.level[i], expected);
    }
    levels_free(&l);
}

static void levels_count_the_edges_below(void **state)
{
    (void)state;
    const double width[] = {0.1, 0.3, 1.0 / 3, 7.7, 25};
    for (size_t i = 0; i < sizeof width / sizeof *width; i++) {
        struct discretise_settings s = settings_default().image.discretise;
        s.bin_width = width[i];
        check_against_definition(&s, PIXEL_F64);
        s.has_bin_count = true;
        for (s.bin_count = 1; s.bin_count < 60; s.bin_count += 6) {
            check_against_definition(&s, PIXEL_F64);
            check_against_definition(&s, PIXEL_F32);
        }
    }
}

/* The 1 that is added to the last edge is lost from 2^24 on in float32 (PET in Bq/ml, gradients of
 * wide integers) and from 2^53 on in double: pyradiomics then gives the maximum a level of its own.
 */
static void a_maximum_that_no_edge_can_pass_has_its_own_level(void **state)
{
    (void)state;
    const uint8_t mask[] = {1, 1, 1, 1};
    const struct {
        enum pixel_type type;
        double unit;
        int levels;
    } cases[] = {{PIXEL_F32, 0x1p20, 4}, {PIXEL_F32, 0x1p22, 5}, {PIXEL_F64, 0x1p22, 4},
                 {PIXEL_F64, 0x1p49, 4}, {PIXEL_F64, 0x1p51, 5}, {PIXEL_U64, 0x1p51, 5}};
    struct discretise_settings s = settings_default().image.discretise;
    s.has_bin_count = true, s.bin_count = 4;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double u = cases[i].unit;
        struct response r = line((double[]){0, u, 3 * u, 4 * u}, mask, 4, cases[i].type);
        struct levels l;
        struct err e;
        assert_true(levels_create(&r, &s, &l, &e));
        assert_int_equal(l.n_levels, cases[i].levels);
        assert_int_equal(l.level[2], 4);
        assert_int_equal(l.level[3], cases[i].levels);
        levels_free(&l);
    }
}

static void refuses_what_has_no_bins(void **state)
{
    (void)state;
    const uint8_t mask[] = {1, 1};
    const double bad[][2] = {{1, INFINITY}, {-INFINITY, 1}, {NAN, 1}, {0, 2e9}};
    struct discretise_settings s = settings_default().image.discretise;
    s.bin_width = 1;
    struct levels l;
    struct err e;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct response r = line(bad[i], mask, 2, PIXEL_F64);
        assert_false(levels_create(&r, &s, &l, &e));
        assert_int_equal(e.code, ERR_REFUSED);
    }
    struct response r = line((double[]){1, NAN}, mask, 2, PIXEL_F64);
    s.has_bin_count = true, s.bin_count = 4;
    assert_false(levels_create(&r, &s, &l, &e));
}

/* One level more than two bytes hold, a NaN above all, and the bins of single precision. */
static void more_levels_than_two_bytes_hold(void **state)
{
    (void)state;
    const uint8_t mask[] = {1, 1, 1, 1};
    struct discretise_settings s = settings_default().image.discretise;
    s.bin_width = 0.5;
    for (int above = 0; above < 2; above++) {
        struct response r =
            line((double[]){0, 0.5, 32766.5, 32767 + 0.5 * above}, mask, 4, PIXEL_F64);
        struct levels l;
        struct err e;
        assert_true(levels_create(&r, &s, &l, &e));
        assert_int_equal(l.n_levels, 65535 + above);
        assert_true(above ? l.wide && !l.level : l.level && !l.wide);
        assert_int_equal(levels_at(&l, 1), 2);
        assert_int_equal(levels_at(&l, 2), 65534);
        assert_int_equal(levels_at(&l, 3), 65535 + above);
        assert_int_equal(l.n_present, 4);
        assert_int_equal(l.count[65535 + above], 1);
        levels_free(&l);
    }
    struct response r = line((double[]){0, 7.25, NAN, 99999.75}, mask, 4, PIXEL_F64);
    struct levels l;
    struct err e;
    assert_true(levels_create(&r, &s, &l, &e));
    assert_int_equal(levels_at(&l, 1), 15);
    assert_int_equal(levels_at(&l, 3), 200000);
    assert_int_equal(levels_at(&l, 2), l.edges.n);
    levels_free(&l);
    s.has_bin_count = true, s.bin_count = 100000;
    r = line((double[]){0, 0.25, 0.5, 1}, mask, 4, PIXEL_F32);
    assert_true(levels_create(&r, &s, &l, &e));
    for (int i = 0; i < 4; i++) {
        uint32_t expected = 0;
        for (int64_t k = 0; k < l.edges.n; k++)
            expected += edges_at(&l.edges, k) <= r.sample[i];
        assert_int_equal(levels_at(&l, i), expected);
    }
    assert_int_equal(l.n_levels, 100000);
    levels_free(&l);
}

static void a_later_nan_lies_above_all_edges(void **state)
{
    (void)state;
    const uint8_t mask[] = {1, 1, 1};
    struct response r = line((double[]){30, NAN, 40}, mask, 3, PIXEL_F64);
    struct discretise_settings s = settings_default().image.discretise;
    struct levels l;
    struct err e;
    assert_true(levels_create(&r, &s, &l, &e));
    assert_int_equal(l.edges.n, 3);
    assert_int_equal(l.level[0], 1);
    assert_int_equal(l.level[1], 3);
    assert_int_equal(l.n_levels, 3);
    levels_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bins_of_fixed_width_are_multiples_of_it),
        cmocka_unit_test(a_flat_region_falls_into_the_middle_of_a_fixed_count),
        cmocka_unit_test(levels_count_the_edges_below),
        cmocka_unit_test(a_maximum_that_no_edge_can_pass_has_its_own_level),
        cmocka_unit_test(refuses_what_has_no_bins),
        cmocka_unit_test(more_levels_than_two_bytes_hold),
        cmocka_unit_test(a_later_nan_lies_above_all_edges),
    };
    return cmocka_run_group_tests_name("levels", tests, NULL, NULL);
}
