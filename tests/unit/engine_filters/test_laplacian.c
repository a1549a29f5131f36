#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/filters/recursive_gaussian.h"
#include "fixture.h"

#include <math.h>

/* The Laplacian of Gaussian as ITK writes it, a line at a time: each line in double, forward and
 * backward, every pass and every sum rounded to float32. radmill's must have the same bits, however
 * it groups lines, cuts boxes and shares passes. */

/* One direction of the recursion over a line: forward a sum over x[i], x[i-1] .., backward one over
 * x[i+1], x[i+2] .. */
static void recur(const double c[4], const double d[4], const double beyond[4], const double *x,
                  int64_t n, bool backward, double *y)
{
    for (int64_t i = 0; i < n; i++) {
        double in[4], term[4];
        for (int64_t k = 0; k < 4; k++) {
            int64_t at = backward ? i - k - 1 : i - k;
            in[k] = x[backward ? n - 1 - (at < 0 ? 0 : at) : (at < 0 ? 0 : at)] * c[k];
            double edge = x[backward ? n - 1 : 0];
            term[k] = i - k - 1 < 0 ? edge * beyond[k]
                                    : y[backward ? n - 1 - (i - k - 1) : i - k - 1] * d[k];
        }
        double sum = ((in[0] + in[1]) + in[2]) + in[3];
        y[backward ? n - 1 - i : i] = sum - (((term[0] + term[1]) + term[2]) + term[3]);
    }
}

static void filter_lines(const struct grid *g, int axis, int order, double sigma_mm, double *v)
{
    const int64_t stride[] = {1, g->size[0], g->size[0] * g->size[1]};
    struct recursive_gaussian k = recursive_gaussian(order, sigma_mm, g->spacing_mm[axis]);
    int64_t n = g->size[axis];
    double x[64], y[64], w[64];
    for (int64_t i = 0; i < grid_voxels(g); i++) {
        if (i / stride[axis] % n != 0)
            continue;
        for (int64_t s = 0; s < n; s++)
            x[s] = v[i + s * stride[axis]];
        recur(k.n, k.d, k.bn, x, n, false, y);
        recur(k.m, k.d, k.bm, x, n, true, w);
        for (int64_t s = 0; s < n; s++) {
            volatile float rounded = (float)(y[s] + w[s]);
            v[i + s * stride[axis]] = rounded;
        }
    }
}

static double *laplacian(const struct volume *image, double sigma_mm)
{
    const struct grid *g = &image->grid;
    int64_t n = grid_voxels(g);
    struct box whole = {{0}, {g->size[0], g->size[1], g->size[2]}};
    double *sum = calloc((size_t)n, sizeof *sum), *v = calloc((size_t)n, sizeof *v);
    for (int a = 0; a < g->dims; a++) {
        volume_read_box(image, &whole, v);
        filter_lines(g, a, 2, sigma_mm, v);
        for (int b = 0; b < g->dims; b++)
            if (b != a)
                filter_lines(g, b, 0, sigma_mm, v);
        double weight = 1 / (g->spacing_mm[a] * g->spacing_mm[a]);
        for (int64_t i = 0; i < n; i++) {
            volatile float rounded = (float)(sum[i] + v[i] * weight);
            sum[i] = rounded;
        }
    }
    free(v);
    return sum;
}

static double uneven(int64_t x, int64_t y, int64_t z)
{
    return (double)((37 * x + 11 * y * y + 53 * z + 7 * x * y + 3 * y * z) % 211 - 90);
}

static double fractions(int64_t x, int64_t y, int64_t z)
{
    return uneven(x, y, z) + 1.0 / 3 * (double)(x - z);
}

static bool is_inside(const struct fixture *t, int64_t x, int64_t y, int64_t z)
{
    const struct box *b = &t->view.intensity.box;
    return t->mask[((z - b->lo[2]) * b->size[1] + y - b->lo[1]) * b->size[0] + x - b->lo[0]];
}

static void compare(struct fixture *t, double sigma_mm)
{
    struct filter_request request = fixture_request("LoG");
    struct response r;
    const struct log_settings own = {{&sigma_mm, NULL, 1}};
    request.own = &own;
    assert_true(fixture_first(t, &request, &r));
    double *expected = laplacian(&t->view.image, sigma_mm);
    const struct box *b = &r.box;
    const int64_t *size = t->view.image.grid.size;
    for (int64_t z = b->lo[2]; z < b->lo[2] + b->size[2]; z++)
        for (int64_t y = b->lo[1]; y < b->lo[1] + b->size[1]; y++)
            for (int64_t x = b->lo[0]; x < b->lo[0] + b->size[0]; x++) {
                double want = expected[(z * size[1] + y) * size[0] + x];
                if (is_inside(t, x, y, z) && fixture_at(&r, x, y, z) != want)
                    fail_msg("voxel %d %d %d of box %d x %d x %d: %.17g, expected %.17g", (int)x,
                             (int)y, (int)z, (int)b->size[0], (int)b->size[1], (int)b->size[2],
                             fixture_at(&r, x, y, z), want);
            }
    free(expected);
}

static void in_every_box(const int64_t size[3], int dims, enum pixel_type type)
{
    static const struct box boxes[] = {{{0, 0, 0}, {64, 64, 64}}, {{1, 2, 3}, {17, 3, 8}},
                                       {{5, 0, 1}, {3, 9, 16}},   {{2, 3, 0}, {9, 17, 1}},
                                       {{4, 4, 4}, {1, 1, 1}},    {{3, 1, 2}, {8, 8, 8}}};
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
        struct box b = boxes[i];
        for (int a = 0; a < 3; a++) {
            b.lo[a] = b.lo[a] < size[a] ? b.lo[a] : 0;
            b.size[a] = b.lo[a] + b.size[a] > size[a] ? size[a] - b.lo[a] : b.size[a];
        }
        struct fixture t = fixture_make(size, type, &b, type == PIXEL_I16 ? uneven : fractions);
        memcpy(t.view.image.grid.spacing_mm, (double[]){0.75, 1.25, 1}, 3 * sizeof(double));
        t.view.image.grid.dims = dims;
        compare(&t, 1.5);
        for (int64_t k = 0; k < t.view.intensity.n_voxels;
             k++) /* a diagonal: most lines do not matter */
            t.mask[k] = k % (b.size[0] + 1) == 0 && k / (b.size[0] * b.size[1]) % 2 == 0;
        compare(&t, 1.5);
        fixture_free(&t);
    }
}

static void has_the_bits_of_single_lines(void **state)
{
    (void)state;
    static const int64_t size[][3] = {{21, 19, 18}, {5, 30, 17}, {33, 4, 9}, {8, 16, 24}};
    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        in_every_box(size[i], 3, PIXEL_I16);
        in_every_box(size[i], 3, PIXEL_F32);
        in_every_box(size[i], 3, PIXEL_F64); /* read from the image, not copied */
    }
    in_every_box((int64_t[]){23, 18, 1}, 2, PIXEL_I16);
    in_every_box((int64_t[]){5, 40, 1}, 2, PIXEL_F64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(has_the_bits_of_single_lines)};
    return cmocka_run_group_tests_name("Laplacian of Gaussian", tests, NULL, NULL);
}
