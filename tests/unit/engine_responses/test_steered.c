/* Steered Riesz transforms, of which there is no published map: against closed forms of plane
 * waves, against transforms that are not steered, and under rotations of the image.
 *
 * Sides are odd: the grid of frequencies is then symmetric about 0, and a wave of a whole number of
 * periods has one frequency and its negative. */
#include "engine/responses/steered.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SIDE = 11 };
static const double pi = 3.14159265358979323846;

static struct volume cube(void)
{
    struct err e = {0};
    struct volume v = {0};
    struct grid g = grid_unit();
    g.size[0] = g.size[1] = g.size[2] = SIDE;
    assert_true(volume_alloc(&v, &g, PIXEL_F64, &e));
    return v;
}

static int64_t index_of(int64_t x, int64_t y, int64_t z)
{
    return (z * SIDE + y) * SIDE + x;
}

static void assert_near(double a, double b, double tolerance)
{
    if (!(fabs(a - b) <= tolerance))
        fail_msg("%.17g is not %.17g", a, b);
}

static double phase(const int period[3], int64_t x, int64_t y, int64_t z)
{
    return 2 * pi * (double)(period[0] * x + period[1] * y + period[2] * z) / SIDE + 0.4;
}

static struct volume wave(const int period[3])
{
    struct volume v = cube();
    for (int64_t z = 0; z < SIDE; z++)
        for (int64_t y = 0; y < SIDE; y++)
            for (int64_t x = 0; x < SIDE; x++)
                ((double *)v.data)[index_of(x, y, z)] = cos(phase(period, x, y, z));
    return v;
}

static struct volume noise(void)
{
    struct volume v = cube();
    uint32_t state = 12345;
    for (int64_t i = 0; i < SIDE * SIDE * SIDE; i++) {
        state = state * 1664525u + 1013904223u;
        ((double *)v.data)[i] = (double)(state >> 8) / (1 << 24);
    }
    return v;
}

static struct spectral riesz(enum spectral_band band, int l1, int l2, int l3)
{
    return (struct spectral){.band = band, .level = 1, .riesz = {l1, l2, l3}};
}

static struct patch steered(const struct volume *v, int dims, const struct spectral *f)
{
    struct err e = {0};
    struct source s = {v, BORDER_PERIODIC, dims};
    struct box whole = source_whole(&s);
    struct patch out;
    assert_true(steered_response(&s, f, 1, &whole, &out, &e));
    return out;
}

/* -1 where the axis of a wave points against it: of an axis the largest component is positive. */
static double side(const int period[3])
{
    int most = 0;
    for (int a = 1; a < 3; a++)
        if (abs(period[a]) > abs(period[most]))
            most = a;
    return period[most] < 0 ? -1 : 1;
}

/* Of a wave cos p, whatever its direction, the transform of order L along its own axis is
 * sin p, -cos p, -sin p, cos p, ...; one that counts across it is nothing. */
static void along_and_across(const int period[3], int dims)
{
    struct volume v = wave(period);
    for (int order = 1; order <= 4; order++) {
        const struct spectral along = riesz(BAND_ALL, order, 0, 0);
        const struct spectral across = riesz(BAND_ALL, order - 1, 1, 0);
        struct patch a = steered(&v, dims, &along), b = steered(&v, dims, &across);
        for (int64_t z = 0; z < SIDE; z++)
            for (int64_t y = 0; y < SIDE; y++)
                for (int64_t x = 0; x < SIDE; x++) {
                    double p = phase(period, x, y, z);
                    double expected = cos(p - order * pi / 2) * (order % 2 ? side(period) : 1);
                    assert_near(a.value[index_of(x, y, z)], expected, 1e-9);
                    assert_near(b.value[index_of(x, y, z)], 0, 1e-7);
                }
        patch_free(&a);
        patch_free(&b);
    }
    volume_free(&v);
}

