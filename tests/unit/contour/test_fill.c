#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "contour/fill.h"

#include <math.h>
#include <string.h>

enum { NX = 12, NY = 10, NZ = 8 };

static uint8_t voxel[NX * NY * NZ];
static struct fill_report report;
static struct box touched;

static struct grid plain(void)
{
    struct grid g = grid_unit();
    g.size[0] = NX, g.size[1] = NY, g.size[2] = NZ;
    return g;
}

static struct grid oblique(void)
{
    double a = 0.3, b = -0.5;
    struct grid g = plain();
    const double d[9] = {cos(a), -sin(a) * cos(b), sin(a) * sin(b),
                         sin(a), cos(a) * cos(b),  -cos(a) * sin(b),
                         0,      sin(b),           cos(b)};
    memcpy(g.direction, d, sizeof d);
    g.spacing_mm[0] = 0.7, g.spacing_mm[1] = 1.3, g.spacing_mm[2] = 4;
    g.origin_mm[0] = -77, g.origin_mm[1] = 12, g.origin_mm[2] = 300;
    return g;
}

/* A rectangle from corner to corner on the plane k, in index space, as contours of g. */
struct rectangle {
    double point[12];
    struct contour contour;
};

static void rectangle(struct rectangle *r, const struct grid *g, double x0, double y0, double x1,
                      double y1, double k)
{
    const double index[4][3] = {{x0, y0, k}, {x1, y0, k}, {x1, y1, k}, {x0, y1, k}};
    for (int p = 0; p < 4; p++)
        grid_to_patient(g, index[p], r->point + 3 * p);
    r->contour = (struct contour){.kind = CONTOUR_CLOSED_PLANAR, .points = 4, .point_mm = r->point};
}

static size_t fill(const struct contour *c, size_t n, const struct grid *g)
{
    struct err e = {0};
    memset(voxel, 0, sizeof voxel);
    assert_true(fill_contours(c, n, g, voxel, &touched, &report, &e));
    size_t count = 0;
    for (int i = 0; i < NX * NY * NZ; i++)
        count += voxel[i];
    return count;
}

static int at(int i, int j, int k)
{
    return voxel[(k * NY + j) * NX + i];
}

static void any_orientation_gives_the_same_voxels(void **state)
{
    (void)state;
    struct grid g[] = {plain(), oblique()};
    for (int o = 0; o < 2; o++) {
        struct rectangle r;
        rectangle(&r, &g[o], 2.4, 3.4, 6.6, 5.6, 4);
        assert_int_equal(fill(&r.contour, 1, &g[o]), 4 * 2);
        assert_true(at(3, 4, 4) && at(6, 5, 4) && !at(2, 4, 4) && !at(3, 3, 4));
        assert_int_equal(report.filled, 1);
        assert_int_equal(report.axis, 2);
        const struct box expected = {{3, 4, 4}, {4, 2, 1}};
        assert_memory_equal(&touched, &expected, sizeof expected);
    }
}

/* Contours drawn on planes across another index axis, as after a reorientation of the image. */
static void slices_may_lie_across_any_axis(void **state)
{
    (void)state;
    struct grid g = oblique();
    const double index[2][4][3] = {
        {{3, 1.5, 1.5}, {3, 4.5, 1.5}, {3, 4.5, 3.5}, {3, 1.5, 3.5}}, /* across x */
        {{1.5, 5, 1.5}, {4.5, 5, 1.5}, {4.5, 5, 3.5}, {1.5, 5, 3.5}}, /* across y */
    };
    for (int axis = 0; axis < 2; axis++) {
        double point[12];
        for (int p = 0; p < 4; p++)
            grid_to_patient(&g, index[axis][p], point + 3 * p);
        struct contour c = {.kind = CONTOUR_CLOSED_PLANAR, .points = 4, .point_mm = point};
        assert_int_equal(fill(&c, 1, &g), 3 * 2);
        assert_int_equal(report.axis, axis);
        assert_true(axis == 0 ? at(3, 2, 2) && at(3, 4, 3) : at(2, 5, 2) && at(4, 5, 3));
    }
}

