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

/* Half the longest step of the grid along a patient axis: what "still" means where voxels do not
 * lie in rows along that axis (docs/boolstruct.md). */
static double still_mm(const struct grid *g, int axis)
{
    double longest = 0;
    for (int c = 0; c < 3; c++)
        longest = fmax(longest, fabs(g->direction[3 * axis + c]) * g->spacing_mm[c]);
    return longest / 2 / (1 + 1e-6);
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
        if (reach > 0)
            sum += mm * mm / (reach * reach);
        else if (fabs(mm) >= still_mm(g, a))
            return false;
    }
    return sum <= 1 + 1e-6;
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

enum { DIRECTIONS = 6 };

/* Axial, sagittal, flipped axes, two oblique grids, and an oblique left-handed one. */
static const double directions[DIRECTIONS][9] = {
    {1, 0, 0, 0, 1, 0, 0, 0, 1},
    {0, 0, -1, 1, 0, 0, 0, -1, 0},
    {-1, 0, 0, 0, 1, 0, 0, 0, -1},
    {0.8, -0.6, 0, 0.576, 0.768, -0.28, 0.168, 0.224, 0.96},
    {0.36, 0.48, -0.8, -0.8, 0.6, 0, 0.48, 0.64, 0.6},
    {-0.8, -0.6, 0, -0.576, 0.768, -0.28, -0.168, 0.224, 0.96},
};

static void negate(struct margin *m)
{
    for (int s = 0; s < MARGIN_SIDES; s++)
        m->mm[s] = -m->mm[s];
}

/* One voxel grows to the ellipsoid, and the outside grows from one voxel by the ellipsoid seen from
 * the other end: on every kind of grid, uniform and six-way, with sides of zero. */
static void test_one_voxel_on_every_grid(void **unused)
{
    (void)unused;
    static const struct margin margins[] = {{{4, 4, 4, 4, 4, 4}},     {{3, 3, 3, 3, 3, 3.5}},
                                            {{4.5, 3, 2, 5, 6, 2.5}}, {{4, 3, 0, 5, 6, 0}},
                                            {{0, 0, 4, 4, 0, 0}},     {{5, 0, 0, 0, 0, 0}}};
    for (int d = 0; d < DIRECTIONS; d++)
        for (size_t n = 0; n < sizeof margins / sizeof *margins; n++) {
            uint8_t in[N] = {0};
            struct grid g = make_grid(1, 1.25, 1.5);
            memcpy(g.direction, directions[d], sizeof g.direction);
            in[(4 * NY + 5) * NX + 6] = 1;
            struct margin m = margins[n];
            compare(&g, in, &m);
            negate(&m);
            for (int i = 0; i < N; i++)
                in[i] = !in[i];
            compare(&g, in, &m);
        }
}

/* Bodies by their formulas around the middle of the grid, in millimetres along its axes. */
static bool in_body(int body, const double mm[3])
{
    double across = hypot(mm[0], mm[1]), along = fabs(mm[2]);
    switch (body) {
    case 0: /* sphere */
        return across * across + along * along <= 9;
    case 1: /* box */
        return fabs(mm[0]) <= 3 && fabs(mm[1]) <= 2 && along <= 2.5;
    case 2: /* tube */
        return across <= 2.5 && along <= 3;
    default: /* ring */
        return across <= 3.5 && across >= 1.75 && along <= 2;
    }
}

