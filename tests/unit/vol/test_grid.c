#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vol/volume.h"

#include <math.h>
#include <string.h>

static struct grid tilted(void)
{
    double a = 0.4;
    return (struct grid){.dims = 3,
                         .size = {10, 20, 30},
                         .spacing_mm = {0.5, 0.7, 3},
                         .origin_mm = {-100, 50, 7},
                         .direction = {cos(a), 0, sin(a), 0, 1, 0, -sin(a), 0, cos(a)}};
}

static void index_and_patient_are_inverse(void **state)
{
    (void)state;
    struct grid g = tilted();
    double at[3] = {3.25, -4, 17.5}, point[3], back[3];
    grid_to_patient(&g, at, point);
    assert_true(grid_to_index(&g, point, back));
    for (int i = 0; i < 3; i++)
        assert_true(fabs(back[i] - at[i]) < 1e-12);
}

static void a_crop_keeps_its_place(void **state)
{
    (void)state;
    struct grid g = tilted();
    struct box b = {{2, 3, 4}, {5, 6, 7}};
    struct grid c = grid_crop(&g, &b);
    double in_g[3] = {4, 8, 6}, in_c[3] = {2, 5, 2}, p[3], q[3];
    grid_to_patient(&g, in_g, p);
    grid_to_patient(&c, in_c, q);
    for (int i = 0; i < 3; i++)
        assert_true(fabs(p[i] - q[i]) < 1e-12);
}

static void same_means_every_corner(void **state)
{
    (void)state;
    struct grid g = tilted(), h = g;
    assert_true(grid_same(&g, &h, 1e-3));
    h.spacing_mm[2] *= 1.00001; /* 29 * 1e-5 voxel at the far end */
    assert_true(grid_same(&g, &h, 1e-3));
    h.spacing_mm[2] = g.spacing_mm[2] * 1.0001; /* 2.9e-3 */
    assert_false(grid_same(&g, &h, 1e-3));
    h = g;
    h.direction[0] = -h.direction[0];
    assert_false(grid_same(&g, &h, 1e-3));
    h = g;
    h.size[1]++;
    assert_false(grid_same(&g, &h, 1e-3));
}

static void a_box_is_read_x_fastest(void **state)
{
    (void)state;
    struct grid g = grid_unit();
    g.size[0] = 4, g.size[1] = 3, g.size[2] = 2;
    for (int type = 0; type < PIXEL_TYPES; type++) {
        struct volume v;
        struct err e = {0};
        assert_true(volume_alloc(&v, &g, (enum pixel_type)type, &e));
        for (int64_t i = 0; i < 24; i++) {
            if (type == PIXEL_F32)
                ((float *)v.data)[i] = (float)i;
            else if (type == PIXEL_F64)
                ((double *)v.data)[i] = (double)i;
            else
                ((uint8_t *)v.data)[i * (int64_t)pixel_size(v.type)] = (uint8_t)i;
        }
        double out[4];
        struct box b = {{1, 1, 1}, {2, 2, 1}};
        volume_read_box(&v, &b, out);
        assert_true(out[0] == 17 && out[1] == 18 && out[2] == 21 && out[3] == 22);
        volume_free(&v);
    }
}

/* What a reader may hand over, and what the gate makes of it. */
static void negative_lengths_turn_their_axis(void **state)
{
    (void)state;
    struct grid g = tilted(), h = g;
    struct err e = {0};
    assert_true(grid_settle(&h, &e));
    assert_memory_equal(&g, &h, sizeof g);
    double far[3] = {3, 4, 5}, here[3], there[3];
    h.spacing_mm[0] = -h.spacing_mm[0];
    h.spacing_mm[2] = -h.spacing_mm[2];
    grid_to_patient(&h, far, here);
    assert_true(grid_settle(&h, &e));
    grid_to_patient(&h, far, there);
    for (int a = 0; a < 3; a++)
        assert_true(h.spacing_mm[a] == g.spacing_mm[a] && here[a] == there[a]);
    assert_true(h.direction[0] == -g.direction[0] && h.direction[4] == 1);
}

static void what_is_no_grid_does_not_pass(void **state)
{
    (void)state;
    static const double wrong[] = {0, NAN, INFINITY, -INFINITY, 1e-300, -1e-10, 1e300, -1e10};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        for (int a = 0; a < 3; a++) {
            struct grid g = tilted();
            struct err e = {0};
            g.spacing_mm[a] = wrong[i];
            assert_false(grid_settle(&g, &e));
            assert_true(e.code == ERR_REFUSED && strstr(e.text, "spacing"));
        }
    struct grid bad[8];
    for (int i = 0; i < 8; i++)
        bad[i] = tilted();
    bad[0].dims = 4;
    bad[1].size[1] = 0;
    bad[2].size[0] = bad[2].size[1] = bad[2].size[2] = INT32_MAX;
    bad[3].origin_mm[2] = NAN;
    bad[4].origin_mm[0] = 1e200;
    bad[5].direction[4] = NAN;
    memcpy(bad[6].direction, (double[9]){1, 1, 0, 0, 0, 0, 0, 0, 1}, sizeof bad[6].direction);
    memset(bad[7].direction, 0, sizeof bad[7].direction);
    for (int i = 0; i < 8; i++) {
        struct err e = {0};
        assert_false(grid_settle(&bad[i], &e));
        assert_true(e.code == ERR_REFUSED && e.text[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(index_and_patient_are_inverse),
        cmocka_unit_test(a_crop_keeps_its_place),
        cmocka_unit_test(same_means_every_corner),
        cmocka_unit_test(a_box_is_read_x_fastest),
        cmocka_unit_test(negative_lengths_turn_their_axis),
        cmocka_unit_test(what_is_no_grid_does_not_pass),
    };
    return cmocka_run_group_tests_name("grid", tests, NULL, NULL);
}