static void a_plane_goes_to_its_nearest_slice(void **state)
{
    (void)state;
    struct grid g = plain();
    static const struct {
        double k;
        int slice; /* -1: outside */
    } row[] = {{3, 3},      {3.4, 3},   {3.6, 4},   {2.7, 3},  {3.5, 3},   {3.4999, 3},
               {3.5001, 3}, {3.502, 4}, {-0.4, 0},  {-0.5, 0}, {-0.6, -1}, {7.4, 7},
               {7.5, 7},    {7.6, -1},  {-100, -1}, {100, -1}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct rectangle r;
        rectangle(&r, &g, 2.5, 2.5, 4.5, 4.5, row[i].k);
        assert_int_equal(fill(&r.contour, 1, &g), row[i].slice < 0 ? 0 : 4);
        assert_int_equal(report.outside, row[i].slice < 0);
        if (row[i].slice >= 0)
            assert_true(at(3, 3, row[i].slice));
    }
}

/* Contours halfway between slices all go the same way, so that none is lost and none doubled. */
static void planes_halfway_keep_their_number(void **state)
{
    (void)state;
    struct grid g = plain();
    struct rectangle r[4];
    struct contour c[4];
    for (int i = 0; i < 4; i++) {
        rectangle(&r[i], &g, 2.5, 2.5, 4.5, 4.5, 2.5 + i + (i % 2 ? 1e-7 : -1e-7));
        c[i] = r[i].contour;
    }
    assert_int_equal(fill(c, 4, &g), 4 * 4);
    assert_int_equal(report.gap_slices, 0);
    assert_int_equal(report.crowded, 0);
    assert_int_equal(report.off_centre, 4);
}

static void the_nearest_of_several_planes_decides_alone(void **state)
{
    (void)state;
    struct grid g = plain();
    struct rectangle r[3];
    rectangle(&r[0], &g, 1.5, 1.5, 8.5, 8.5, 2.7);
    rectangle(&r[1], &g, 3.5, 3.5, 5.5, 5.5, 3.1);
    rectangle(&r[2], &g, 1.5, 1.5, 8.5, 8.5, 3.4);
    struct contour c[] = {r[0].contour, r[1].contour, r[2].contour};
    assert_int_equal(fill(c, 3, &g), 4);
    assert_true(at(4, 4, 3));
    assert_int_equal(report.crowded, 2);
    assert_int_equal(report.filled, 1);
}

static void holes_count_among_contours_of_one_plane(void **state)
{
    (void)state;
    struct grid g = oblique();
    struct rectangle r[2];
    rectangle(&r[0], &g, 1.5, 1.5, 8.5, 7.5, 3);
    rectangle(&r[1], &g, 3.5, 3.5, 5.5, 5.5, 3.01); /* a hundredth of a slice: the same plane */
    struct contour c[] = {r[0].contour, r[1].contour};
    assert_int_equal(fill(c, 2, &g), 7 * 6 - 2 * 2);
    assert_int_equal(report.filled, 2);
    assert_int_equal(report.crowded, 0);
}

static void exact_copies_count_once(void **state)
{
    (void)state;
    struct grid g = plain();
    struct rectangle r[2];
    rectangle(&r[0], &g, 1.5, 1.5, 8.5, 7.5, 3);
    rectangle(&r[1], &g, 1.5, 1.5, 8.5, 7.5, 3);
    struct contour c[] = {r[0].contour, r[1].contour};
    assert_int_equal(fill(c, 2, &g), 7 * 6);
    assert_int_equal(report.repeated, 1);
}

static void gaps_are_counted(void **state)
{
    (void)state;
    struct grid g = plain();
    struct rectangle r[3];
    struct contour c[3];
    for (int i = 0; i < 3; i++) {
        rectangle(&r[i], &g, 1.5, 1.5, 3.5, 3.5, (double[]){1, 2, 6}[i]);
        c[i] = r[i].contour;
    }
    assert_int_equal(fill(c, 3, &g), 3 * 4);
    assert_int_equal(report.gap_slices, 3);
    assert_int_equal(report.first_gap, 3);
}