static void test_bodies_on_every_grid(void **unused)
{
    (void)unused;
    static const double spacings[2][3] = {{1, 1, 1}, {0.8, 1.1, 2}};
    for (int n = 0; n < 4 * 2 * DIRECTIONS * 2; n++) {
        uint8_t in[N];
        const double *spacing = spacings[n / 4 % 2];
        struct grid g = make_grid(spacing[0], spacing[1], spacing[2]);
        memcpy(g.direction, directions[n / 8 % DIRECTIONS], sizeof g.direction);
        for (int i = 0; i < N; i++) {
            int64_t at[3];
            double mm[3];
            place(i, at);
            for (int a = 0; a < 3; a++)
                mm[a] = ((double)at[a] - (double)(g.size[a] - 1) / 2) * spacing[a];
            in[i] = in_body(n % 4, mm);
        }
        bool six = n >= 8 * DIRECTIONS;
        struct margin m = six ? (struct margin){{2.5, 1, 3, 1.5, 2, 0}} : uniform(2);
        compare(&g, in, &m);
        for (int side = 0; side < MARGIN_SIDES; side++)
            m.mm[side] *= 0.6;
        negate(&m);
        compare(&g, in, &m);
    }
}

/* Voxels that a box of n voxels becomes with a margin on all sides: faces, edges and corners of the
 * lattice (Steiner's formula, counted). */
static int64_t steiner(const int64_t n[3], const double spacing[3], double mm)
{
    int64_t total = 0;
    for (int64_t i = 0; (double)i * spacing[0] <= mm; i++)
        for (int64_t j = 0; (double)j * spacing[1] <= mm; j++)
            for (int64_t k = 0; (double)k * spacing[2] <= mm; k++) {
                double x = (double)i * spacing[0], y = (double)j * spacing[1],
                       z = (double)k * spacing[2];
                if (x * x + y * y + z * z <= mm * mm * (1 + 1e-6))
                    total += (i ? 2 : n[0]) * (j ? 2 : n[1]) * (k ? 2 : n[2]);
            }
    return total;
}

static void test_a_box_has_a_closed_form(void **unused)
{
    (void)unused;
    static const double spacings[3][3] = {{1, 1, 1}, {0.977, 0.977, 3}, {1.5, 0.7, 1.1}};
    for (int n = 0; n < 3 * DIRECTIONS * 4; n++) {
        const double *spacing = spacings[n % 3], mm = 1.5 * (1 + n / (3 * DIRECTIONS));
        const int64_t box[3] = {5 + n % 2, 4, 3};
        struct grid g = make_grid(spacing[0], spacing[1], spacing[2]);
        g.size[0] = g.size[1] = g.size[2] = 40;
        memcpy(g.direction, directions[n / 3 % DIRECTIONS], sizeof g.direction);
        struct region r;
        struct err e = {0};
        struct margin grow = uniform(mm), shrink = uniform(-mm);
        assert_true(region_alloc(&r, &(struct box){{17, 17, 17}, {box[0], box[1], box[2]}}, &e));
        memset(r.voxel, 1, (size_t)(box[0] * box[1] * box[2]));
        assert_true(margin_apply(&r, &g, &grow, &e));
        int64_t count = 0;
        for (int64_t i = 0; i < r.box.size[0] * r.box.size[1] * r.box.size[2]; i++)
            count += r.voxel[i];
        assert_int_equal(count, steiner(box, spacing, mm));
        assert_true(margin_apply(&r, &g, &shrink, &e)); /* closing: a convex body comes back */
        count = 0;
        for (int64_t i = 0; i < r.box.size[0] * r.box.size[1] * r.box.size[2]; i++)
            count += r.voxel[i];
        assert_int_equal(count, box[0] * box[1] * box[2]);
        region_free(&r);
    }
}

/* How far a voxel in a line of 200 along an axis grows (or what the outside takes of the line) on
 * its two sides. */
