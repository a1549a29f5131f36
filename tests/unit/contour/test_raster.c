#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "contour/polygon.h"
#include "contour/raster.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SIDE = 16 };

static uint8_t pixel[SIDE * SIDE];

#define POLYGON(...)                                                                               \
    (struct polygon)                                                                               \
    {                                                                                              \
        sizeof((double[]){__VA_ARGS__}) / (2 * sizeof(double)), (double[])                         \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

static size_t fill(const struct polygon *p, size_t n)
{
    struct raster_plane plane = {pixel, {SIDE, SIDE}, {1, SIDE}};
    struct err e = {0};
    memset(pixel, 0, sizeof pixel);
    assert_true(raster_fill(p, n, &plane, &e));
    size_t count = 0;
    for (int i = 0; i < SIDE * SIDE; i++)
        count += pixel[i];
    return count;
}

static int at(int i, int j)
{
    return pixel[j * SIDE + i];
}

static void centres_decide(void **state)
{
    (void)state;
    struct polygon p = POLYGON(1.5, 1.5, 4.5, 1.5, 4.5, 3.5, 1.5, 3.5);
    assert_int_equal(fill(&p, 1), 3 * 2);
    assert_true(at(2, 2) && at(4, 3) && !at(1, 2) && !at(5, 2) && !at(2, 1) && !at(2, 4));
}

static void centres_on_an_edge_are_inside(void **state)
{
    (void)state;
    struct polygon square = POLYGON(2, 3, 6, 3, 6, 8, 2, 8);
    assert_int_equal(fill(&square, 1), 5 * 6);
    struct polygon clockwise = POLYGON(2, 3, 2, 8, 6, 8, 6, 3);
    assert_int_equal(fill(&clockwise, 1), 5 * 6);
    struct polygon diamond = POLYGON(5, 1, 9, 5, 5, 9, 1, 5);
    assert_int_equal(fill(&diamond, 1), 41); /* |x| + |y| <= 4 */
}

/* Within 1e-9 of an edge from outside: inside; twice as far: outside. All four sides. */
static void on_an_edge_means_one_billionth_of_a_pixel(void **state)
{
    (void)state;
    const double near = 0.9e-9, far = 2e-9;
    struct polygon in =
        POLYGON(2 + near, 3 + near, 6 - near, 3 + near, 6 - near, 8 - near, 2 + near, 8 - near);
    assert_int_equal(fill(&in, 1), 5 * 6 - 4); /* the corners are sqrt(2) as far */
    struct polygon out =
        POLYGON(2 + far, 3 + far, 6 - far, 3 + far, 6 - far, 8 - far, 2 + far, 8 - far);
    assert_int_equal(fill(&out, 1), 3 * 4);
}

/* A nearly level edge passes centres at a distance that is not the one along the row. */
static void distance_to_an_edge_is_perpendicular(void **state)
{
    (void)state;
    struct polygon p = POLYGON(0, 4 + 1e-12, 15, 4 - 1e-12, 15, 6.5, 0, 6.5);
    assert_int_equal(fill(&p, 1), 16 * 3);
}

static void holes_islands_and_xor_are_even_odd(void **state)
{
    (void)state;
    struct polygon nested[] = {POLYGON(0.5, 0.5, 13.5, 0.5, 13.5, 13.5, 0.5, 13.5),
                               POLYGON(2.5, 2.5, 11.5, 2.5, 11.5, 11.5, 2.5, 11.5),
                               POLYGON(4.5, 4.5, 9.5, 4.5, 9.5, 9.5, 4.5, 9.5)};
    assert_int_equal(fill(nested, 3), 13 * 13 - 9 * 9 + 5 * 5);
    struct polygon crossing[] = {POLYGON(0.5, 0.5, 8.5, 0.5, 8.5, 8.5, 0.5, 8.5),
                                 POLYGON(4.5, 4.5, 12.5, 4.5, 12.5, 12.5, 4.5, 12.5)};
    assert_int_equal(fill(crossing, 2), 64 + 64 - 2 * 16);
}

/* Outer and inner line in one contour, joined by a channel that is walked twice. */
static void a_keyhole_is_a_ring(void **state)
{
    (void)state;
    struct polygon keyhole =
        POLYGON(0.5, 0.5, 0.5, 13.5, 13.5, 13.5, 13.5, 0.5, 6.3, 0.5, 6.3, 3.5, 10.5, 3.5, 10.5,
                10.5, 3.5, 10.5, 3.5, 3.5, 6.3, 3.5, 6.3, 0.5);
    assert_int_equal(fill(&keyhole, 1), 13 * 13 - 7 * 7);
}

static void a_bow_tie_is_two_triangles(void **state)
{
    (void)state;
    struct polygon bow = POLYGON(0.5, 0.5, 12.5, 8.5, 12.5, 0.5, 0.5, 8.5);
    size_t count = fill(&bow, 1);
    for (int j = 0; j < SIDE; j++)
        for (int i = 0; i < SIDE; i++) {
            double x = i - 6.5, y = (j - 4.5) * 1.5;
            assert_int_equal(at(i, j), fabs(x) <= 6 && fabs(y) <= fabs(x));
        }
    assert_true(count > 0);
}

/* A five-pointed star drawn in one line: its middle is crossed twice, so it is outside. */
static void a_star_has_a_hole(void **state)
{
    (void)state;
    double xy[10];
    for (int i = 0; i < 5; i++) {
        double a = 2 * i * 2 * 3.14159265358979 / 5;
        xy[2 * i] = 7.5 + 7 * sin(a);
        xy[2 * i + 1] = 7.5 - 7 * cos(a);
    }
    struct polygon star = {5, xy};
    fill(&star, 1);
    assert_false(at(7, 7));
    assert_true(at(7, 3) && at(8, 3));
}

static void polygons_are_clipped_by_the_plane(void **state)
{
    (void)state;
    struct polygon p = POLYGON(-1e8, -1e8, 1e8, -1e8, 1e8, 1e8, -1e8, 1e8);
    assert_int_equal(fill(&p, 1), SIDE * SIDE);
    struct polygon beside = POLYGON(20, 2, 30, 2, 30, 9, 20, 9);
    assert_int_equal(fill(&beside, 1), 0);
    struct polygon part = POLYGON(-3.5, -3.5, 1.5, -3.5, 1.5, 2.5, -3.5, 2.5);
    assert_int_equal(fill(&part, 1), 2 * 3);
    struct polygon corner = POLYGON(13.5, 12.5, 90, 12.5, 90, 90, 13.5, 90);
    assert_int_equal(fill(&corner, 1), 2 * 3);
}

/* Every circle against the definition, centre by centre. */
static void circles_equal_their_definition(void **state)
{
    (void)state;
    for (double r = 0.7; r < 7; r += 0.37) {
        double xy[2 * 4096];
        for (int i = 0; i < 4096; i++) {
            xy[2 * i] = 7.3 + r * cos(2 * 3.14159265358979 * i / 4096);
            xy[2 * i + 1] = 7.6 + r * sin(2 * 3.14159265358979 * i / 4096);
        }
        struct polygon circle = {4096, xy};
        fill(&circle, 1);
        for (int j = 0; j < SIDE; j++)
            for (int i = 0; i < SIDE; i++) {
                double d = hypot(i - 7.3, j - 7.6);
                if (fabs(d - r) > 1e-5)
                    assert_int_equal(at(i, j), d < r);
            }
    }
}

static double draw(uint64_t *seed, double lo, double hi)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return lo + (hi - lo) * (double)(*seed >> 11) / 9007199254740992.0;
}

