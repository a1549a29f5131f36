/* Margins against their definition, voxel by voxel: every pair of voxels is looked at. */
#include "boolmask/margin.h"

#include "masks/measure.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { NX = 13, NY = 11, NZ = 9, N = NX * NY * NZ };

static uint32_t state = 1;

static double draw(double lo, double hi) /* a fixed sequence */
{
    state = state * 1664525u + 1013904223u;
    return lo + (hi - lo) * (state >> 8) / 16777216.0;
}

static struct grid make_grid(double sx, double sy, double sz)
{
    struct grid g = grid_unit();
    g.size[0] = NX;
    g.size[1] = NY;
    g.size[2] = NZ;
    g.spacing_mm[0] = sx;
    g.spacing_mm[1] = sy;
    g.spacing_mm[2] = sz;
    return g;
}

static void place(int64_t n, int64_t at[3])
{
    at[0] = n % NX;
    at[1] = n / NX % NY;
    at[2] = n / (NX * NY);
}

/* Does the body around `from` hold `to`? step: from `from` to `to`, in voxels. */
static bool reaches(const struct grid *g, const struct margin *m, bool against,
                    const int64_t step[3])
{
    static const int plus[3] = {MARGIN_LEFT, MARGIN_POSTERIOR, MARGIN_SUPERIOR};
    static const int minus[3] = {MARGIN_RIGHT, MARGIN_ANTERIOR, MARGIN_INFERIOR};
    double sum = 0;
    for (int a = 0; a < 3; a++) {
        double mm = 0;
        for (int c = 0; c < 3; c++)
            mm += g->direction[3 * a + c] * g->spacing_mm[c] * (double)step[c];
        double reach = fabs(m->mm[(mm > 0) != against ? plus[a] : minus[a]]);
        if (mm == 0)
            continue;
        if (reach == 0)
            return false;
        sum += mm * mm / (reach * reach);
    }
    return sum <= 1 + 1e-9;
}

static void by_definition(const struct grid *g, const uint8_t *in, const struct margin *m,
                          bool shrink, uint8_t *out)
{
    memcpy(out, in, N);
    for (int64_t n = 0; n < N; n++) {
        int64_t at[3], step[3];
        place(n, at);
        if (!in[n])
            continue;
        for (step[2] = -at[2] - 1; step[2] <= NZ - at[2]; step[2]++)
            for (step[1] = -at[1] - 1; step[1] <= NY - at[1]; step[1]++)
                for (step[0] = -at[0] - 1; step[0] <= NX - at[0]; step[0]++) {
                    int64_t x = at[0] + step[0], y = at[1] + step[1], z = at[2] + step[2];
                    bool in_image = x >= 0 && x < NX && y >= 0 && y < NY && z >= 0 && z < NZ;
                    int64_t to = (z * NY + y) * NX + x;
                    if (!shrink && in_image && reaches(g, m, false, step))
                        out[to] = 1;
                    if (shrink && !(in_image && in[to])) { /* the outside reaches n, backwards */
                        int64_t back[3] = {-step[0], -step[1], -step[2]};
                        if (reaches(g, m, true, back))
                            out[n] = 0;
                    }
                }
    }
}

static void compare(const struct grid *g, const uint8_t *in, const struct margin *m)
{
    static uint8_t want[N], got[N], copy[N];
    bool shrink = false;
    for (int s = 0; s < MARGIN_SIDES; s++)
        shrink |= m->mm[s] < 0;
    by_definition(g, in, m, shrink, want);
    memcpy(copy, in, N);
    struct volume v = {.grid = *g, .type = PIXEL_U8, .channels = 1, .data = copy};
    struct region r;
    struct err e = {0};
    assert_true(region_from_volume(&v, &r, &e));
    assert_true(margin_apply(&r, g, m, &e));
    memset(got, 0, N);
    region_paste(&r, g, got);
    region_free(&r);
    assert_memory_equal(got, want, N);
}

static struct margin uniform(double mm)
{
    return (struct margin){{mm, mm, mm, mm, mm, mm}};
}