static void line_reach(int axis, double spacing, struct margin m, int64_t reach[2])
{
    struct grid g = grid_unit();
    struct err e = {0};
    struct region r;
    bool shrinks = false;
    struct box box = {.lo = {100, 100, 100}, .size = {1, 1, 1}};
    for (int s = 0; s < MARGIN_SIDES; s++)
        shrinks |= m.mm[s] < 0;
    for (int a = 0; a < 3; a++) {
        g.size[a] = 201;
        g.spacing_mm[a] = a == axis ? spacing : 1e4;
    }
    if (shrinks) {
        box.lo[axis] = 50;
        box.size[axis] = 101;
    }
    assert_true(region_alloc(&r, &box, &e));
    memset(r.voxel, 1, (size_t)box.size[axis]);
    assert_true(margin_apply(&r, &g, &m, &e));
    int64_t first = -1, last = -1;
    for (int64_t i = 0; i < r.box.size[axis]; i++) {
        const int64_t step[3] = {1, r.box.size[0], r.box.size[0] * r.box.size[1]};
        int64_t at = i * step[axis];
        for (int a = 0; a < 3; a++)
            at += a == axis ? 0 : (100 - r.box.lo[a]) * step[a];
        if (r.voxel[at]) {
            first = first < 0 ? r.box.lo[axis] + i : first;
            last = r.box.lo[axis] + i;
        }
    }
    reach[0] = shrinks ? first - 50 : 100 - first;
    reach[1] = shrinks ? 150 - last : last - 100;
    region_free(&r);
}

/* Spacings as NIfTI has them: n voxels of 1.1 mm are within n x 1.1 mm, in growing and shrinking,
 * uniform and towards one side; n + 1 are not, nor n within a margin that is a millionth shorter.
 */
static void test_spacings_of_single_precision(void **unused)
{
    (void)unused;
    static const double decimals[] = {1.1, 0.7, 0.9765625, 0.3, 2.3};
    static const enum margin_side side[3][2] = {{MARGIN_RIGHT, MARGIN_LEFT},
                                                {MARGIN_ANTERIOR, MARGIN_POSTERIOR},
                                                {MARGIN_INFERIOR, MARGIN_SUPERIOR}};
    for (int n = 0; n < 5 * 3 * 2 * 3; n++) {
        int axis = n / 5 % 3, sign = n / 15 % 2 ? -1 : 1;
        double spacing = decimals[n % 5];
        for (int64_t voxels = 1; voxels < 45; voxels += 1 + voxels / 4)
            for (int shorter = 0; shorter < 2; shorter++) {
                double mm = sign * (double)voxels * spacing * (1 - 1e-6 * shorter);
                int end = n / 30 - 1; /* -1: uniform; 0, 1: one side */
                struct margin m = end < 0 ? uniform(mm) : uniform(0);
                if (end >= 0)
                    m.mm[side[axis][end]] = mm;
                int64_t reach[2];
                line_reach(axis, (float)spacing, m, reach);
                assert_int_equal(reach[0], end == 1 ? 0 : voxels - shorter);
                assert_int_equal(reach[1], end == 0 ? 0 : voxels - shorter);
            }
    }
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
    for (int n = 0; n < 120; n++) {
        uint8_t in[N];
        bool shrink = n / DIRECTIONS % 2;
        double density = shrink ? 0.97 : 0.02;
        for (int i = 0; i < N; i++)
            in[i] = draw(0, 1) < density;
        struct grid g = make_grid(draw(0.5, 2), draw(0.5, 2), draw(1, 4));
        memcpy(g.direction, directions[n % DIRECTIONS], sizeof g.direction);
        struct margin m = uniform(draw(0.5, 6));
        for (int s = 0; n / (2 * DIRECTIONS) % 2 && s < MARGIN_SIDES; s++)
            m.mm[s] = draw(0, 1) < 0.2 ? 0 : draw(0.5, 6);
        if (shrink)
            negate(&m);
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
        cmocka_unit_test(test_one_voxel_on_every_grid),
        cmocka_unit_test(test_bodies_on_every_grid),
        cmocka_unit_test(test_a_box_has_a_closed_form),
        cmocka_unit_test(test_spacings_of_single_precision),
        cmocka_unit_test(test_zero_keeps_the_direction_still),
        cmocka_unit_test(test_random_masks_on_turned_axes),
        cmocka_unit_test(test_the_image_ends_where_the_structure_ends),
        cmocka_unit_test(test_a_sphere_does_not_see_the_axes),
        cmocka_unit_test(test_mixed_signs_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