/* Crossings of the half line to the right of (x, y), and the distance to the nearest edge. */
static int count_crossings(const struct polygon *p, double x, double y, double *distance)
{
    int crossings = 0;
    for (size_t i = 0; i < p->n; i++) {
        const double *a = p->xy + 2 * i, *b = p->xy + 2 * ((i + 1) % p->n);
        double dx = b[0] - a[0], dy = b[1] - a[1];
        double t = ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy);
        t = fmin(fmax(t, 0), 1);
        *distance = fmin(*distance, hypot(a[0] + t * dx - x, a[1] + t * dy - y));
        crossings += (a[1] <= y) != (b[1] <= y) && a[0] + (y - a[1]) / dy * dx > x;
    }
    return crossings;
}

/* Lines through each other, through themselves and beyond the plane, pixel by pixel against the
 * definition. */
static void random_polygons_equal_the_definition(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < 2000; round++) {
        double xy[4][24];
        struct polygon p[4];
        size_t n = 1 + (size_t)draw(&seed, 0, 4), compared = 0;
        for (size_t i = 0; i < n; i++) {
            p[i] = (struct polygon){3 + (size_t)draw(&seed, 0, 10), xy[i]};
            for (size_t c = 0; c < 2 * p[i].n; c++)
                xy[i][c] = draw(&seed, -4, SIDE + 4);
        }
        fill(p, n);
        for (int j = 0; j < SIDE; j++)
            for (int i = 0; i < SIDE; i++) {
                int crossings = 0;
                double distance = INFINITY;
                for (size_t k = 0; k < n; k++)
                    crossings += count_crossings(&p[k], i, j, &distance);
                if (distance < 1e-8)
                    continue;
                assert_int_equal(at(i, j), crossings % 2);
                compared++;
            }
        assert_true(compared > SIDE * SIDE - 8);
    }
}