static void what_cannot_be_filled_is_counted_and_left_out(void **state)
{
    (void)state;
    struct grid g = plain();
    struct rectangle good, tilted, broken, far;
    rectangle(&good, &g, 1.5, 1.5, 3.5, 3.5, 2);
    rectangle(&tilted, &g, 1.5, 1.5, 3.5, 3.5, 2);
    tilted.point[2] += 1.5;
    rectangle(&broken, &g, 1.5, 1.5, 3.5, 3.5, 2);
    broken.point[4] = NAN;
    rectangle(&far, &g, 1.5, 1.5, 3.5, 3.5, 2);
    far.point[0] = 1e300;
    double two[] = {1, 1, 2, 5, 5, 2};
    double collapsed[] = {1, 1, 2, 5, 5, 2, 1, 1, 2, 5, 5, 2};
    struct contour c[] = {
        good.contour,
        tilted.contour,
        broken.contour,
        far.contour,
        {.kind = CONTOUR_POINT, .points = 1, .point_mm = two},
        {.kind = CONTOUR_OPEN_PLANAR, .points = 4, .point_mm = good.point},
        {.kind = CONTOUR_OPEN_NONPLANAR, .points = 4, .point_mm = good.point},
        {.kind = CONTOUR_UNREADABLE, .points = 0, .point_mm = NULL},
        {.kind = CONTOUR_CLOSED_PLANAR, .points = 2, .point_mm = two},
        {.kind = CONTOUR_CLOSED_PLANAR, .points = 4, .point_mm = collapsed},
        {.kind = CONTOUR_CLOSED_PLANAR, .points = 0, .point_mm = NULL},
    };
    assert_int_equal(fill(c, 11, &g), 4);
    assert_int_equal(report.filled, 1);
    assert_int_equal(report.not_flat, 1);
    assert_int_equal(report.unreadable, 3);
    assert_int_equal(report.points, 1);
    assert_int_equal(report.open, 2);
    assert_int_equal(report.short_ones, 3);
    struct str_list notes = {0};
    fill_notes(&report, &notes);
    assert_int_equal(notes.n, 5);
    str_list_free(&notes);
}

/* Points on one line enclose nothing, but centres on that line are on an edge. */
static void a_collinear_contour_is_its_line(void **state)
{
    (void)state;
    struct grid g = plain();
    double line[] = {2, 3, 2, 6, 3, 2, 4, 3, 2};
    struct contour c = {.kind = CONTOUR_CLOSED_PLANAR, .points = 3, .point_mm = line};
    assert_int_equal(fill(&c, 1, &g), 5);
    double between[] = {2, 3.5, 2, 6, 3.5, 2, 4, 3.5, 2};
    c.point_mm = between;
    assert_int_equal(fill(&c, 1, &g), 0);
}

/* Five thousand squares of one voxel, one on each of the same few voxels, each a little different:
 * an odd number at a voxel fills it, an even one does not. */
static void thousands_of_contours_are_no_burden(void **state)
{
    (void)state;
    enum { MANY = 5001 };
    static struct rectangle r[MANY];
    static struct contour c[MANY];
    struct grid g = plain();
    for (int i = 0; i < MANY; i++) {
        double half = 0.2 + 0.2 * i / MANY, x = i % 2 ? 3 : 7;
        rectangle(&r[i], &g, x - half, 5 - half, x + half, 5 + half, 4);
        c[i] = r[i].contour;
    }
    assert_int_equal(fill(c, MANY, &g), 1);
    assert_true(at(7, 5, 4));
    assert_int_equal(report.filled, MANY);
    assert_int_equal(report.repeated, 0);
}

static void nothing_gives_nothing(void **state)
{
    (void)state;
    struct grid g = plain();
    assert_int_equal(fill(NULL, 0, &g), 0);
    assert_int_equal(box_voxels(&touched), 0);
    struct str_list notes = {0};
    fill_notes(&report, &notes);
    assert_int_equal(notes.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_orientation_gives_the_same_voxels),
        cmocka_unit_test(slices_may_lie_across_any_axis),
        cmocka_unit_test(a_plane_goes_to_its_nearest_slice),
        cmocka_unit_test(planes_halfway_keep_their_number),
        cmocka_unit_test(the_nearest_of_several_planes_decides_alone),
        cmocka_unit_test(holes_count_among_contours_of_one_plane),
        cmocka_unit_test(exact_copies_count_once),
        cmocka_unit_test(gaps_are_counted),
        cmocka_unit_test(what_cannot_be_filled_is_counted_and_left_out),
        cmocka_unit_test(a_collinear_contour_is_its_line),
        cmocka_unit_test(thousands_of_contours_are_no_burden),
        cmocka_unit_test(nothing_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
