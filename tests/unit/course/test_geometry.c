#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/geometry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SLICES = 9 };

/* A rotation by a, b about z and x as row and column, and their normal. */
static void axes(double a, double b, double axis[3][3])
{
    double r[3] = {cos(a), sin(a), 0}, c[3] = {-sin(a) * cos(b), cos(a) * cos(b), sin(b)};
    memcpy(axis[0], r, sizeof r);
    memcpy(axis[1], c, sizeof c);
    for (int i = 0; i < 3; i++)
        axis[2][i] = r[(i + 1) % 3] * c[(i + 2) % 3] - r[(i + 2) % 3] * c[(i + 1) % 3];
}

/* Slices 3 mm apart, in a shuffled order; pixels of 2 (rows) x 1.5 mm (columns). */
static void stack(struct plane plane[SLICES], double a, double b)
{
    double axis[3][3];
    axes(a, b, axis);
    for (size_t i = 0; i < SLICES; i++) {
        size_t k = i * 4 % SLICES;
        plane[i] = (struct plane){.rows = 20, .columns = 30, .spacing_mm = {2, 1.5}, .source = k};
        memcpy(plane[i].orientation, axis[0], sizeof axis[0]);
        memcpy(plane[i].orientation + 3, axis[1], sizeof axis[1]);
        for (int r = 0; r < 3; r++)
            plane[i].position_mm[r] = 10 * r - 7 + 3.0 * (double)k * axis[2][r];
    }
}

static void shift(struct plane *p, const double mm[3])
{
    for (int r = 0; r < 3; r++)
        p->position_mm[r] += mm[r];
}

/* A stack by the strict rules. */
static bool build(struct plane *plane, size_t n, struct grid *g, bool *tilted, struct err *e)
{
    const struct geometry_rules strict = {0};
    struct geometry found;
    bool ok = geometry_build(plane, &n, &strict, &found, e);
    *g = found.grid;
    *tilted = found.tilted;
    return ok;
}

static void any_orientation_gives_its_grid(void **state)
{
    (void)state;
    static const double angle[][2] = {{0, 0}, {0.3, -0.8}, {2, 1.2}, {-3, 3}};
    for (size_t n = 0; n < 4; n++) {
        struct plane plane[SLICES];
        struct grid g;
        struct err e = {0};
        bool tilted;
        double axis[3][3];
        axes(angle[n][0], angle[n][1], axis);
        stack(plane, angle[n][0], angle[n][1]);
        assert_true(build(plane, SLICES, &g, &tilted, &e));
        assert_false(tilted);
        assert_true(g.size[0] == 30 && g.size[1] == 20 && g.size[2] == SLICES);
        assert_true(g.spacing_mm[0] == 1.5 && g.spacing_mm[1] == 2);
        assert_true(fabs(g.spacing_mm[2] - 3) < 1e-12);
        for (size_t k = 0; k < SLICES; k++) {
            assert_int_equal(plane[k].source, k);
            double index[3] = {0, 0, (double)k}, point[3];
            grid_to_patient(&g, index, point);
            for (int r = 0; r < 3; r++)
                assert_true(fabs(point[r] - plane[k].position_mm[r]) < 1e-12);
        }
        for (int r = 0; r < 3; r++)
            for (int c = 0; c < 3; c++)
                assert_true(fabs(g.direction[3 * r + c] - axis[c][r]) < 1e-15);
    }
}