static void test_one_voxel_becomes_the_ellipsoid(void **unused)
{
    (void)unused;
    uint8_t in[N] = {0};
    in[(4 * NY + 5) * NX + 6] = 1;
    struct grid g = make_grid(1, 1.5, 2.5);
    struct margin exact = uniform(3), six = {{4.5, 3, 2, 5, 7.5, 2.5}};
    compare(&g, in, &exact); /* 3 mm: centres at exactly the distance count */
    compare(&g, in, &six);
}

static void test_zero_keeps_the_direction_still(void **unused)
{
    (void)unused;
    uint8_t in[N] = {0};
    in[(4 * NY + 5) * NX + 6] = in[(4 * NY + 5) * NX + 7] = 1;
    struct grid g = make_grid(1, 1, 2);
    struct margin flat = {{3, 3, 3, 3, 0, 0}}, half = {{4, 0, 0, 0, 0, 0}};
    compare(&g, in, &flat);
    compare(&g, in, &half);
}

static void test_random_masks_on_turned_axes(void **unused)
{
    (void)unused;
    static const double directions[3][9] = {
        {1, 0, 0, 0, 1, 0, 0, 0, 1}, {0, 0, -1, 1, 0, 0, 0, -1, 0}, {-1, 0, 0, 0, 1, 0, 0, 0, -1}};
    for (int n = 0; n < 60; n++) {
        uint8_t in[N];
        bool shrink = n % 2;
        double density = shrink ? 0.97 : 0.02;
        for (int i = 0; i < N; i++)
            in[i] = draw(0, 1) < density;
        struct grid g = make_grid(draw(0.5, 2), draw(0.5, 2), draw(1, 4));
        memcpy(g.direction, directions[n % 3], sizeof g.direction);
        struct margin m = uniform(draw(0.5, 6));
        for (int s = 0; n % 4 >= 2 && s < MARGIN_SIDES; s++)
            m.mm[s] = draw(0, 1) < 0.2 ? 0 : draw(0.5, 6);
        for (int s = 0; shrink && s < MARGIN_SIDES; s++)
            m.mm[s] = -m.mm[s];
        compare(&g, in, &m);
    }
}

static void test_the_image_ends_where_the_structure_ends(void **unused)
{
    (void)unused;
    uint8_t in[N];
    memset(in, 1, N);
    struct grid g = make_grid(1, 1, 1);
    struct margin m = uniform(-2), back = {{-3, 0, 0, 0, 0, 0}};
    compare(&g, in, &m);
    compare(&g, in, &back);
}

static void test_a_sphere_does_not_see_the_axes(void **unused)
{
    (void)unused;
    struct grid straight = make_grid(1, 1.25, 2), oblique = straight;
    double c = cos(0.4), s = sin(0.4);
    double turn[9] = {c, -s, 0, s, c, 0, 0, 0, 1};
    memcpy(oblique.direction, turn, sizeof turn);
    const struct grid *grids[2] = {&straight, &oblique};
    uint8_t out[2][N] = {{0}};
    for (int n = 0; n < 2; n++) {
        struct region r;
        struct err e = {0};
        struct margin m = uniform(4);
        assert_true(region_alloc(&r, &(struct box){{6, 5, 4}, {1, 1, 1}}, &e));
        r.voxel[0] = 1;
        assert_true(margin_apply(&r, grids[n], &m, &e));
        region_paste(&r, &straight, out[n]);
        region_free(&r);
    }
    assert_memory_equal(out[0], out[1], N);
}

static void test_mixed_signs_are_refused(void **unused)
{
    (void)unused;
    struct err e = {0};
    struct margin mixed = {{1, -1, 0, 0, 0, 0}}, endless = {{INFINITY, 0, 0, 0, 0, 0}};
    assert_false(margin_check(&mixed, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    assert_false(margin_check(&endless, &e));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_voxel_becomes_the_ellipsoid),
        cmocka_unit_test(test_zero_keeps_the_direction_still),
        cmocka_unit_test(test_random_masks_on_turned_axes),
        cmocka_unit_test(test_the_image_ends_where_the_structure_ends),
        cmocka_unit_test(test_a_sphere_does_not_see_the_axes),
        cmocka_unit_test(test_mixed_signs_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