static void test_plane_waves(void **state)
{
    (void)state;
    static const int in_space[][3] = {{2, 0, 0},  {0, 3, 0},  {0, 0, 1}, {3, 2, 0},
                                      {-3, 2, 1}, {1, -2, 3}, {2, 3, -4}};
    static const int in_plane[][3] = {{2, 0, 0}, {0, 1, 0}, {3, -2, 0}, {1, 2, 0}};
    for (size_t i = 0; i < sizeof in_space / sizeof *in_space; i++)
        along_and_across(in_space[i], 3);
    for (size_t i = 0; i < sizeof in_plane / sizeof *in_plane; i++)
        along_and_across(in_plane[i], 2);
}

/* Where everything changes along one axis of the image, steering turns nothing: the steered
 * transform along the strongest axis is the one along that axis. */
static void test_no_turn(void **state)
{
    (void)state;
    static const enum spectral_band bands[] = {BAND_ALL, BAND_SIMONCELLI, BAND_SHANNON};
    struct err e = {0};
    for (int axis = 0; axis < 3; axis++)
        for (int b = 0; b < 3; b++)
            for (int order = 1; order <= 3; order++) {
                struct volume v = cube();
                for (int64_t i = 0; i < SIDE * SIDE * SIDE; i++) {
                    const int64_t at[3] = {i % SIDE, i / SIDE % SIDE, i / SIDE / SIDE};
                    double t = 2 * pi * (double)at[axis] / SIDE;
                    ((double *)v.data)[i] = cos(2 * t) + 0.5 * sin(4 * t) + 0.2 * cos(5 * t);
                }
                struct spectral f = riesz(bands[b], order, 0, 0);
                struct patch turned = steered(&v, 3, &f), plain;
                struct source s = {&v, BORDER_PERIODIC, 3};
                struct box whole = source_whole(&s);
                f.riesz[0] = 0;
                f.riesz[axis] = order;
                assert_true(spectral_response(&s, &f, &whole, &plain, &e));
                for (int64_t i = 0; i < SIDE * SIDE * SIDE; i++)
                    assert_near(turned.value[i], plain.value[i], 1e-9);
                patch_free(&turned);
                patch_free(&plain);
                volume_free(&v);
            }
}

/* Where a voxel comes from when the image is turned by 90 degrees about an axis. */
static int64_t turned_from(int axis, int64_t i)
{
    int64_t at[3] = {i % SIDE, i / SIDE % SIDE, i / SIDE / SIDE};
    int p = (axis + 1) % 3, q = (axis + 2) % 3;
    int64_t was = at[p];
    at[p] = at[q];
    at[q] = SIDE - 1 - was;
    return index_of(at[0], at[1], at[2]);
}

/* The response to a turned image is the turned response, where a transform that is not steered has
 * another one. The sign of odd orders hangs on the image's axes and is left aside. */
static void test_turned_images(void **state)
{
    (void)state;
    static const int orders[][3] = {{1, 0, 0}, {0, 1, 0}, {2, 0, 0}, {0, 0, 2},
                                    {1, 1, 0}, {2, 0, 1}, {4, 0, 0}};
    struct volume v = noise();
    for (int axis = 0; axis < 3; axis++)
        for (int dims = axis == 2 ? 2 : 3; dims <= 3; dims++) {
            struct volume w = cube();
            for (int64_t i = 0; i < SIDE * SIDE * SIDE; i++)
                ((double *)w.data)[i] = ((double *)v.data)[turned_from(axis, i)];
            for (size_t k = 0; k < sizeof orders / sizeof *orders; k++) {
                if (dims == 2 && orders[k][2])
                    continue;
                const struct spectral f =
                    riesz(BAND_SIMONCELLI, orders[k][0], orders[k][1], orders[k][2]);
                struct patch of_v = steered(&v, dims, &f), of_w = steered(&w, dims, &f);
                for (int64_t i = 0; i < SIDE * SIDE * SIDE; i++)
                    assert_near(fabs(of_w.value[i]), fabs(of_v.value[turned_from(axis, i)]), 1e-8);
                patch_free(&of_v);
                patch_free(&of_w);
            }
            volume_free(&w);
        }
    volume_free(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plane_waves),
        cmocka_unit_test(test_no_turn),
        cmocka_unit_test(test_turned_images),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