static void steps_address_any_plane(void **state)
{
    (void)state;
    struct polygon p = POLYGON(1.5, 0.5, 4.5, 0.5, 4.5, 1.5, 1.5, 1.5); /* 3 x 1 */
    struct raster_plane across = {pixel, {SIDE, SIDE}, {SIDE, 1}};
    struct err e = {0};
    memset(pixel, 0, sizeof pixel);
    assert_true(raster_fill(&p, 1, &across, &e));
    assert_true(at(1, 2) && at(1, 3) && at(1, 4) && !at(2, 1));
}

static void repeated_points_go(void **state)
{
    (void)state;
    double xy[] = {1, 1, 1, 1, 4, 1, 4, 4, 4, 4, 4, 4, 1, 4, 1, 1};
    assert_int_equal(polygon_tidy(xy, 8), 4);
    double same[] = {2, 2, 2, 2, 2, 2};
    assert_int_equal(polygon_tidy(same, 3), 1);
}

static void copies_count_once_however_they_were_drawn(void **state)
{
    (void)state;
    struct polygon list[] = {POLYGON(1, 1, 5, 1, 5, 5, 1, 5), POLYGON(5, 5, 1, 5, 1, 1, 5, 1),
                             POLYGON(1, 5, 5, 5, 5, 1, 1, 1), POLYGON(1, 1, 5, 1, 5, 5, 1, 5.5)};
    size_t distinct;
    struct err e = {0};
    assert_true(polygon_distinct(list, 4, &distinct, &e));
    assert_int_equal(distinct, 2);
    struct polygon three[] = {POLYGON(1, 1, 5, 1, 5, 5), POLYGON(1, 1, 5, 1, 5, 5),
                              POLYGON(1, 1, 5, 1, 5, 5)};
    assert_true(polygon_distinct(three, 3, &distinct, &e));
    assert_int_equal(distinct, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(centres_decide),
        cmocka_unit_test(centres_on_an_edge_are_inside),
        cmocka_unit_test(on_an_edge_means_one_billionth_of_a_pixel),
        cmocka_unit_test(distance_to_an_edge_is_perpendicular),
        cmocka_unit_test(holes_islands_and_xor_are_even_odd),
        cmocka_unit_test(a_keyhole_is_a_ring),
        cmocka_unit_test(a_bow_tie_is_two_triangles),
        cmocka_unit_test(a_star_has_a_hole),
        cmocka_unit_test(polygons_are_clipped_by_the_plane),
        cmocka_unit_test(circles_equal_their_definition),
        cmocka_unit_test(random_polygons_equal_the_definition),
        cmocka_unit_test(steps_address_any_plane),
        cmocka_unit_test(repeated_points_go),
        cmocka_unit_test(copies_count_once_however_they_were_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
