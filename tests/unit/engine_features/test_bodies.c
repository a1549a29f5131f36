/* Hulls, boxes and ellipsoids around points whose bodies are known; local peaks of a known image.
 */
#include "engine/features/autocorrelation.h"
#include "engine/features/convex_hull.h"
#include "engine/features/enclosing.h"
#include "engine/features/intensity_peak.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const double half_voxel[3] = {2, 2, 2}; /* spacing in which coordinates are millimetres */

static void assert_near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance * fmax(1, fabs(b))))
        fail_msg("%.17g is not %.17g", a, b);
}

static struct convex_hull hull_of(const struct hull_point *p, int64_t n)
{
    struct err e = {0};
    struct convex_hull h;
    assert_true(convex_hull_of_points(p, n, &h, &e));
    return h;
}

/* All points of a lattice cube: faces full of points in one plane, edges full of points in line. */
static void test_lattice_cube(void **state)
{
    (void)state;
    struct hull_point p[125];
    for (int i = 0; i < 125; i++)
        p[i] = (struct hull_point){{i % 5, i / 5 % 5, i / 25}};
    struct convex_hull h = hull_of(p, 125);
    assert_int_equal(h.n_corners, 8);
    assert_int_equal(h.n_faces, 12);
    assert_near(convex_hull_volume_mm3(&h, half_voxel), 64, 1e-15);
    assert_near(convex_hull_area_mm2(&h, half_voxel), 96, 1e-15);
    convex_hull_free(&h);
}

static void test_flat_points_have_no_hull(void **state)
{
    (void)state;
    struct err e = {0};
    struct convex_hull h;
    const struct hull_point p[] = {{{0, 0, 0}}, {{1, 2, 3}}, {{2, 4, 6}}, {{5, 0, 0}}, {{6, 2, 3}}};
    assert_false(convex_hull_of_points(p, 5, &h, &e));
}

/* A box of sides 10, 15 and 4 that stands askew: its corners are integers all the same. */
static struct convex_hull askew_box(void)
{
    struct hull_point p[8];
    for (int i = 0; i < 8; i++) {
        int a = i & 1 ? 2 : 0, b = i & 2 ? 3 : 0, c = i & 4 ? 4 : 0;
        p[i] = (struct hull_point){{3 * a - 4 * b + 20, 4 * a + 3 * b, c}};
    }
    return hull_of(p, 8);
}

static void test_box_around_a_box(void **state)
{
    (void)state;
    struct err e = {0};
    struct enclosing box;
    struct convex_hull h = askew_box();
    assert_true(enclosing_box(&h, half_voxel, &box, &e));
    assert_near(box.volume_mm3, 600, 1e-13);
    assert_near(box.area_mm2, 2 * (150 + 40 + 60), 1e-13);
    convex_hull_free(&h);
}

static void test_ellipsoid_around_a_box(void **state)
{
    (void)state;
    struct err e = {0};
    double half[3];
    struct convex_hull h = askew_box();
    assert_true(enclosing_ellipsoid(&h, half_voxel, half, &e));
    assert_near(half[0], 7.5 * sqrt(3), 1e-7); /* a box' ellipsoid has its proportions */
    assert_near(half[1], 5 * sqrt(3), 1e-7);
    assert_near(half[2], 2 * sqrt(3), 1e-7);
    convex_hull_free(&h);
}

static void test_surface_of_ellipsoids(void **state)
{
    (void)state;
    const double pi = 3.14159265358979323846;
    const double ball[3] = {2, 2, 2}, general[3] = {3, 2, 1}, flat_end[3] = {2, 2, 1.5};
    assert_near(ellipsoid_measure(ball).area_mm2, 16 * pi, 1e-12);
    assert_near(ellipsoid_measure(general).area_mm2, 52.81348101202418,
                1e-13); /* by NumPy's legval */
    assert_near(ellipsoid_measure(flat_end).area_mm2, 46.31138535415373,
                1e-8); /* its limit b -> a */
    assert_near(ellipsoid_measure(general).volume_mm3, 8 * pi, 1e-14);
}

static void test_hull_of_a_mask(void **state)
{
    (void)state;
    struct err e = {0};
    struct convex_hull h;
    const uint8_t voxel = 1;
    const int64_t one[3] = {1, 1, 1};
    const double mm[3] = {1, 2, 3};
    assert_true(convex_hull_of_mask(&voxel, one, &h, &e)); /* an octahedron */
    assert_int_equal(h.n_corners, 6);
    assert_near(convex_hull_volume_mm3(&h, mm), 1.0, 1e-15);
    convex_hull_free(&h);
}

/* Ones inside a ball, a single brighter voxel outside the ROI next to it. */
static void test_peaks(void **state)
{
    (void)state;
    struct err e = {0};
    enum { N = 9 };
    const int64_t size[3] = {N, N, N};
    const double mm[3] = {4, 4, 4}; /* the sphere is a voxel and its 18 nearest */
    double value[N * N * N] = {0};
    uint8_t mask[N * N * N] = {0};
    int64_t middle = (4 * N + 4) * N + 4;
    mask[middle] = mask[middle + 1] = 1;
    value[middle] = 10;
    value[middle + 1] = 4;
    value[middle + 2] = 190; /* not in the ROI, but in the sphere of the second voxel */
    struct intensity_peaks p;
    assert_true(intensity_peaks_find(value, mask, size, mm, &p, &e));
    assert_near(p.local, 14.0 / 19, 1e-15);
    assert_near(p.global, 204.0 / 19, 1e-15);
}

/* Against the sums over all pairs. */
static void test_autocorrelation(void **state)
{
    (void)state;
    struct err e = {0};
    const int64_t size[3] = {4, 3, 5};
    const double mm[3] = {1, 2, 1.5};
    double value[60], mean = 0, n = 0, weights = 0, products = 0, squares = 0, sum = 0;
    uint8_t mask[60];
    for (int i = 0; i < 60; i++) {
        value[i] = (i * 37) % 11;
        mask[i] = i % 7 != 0;
        n += mask[i];
        mean += mask[i] * value[i];
    }
    mean /= n;
    for (int i = 0; i < 60; i++)
        for (int j = 0; j < 60; j++) {
            double dx = mm[0] * (i % 4 - j % 4), dy = mm[1] * (i / 4 % 3 - j / 4 % 3),
                   dz = mm[2] * (i / 12 - j / 12);
            if (i == j || !mask[i] || !mask[j])
                continue;
            double w = 1 / sqrt(dx * dx + dy * dy + dz * dz), d = value[i] - value[j];
            weights += w;
            products += w * (value[i] - mean) * (value[j] - mean);
            squares += w * d * d;
        }
    for (int i = 0; i < 60; i++)
        sum += mask[i] * (value[i] - mean) * (value[i] - mean);
    struct autocorrelation a;
    assert_true(autocorrelation_measure(value, mask, size, mm, &a, &e));
    assert_near(a.moran_i, n / weights * products / sum, 1e-13);
    assert_near(a.geary_c, (n - 1) / (2 * weights) * squares / sum, 1e-13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lattice_cube),
        cmocka_unit_test(test_flat_points_have_no_hull),
        cmocka_unit_test(test_box_around_a_box),
        cmocka_unit_test(test_ellipsoid_around_a_box),
        cmocka_unit_test(test_surface_of_ellipsoids),
        cmocka_unit_test(test_hull_of_a_mask),
        cmocka_unit_test(test_peaks),
        cmocka_unit_test(test_autocorrelation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
