#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "masks/measure.h"
#include "vol/regrid.h"

#include <math.h>
#include <string.h>

enum { VOXELS = 5 * 4 * 3 };

static struct grid oblique(void)
{
    double a = 0.3, b = -0.5;
    struct grid g = grid_unit();
    const double d[9] = {cos(a), -sin(a) * cos(b), sin(a) * sin(b),
                         sin(a), cos(a) * cos(b),  -cos(a) * sin(b),
                         0,      sin(b),           cos(b)};
    memcpy(g.direction, d, sizeof d);
    g.size[0] = 5, g.size[1] = 4, g.size[2] = 3;
    g.spacing_mm[0] = 0.7, g.spacing_mm[1] = 1.3, g.spacing_mm[2] = 4;
    g.origin_mm[0] = -77, g.origin_mm[1] = 12, g.origin_mm[2] = 300;
    return g;
}

/* The same voxels with axes in another order and some of them backwards. */
static struct grid reordered(const struct grid *g, const int axis[3], int flips)
{
    struct grid out = *g;
    double first[3] = {0, 0, 0};
    for (int a = 0; a < 3; a++) {
        bool flip = flips >> a & 1;
        out.size[a] = g->size[axis[a]];
        out.spacing_mm[a] = g->spacing_mm[axis[a]];
        for (int r = 0; r < 3; r++)
            out.direction[3 * r + a] = g->direction[3 * r + axis[a]] * (flip ? -1 : 1);
        if (flip)
            first[axis[a]] = (double)(g->size[axis[a]] - 1);
    }
    grid_to_patient(g, first, out.origin_mm);
    return out;
}