static void positions_and_unit_axes_are_kept_bit_for_bit(void **state)
{
    (void)state;
    struct plane plane[SLICES];
    struct grid g;
    bool tilted;
    stack(plane, 0, 0);
    for (size_t i = 0; i < SLICES; i++)
        plane[i].position_mm[0] = -249.51171875, plane[i].position_mm[1] = 0.1;
    assert_true(build(plane, SLICES, &g, &tilted, NULL));
    static const double identity[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    assert_memory_equal(g.direction, identity, sizeof identity);
    assert_true(g.origin_mm[0] == -249.51171875 && g.origin_mm[1] == 0.1);
}

static void slightly_wrong_cosines_become_perpendicular(void **state)
{
    (void)state;
    struct plane plane[SLICES];
    struct grid g;
    bool tilted;
    stack(plane, 0, 0);
    for (size_t i = 0; i < SLICES; i++)
        plane[i].orientation[0] = 1.0004, plane[i].orientation[3] = 0.0005;
    assert_true(build(plane, SLICES, &g, &tilted, NULL));
    for (int c = 0; c < 3; c++)
        for (int d = 0; d < 3; d++) {
            double product = 0;
            for (int r = 0; r < 3; r++)
                product += g.direction[3 * r + c] * g.direction[3 * r + d];
            assert_true(fabs(product - (c == d)) < 1e-15);
        }
}

/* A stack with one slice moved by mm is accepted, or refused with these words. */
static void moved(size_t which, double x, double y, double z, const char *words)
{
    struct plane plane[SLICES];
    struct grid g;
    struct err e = {0};
    bool tilted, ok;
    stack(plane, 0, 0);
    for (size_t i = 0; i < SLICES; i++)
        if (plane[i].source == which)
            shift(&plane[i], (double[]){x, y, z});
    ok = build(plane, SLICES, &g, &tilted, &e);
    if (words) {
        assert_false(ok);
        assert_int_equal(e.code, ERR_REFUSED);
        assert_non_null(strstr(e.text, words));
    } else {
        assert_true(ok);
    }
}

static void tolerances_are_those_that_are_written_down(void **state)
{
    (void)state;
    moved(4, 0, 0, 0.029, NULL); /* 1 % of 3 mm */
    moved(4, 0, 0, 0.031, "uneven slice spacing: from 2.969 to 3.031 mm");
    moved(4, 0, 0, -0.031, "uneven slice spacing");
    moved(4, 0.0149, 0, 0, NULL); /* 1 % of 1.5 mm */
    moved(4, 0.0151, 0, 0, "no whole number of pixels");
    moved(4, 0, 0.0199, 0, NULL); /* 1 % of 2 mm */
    moved(4, 0, 0.0201, 0, "no whole number of pixels");
    moved(4, 0, 0, 2.9995, "1 of 9 slices share");
    moved(8, 0, 0, 3, "missing slices: about 1, in 1 gap; the first is 6 mm wide");
}

static void whole_pixel_shear_crops(void **state)
{
    (void)state;
    struct plane plane[SLICES];
    struct grid g;
    bool tilted;
    stack(plane, 0, 0);
    for (size_t i = 0; i < SLICES; i++) {
        double k = (double)plane[i].source;
        shift(&plane[i], (double[]){-1.5 * k, 2 * 2 * k, 0});
    }
    assert_true(build(plane, SLICES, &g, &tilted, NULL));
    assert_true(tilted);
    assert_true(g.size[0] == 30 - 8 && g.size[1] == 20 - 16);
    for (size_t k = 0; k < SLICES;
         k++) { /* the first pixel that is used lies where the grid says */
        double index[3] = {0, 0, (double)k}, point[3];
        grid_to_patient(&g, index, point);
        double x = plane[k].position_mm[0] + 1.5 * (double)plane[k].first[0];
        double y = plane[k].position_mm[1] + 2.0 * (double)plane[k].first[1];
        assert_true(fabs(point[0] - x) < 1e-12 && fabs(point[1] - y) < 1e-12);
        assert_true(plane[k].first[0] >= 0 && plane[k].first[0] + g.size[0] <= 30);
        assert_true(plane[k].first[1] >= 0 && plane[k].first[1] + g.size[1] <= 20);
    }
}

static void shear_that_leaves_nothing_is_refused(void **state)
{
    (void)state;
    struct plane plane[SLICES];
    struct grid g;
    struct err e = {0};
    bool tilted;
    stack(plane, 0, 0);
    for (size_t i = 0; i < SLICES; i++)
        shift(&plane[i], (double[]){0, 2 * 3 * (double)plane[i].source, 0});
    assert_false(build(plane, SLICES, &g, &tilted, &e));
    assert_non_null(strstr(e.text, "no pixel in common"));
}

static void one_slice_needs_a_thickness(void **state)
{
    (void)state;
    struct plane plane[SLICES];
    struct grid g;
    struct err e = {0};
    bool tilted;
    stack(plane, 0.3, 0.1);
    assert_false(build(plane, 1, &g, &tilted, &e));
    assert_non_null(strstr(e.text, "thickness is not given"));
    plane[0].thickness_mm = 2.5;
    assert_true(build(plane, 1, &g, &tilted, &e));
    assert_true(g.size[2] == 1 && g.spacing_mm[2] == 2.5);
}

/* 41 slices, positions rounded to `decimals`. Is it a stack by the rule of rounding? */
static bool rounded(double step_mm, int decimals, double off_mm, int shown, struct geometry *found)
{
    enum { N = 41 };
    struct plane plane[N + GEOMETRY_ROOM(N)] = {{.rows = 0}};
    const struct geometry_rules rules = {.has_decimals = true, .position_decimals = shown};
    const double unit = pow(10, -decimals);
    size_t n = N;
    for (size_t k = 0; k < N; k++) {
        plane[k] =
            (struct plane){.rows = 20,
                           .columns = 30,
                           .spacing_mm = {2, 1.5},
                           .orientation = {1, 0, 0, 0, 1, 0},
                           .position_mm = {0, 0, nearbyint(step_mm * (double)k / unit) * unit},
                           .source = k};
    }
    plane[20].position_mm[2] += off_mm;
    struct err e = {0};
    return geometry_build(plane, &n, &rules, found, &e);
}

static void rounding_is_forgiven_as_far_as_the_decimals_explain(void **state)
{
    (void)state;
    struct geometry g;
    assert_true(rounded(1.25, 1, 0, 1, &g));
    assert_true(g.rounded_mm > 0.02 && g.rounded_mm <= 0.05 * (1 + 1e-6));
    assert_true(fabs(g.grid.spacing_mm[2] - 1.25) < 1e-12);
    assert_true(rounded(1.25, 3, 0, 3, &g) && g.rounded_mm == 0); /* within 1 % anyway */
    assert_false(rounded(1.25, 1, 0, 2, &g)); /* other positions show a second decimal */
    assert_false(rounded(1.25, 1, 0.1, 1, &g));
    assert_false(rounded(1.25, 0, 0, 0, &g)); /* whole millimetres: more than 0.05 mm */
    assert_false(rounded(0.35, 1, 0, 1, &g)); /* more than a tenth of the spacing */
}

/* n slices of 3 mm without those in `gone`. */
static bool with_gaps(size_t n, const size_t *gone, size_t holes, bool interpolate,
                      struct geometry *found, struct plane *plane, struct err *e)
{
    const struct geometry_rules rules = {.interpolate = interpolate};
    size_t to = 0;
    for (size_t k = 0; k < n; k++) {
        bool is_gone = false;
        for (size_t i = 0; i < holes; i++)
            is_gone = is_gone || gone[i] == k;
        if (!is_gone)
            plane[to++] = (struct plane){.rows = 20,
                                         .columns = 30,
                                         .spacing_mm = {2, 1.5},
                                         .orientation = {1, 0, 0, 0, 1, 0},
                                         .position_mm = {0, 0, 3 * (double)k},
                                         .source = k};
    }
    *e = (struct err){0};
    return geometry_build(plane, &to, &rules, found, e);
}

static void single_missing_slices_are_made_up_when_asked_for(void **state)
{
    (void)state;
    struct plane plane[64];
    struct geometry g;
    struct err e;
    const size_t two[] = {5, 20}, row[] = {5, 6}, three[] = {5, 9, 20};
    assert_false(with_gaps(40, two, 2, false, &g, plane, &e));
    assert_non_null(strstr(e.text, "MISSING_SLICES=interpolate makes them up"));
    assert_true(with_gaps(40, two, 2, true, &g, plane, &e));
    assert_true(g.made_up == 2 && g.grid.size[2] == 40 && g.grid.spacing_mm[2] == 3);
    for (size_t k = 0; k < 40; k++) {
        assert_true(fabs(plane[k].along_mm - 3 * (double)k) < 1e-12);
        assert_true(plane[k].made_up == (k == 5 || k == 20));
        assert_true(plane[k].made_up || plane[k].source == k);
    }
    assert_false(with_gaps(40, row, 2, true, &g, plane, &e)); /* two in a row */
    assert_non_null(strstr(e.text, "5 % of a series at most"));
    assert_false(with_gaps(40, three, 3, true, &g, plane, &e)); /* more than 5 % */
}

/* Cosines with `decimals` places of a stack that has none of that error. */
static bool cosines(int decimals, double shear, bool is_ct, struct geometry *found)
{
    struct plane plane[SLICES + GEOMETRY_ROOM(SLICES)];
    const struct geometry_rules rules = {.has_decimals = true,
                                         .position_decimals = 6,
                                         .cosine_decimals = decimals,
                                         .no_shear = is_ct};
    const double unit = pow(10, -decimals);
    size_t n = SLICES;
    stack(plane, 0.3, -0.8);
    for (size_t k = 0; k < SLICES; k++) {
        for (int i = 0; i < 6; i++)
            plane[k].orientation[i] = nearbyint(plane[k].orientation[i] / unit) * unit;
        for (int i = 0; i < 3; i++)
            plane[k].position_mm[i] *= 10; /* long enough for the error to show */
        plane[k].position_mm[0] += shear * 30 * (double)plane[k].source;
    }
    struct err e = {0};
    return geometry_build(plane, &n, &rules, found, &e);
}

static void few_decimals_of_cosines_explain_a_small_shear(void **state)
{
    (void)state;
    struct geometry g;
    double exact[3][3];
    axes(0.3, -0.8, exact);
    assert_true(cosines(3, 0, false, &g));
    assert_true(g.sheared > 0 && !g.tilted);
    for (int r = 0; r < 3; r++)
        assert_true(fabs(g.grid.direction[3 * r + 2] - exact[2][r]) < 1e-9); /* the stack's */
    assert_false(cosines(3, 0, true, &g));                                   /* never a CT */
    assert_false(cosines(3, 0.01, false, &g)); /* a shear that they do not explain */
    assert_false(cosines(2, 0, false, &g));    /* two decimals explain too much */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_orientation_gives_its_grid),
        cmocka_unit_test(positions_and_unit_axes_are_kept_bit_for_bit),
        cmocka_unit_test(slightly_wrong_cosines_become_perpendicular),
        cmocka_unit_test(tolerances_are_those_that_are_written_down),
        cmocka_unit_test(whole_pixel_shear_crops),
        cmocka_unit_test(shear_that_leaves_nothing_is_refused),
        cmocka_unit_test(one_slice_needs_a_thickness),
        cmocka_unit_test(rounding_is_forgiven_as_far_as_the_decimals_explain),
        cmocka_unit_test(single_missing_slices_are_made_up_when_asked_for),
        cmocka_unit_test(few_decimals_of_cosines_explain_a_small_shear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