/* All 48 orders: each voxel arrives at the index of the same place in the patient. */
static void every_order_is_found_and_undone(void **state)
{
    (void)state;
    static const int order[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                    {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    struct grid g = oblique();
    for (int o = 0; o < 6; o++) {
        for (int flips = 0; flips < 8; flips++) {
            struct grid to = reordered(&g, order[o], flips);
            struct regrid_map map;
            uint8_t in[VOXELS], out[VOXELS] = {0};
            struct box all = mask_everywhere(&g), touched;
            assert_true(regrid_find(&g, &to, &map));
            assert_int_equal(regrid_is_identity(&map), o == 0 && flips == 0);
            for (int i = 0; i < VOXELS; i++)
                in[i] = (uint8_t)(i + 1);
            regrid_paste(&map, &g, &all, in, &to, out, &touched);
            for (int64_t i = 0; i < VOXELS; i++) {
                double at[3] = {(double)(i % to.size[0]), (double)(i / to.size[0] % to.size[1]),
                                (double)(i / to.size[0] / to.size[1])};
                double point[3], index[3];
                grid_to_patient(&to, at, point);
                assert_true(grid_to_index(&g, point, index));
                int64_t from = lround(index[0]) + 5 * (lround(index[1]) + 4 * lround(index[2]));
                assert_int_equal(out[i], from + 1);
            }
            uint8_t near[VOXELS] = {0};
            struct err e = {0};
            struct box whole = mask_everywhere(&to);
            assert_true(regrid_nearest(&g, in, &to, &whole, REGRID_TIE_LOWER, near, &e));
            assert_memory_equal(near, out, sizeof out);
        }
    }
}

static void a_box_lands_in_its_box(void **state)
{
    (void)state;
    struct grid g = oblique(), to = reordered(&g, (int[]){2, 0, 1}, 5);
    struct regrid_map map;
    struct box box = {{1, 2, 0}, {3, 1, 2}}, touched;
    uint8_t in[6], out[VOXELS] = {0};
    memset(in, 1, sizeof in);
    assert_true(regrid_find(&g, &to, &map));
    regrid_paste(&map, &g, &box, in, &to, out, &touched);
    struct box all = mask_everywhere(&to);
    struct mask_measure m = mask_measure(&to, out, &all);
    assert_int_equal(m.voxels, 6);
    assert_memory_equal(&m.bounds, &touched, sizeof touched);
}

static void other_grids_are_not_the_same(void **state)
{
    (void)state;
    struct grid g = oblique(), h = g;
    struct regrid_map map;
    h.origin_mm[0] += 0.01;
    assert_false(regrid_find(&g, &h, &map));
    h = g;
    h.origin_mm[0] += 0.0005 * g.spacing_mm[0];
    assert_true(regrid_find(&g, &h, &map));
    h = g;
    h.size[2]++;
    assert_false(regrid_find(&g, &h, &map));
    h = g;
    h.spacing_mm[1] *= 1.01;
    assert_false(regrid_find(&g, &h, &map));
    char text[512];
    regrid_explain(&g, &h, text, sizeof text);
    assert_non_null(strstr(text, "5 x 4 x 3"));
}

/* A voxel of twice the size covers the eight of the fine grid whose centres it holds. */
static void nearest_neighbour_by_the_cell(void **state)
{
    (void)state;
    struct grid coarse = grid_unit(), fine = grid_unit();
    for (int a = 0; a < 3; a++) {
        coarse.size[a] = 3;
        coarse.spacing_mm[a] = 2;
        coarse.origin_mm[a] = 0.5;
        fine.size[a] = 8;
    }
    uint8_t in[27] = {0}, out[512] = {0};
    in[13] = 1;
    struct err e = {0};
    struct box reach = regrid_reach(&coarse, &fine), all = mask_everywhere(&fine);
    assert_true(regrid_nearest(&coarse, in, &fine, &reach, REGRID_TIE_LOWER, out, &e));
    struct mask_measure m = mask_measure(&fine, out, &all);
    const struct box expected = {{2, 2, 2}, {2, 2, 2}};
    assert_int_equal(m.voxels, 8);
    assert_memory_equal(&m.bounds, &expected, sizeof expected);
}

static void a_measure_says_what_there_is(void **state)
{
    (void)state;
    struct grid g = oblique();
    uint8_t in[VOXELS] = {0};
    struct box all = mask_everywhere(&g);
    struct mask_measure m = mask_measure(&g, in, &all);
    assert_int_equal(m.voxels, 0);
    assert_false(m.touches_border);
    in[1 * 20 + 1 * 5 + 2] = in[1 * 20 + 2 * 5 + 3] = 1;
    m = mask_measure(&g, in, &all);
    assert_int_equal(m.voxels, 2);
    assert_false(m.touches_border);
    assert_true(fabs(m.volume_ml - 2 * 0.7 * 1.3 * 4 / 1000) < 1e-12);
    in[1 * 20 + 1 * 5 + 4] = 1;
    assert_true(mask_measure(&g, in, &all).touches_border);
    g.size[2] = 1; /* one slice is no border */
    in[1 * 5 + 2] = 1;
    all = mask_everywhere(&g);
    assert_false(mask_measure(&g, in, &all).touches_border);
}

/* A grid of half the spacing whose first centre lies on the border of two cells: every other voxel
 * is a tie, and the rule's name says which way it goes. */
static void ties_go_the_way_that_is_named(void **state)
{
    (void)state;
    struct grid coarse = grid_unit(), fine = grid_unit();
    coarse.size[0] = 3;
    fine.size[0] = 5;
    fine.spacing_mm[0] = 0.5;
    const uint8_t in[] = {1, 2, 3};
    static const uint8_t lower[] = {1, 1, 2, 2, 3}, upper[] = {1, 2, 2, 3, 3};
    const struct box all = {{0, 0, 0}, {5, 1, 1}};
    uint8_t out[5];
    struct err e;
    assert_true(regrid_nearest(&coarse, in, &fine, &all, REGRID_TIE_LOWER, out, &e));
    assert_memory_equal(out, lower, sizeof out);
    assert_true(regrid_nearest(&coarse, in, &fine, &all, REGRID_TIE_UPPER, out, &e));
    assert_memory_equal(out, upper, sizeof out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_order_is_found_and_undone),
        cmocka_unit_test(a_box_lands_in_its_box),
        cmocka_unit_test(other_grids_are_not_the_same),
        cmocka_unit_test(nearest_neighbour_by_the_cell),
        cmocka_unit_test(ties_go_the_way_that_is_named),
        cmocka_unit_test(a_measure_says_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
