/* Contours lie on the mask's border, and panels the right way round, whatever way the axes of a
 * grid run: checked pixel by pixel through the patient's millimetres, not by the code under test.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/sheet.h"

/* An ellipsoid off the middle: no symmetry hides a flip. */
static bool is_in(const double p[3])
{
    double x = (p[0] - 6) / 20, y = (p[1] + 4) / 14, z = (p[2] - 3) / 10;
    return x * x + y * y + z * z <= 1 && !(p[0] > 10 && p[1] > 0);
}

struct scene {
    struct volume image;
    struct label_mask mask;
};

static void turn(double d[9], int axis, double angle)
{
    int a = (axis + 1) % 3, b = (axis + 2) % 3;
    for (int c = 0; c < 3; c++) {
        double p = d[3 * a + c], q = d[3 * b + c];
        d[3 * a + c] = cos(angle) * p - sin(angle) * q;
        d[3 * b + c] = sin(angle) * p + cos(angle) * q;
    }
}

/* Axes in the order of `order`, each turned round where its bit of `flips` is set, then oblique. */
static struct scene make_scene(const int order[3], int flips, double angle)
{
    struct scene s = {{.channels = 0}};
    struct err e = {0};
    struct grid g = grid_unit();
    static const double mm[3] = {1.5, 2, 2.5};
    memset(g.direction, 0, sizeof g.direction);
    for (int a = 0; a < 3; a++) {
        g.size[a] = 90 / (int)mm[a];
        g.spacing_mm[a] = mm[a];
        g.direction[3 * order[a] + a] = flips >> a & 1 ? -1 : 1;
    }
    turn(g.direction, 0, angle);
    turn(g.direction, 2, angle / 2);
    const double middle[3] = {(double)(g.size[0] - 1) / 2, (double)(g.size[1] - 1) / 2,
                              (double)(g.size[2] - 1) / 2};
    double at[3];
    grid_to_patient(&g, middle, at);
    for (int a = 0; a < 3; a++)
        g.origin_mm[a] = -at[a];
    assert_true(volume_alloc(&s.image, &g, PIXEL_I16, &e));
    int64_t n = grid_voxels(&g);
    uint8_t *in = calloc((size_t)n, 1);
    for (int64_t i = 0; i < n; i++) {
        const double index[3] = {(double)(i % g.size[0]), (double)(i / g.size[0] % g.size[1]),
                                 (double)(i / g.size[0] / g.size[1])};
        double p[3], value;
        grid_to_patient(&g, index, p);
        in[i] = is_in(p);
        value = in[i] ? 100 : p[0]; /* brighter towards the patient's left */
        volume_write(&s.image, i, 1, &value);
    }
    const struct box all = {{0}, {g.size[0], g.size[1], g.size[2]}};
    assert_true(label_mask_from(&s.mask, &g, &all, in, &e));
    free(in);
    return s;
}

/* Is the voxel that a pixel shows in the mask? By the scene's formula, not by the mask. */
static bool shows_inside(const struct view *v, const struct grid *g, int x, int y)
{
    double index[3], p[3];
    index[v->across] = floor(v->first_across + x * v->step_across + 0.5);
    index[v->down] = floor(v->first_down + y * v->step_down + 0.5);
    index[v->through] = (double)v->slice;
    for (int a = 0; a < 3; a++)
        if (index[a] < 0 || index[a] >= (double)g->size[a])
            return false;
    grid_to_patient(g, index, p);
    return is_in(p);
}

/* The distance (in steps to a neighbour, up to 3) from an inside pixel to the outside. */
static int depth(const struct view *v, const struct grid *g, int x, int y)
{
    for (int d = 1; d < 3; d++)
        for (int dx = -d; dx <= d; dx++) {
            int dy = d - abs(dx);
            if (!shows_inside(v, g, x + dx, y + dy) || !shows_inside(v, g, x + dx, y - dy))
                return d;
        }
    return 3;
}

static void check_panel(const struct scene *s, const struct view *v, const uint8_t *panel, int row)
{
    int drawn = 0;
    for (int y = 0; y < VIEW_PIXELS; y++)
        for (int x = 0; x < VIEW_PIXELS; x++) {
            bool contour = panel[y * row + x] == SHEET_FIRST_COLOUR + SHEET_MANUAL;
            bool want = shows_inside(v, &s->mask.grid, x, y) && depth(v, &s->mask.grid, x, y) < 3;
            assert_int_equal(contour, want);
            drawn += contour;
        }
    assert_true(drawn > 100);
}

/* Where the patient's axis points on the panel: across and down, by the views' own steps. */
static double along(const struct view *v, const struct grid *g, int patient, bool down)
{
    return down ? g->direction[3 * patient + v->down] * v->step_down
                : g->direction[3 * patient + v->across] * v->step_across;
}

static void check_scene(const int order[3], int flips, double angle)
{
    struct scene s = make_scene(order, flips, angle);
    struct err e = {0};
    struct sheet_region region = {"Manual", s.mask};
    struct sheet_window window = {"test", -50, 50};
    struct view view[VIEW_PLANES];
    struct picture p;
    double field_mm;
    sheet_views(&s.mask, view, &field_mm);
    assert_true(sheet_draw(&s.image, &region, 1, 0, &window, &p, &e));
    for (int k = 0; k < VIEW_PLANES; k++)
        check_panel(&s, &view[k], p.index + k * VIEW_PIXELS, p.width);
    assert_true(along(&view[VIEW_AXIAL], &s.mask.grid, 0, false) > 0); /* left at the right */
    assert_true(along(&view[VIEW_AXIAL], &s.mask.grid, 1, true) > 0);  /* back at the bottom */
    assert_true(along(&view[VIEW_CORONAL], &s.mask.grid, 0, false) > 0);
    assert_true(along(&view[VIEW_CORONAL], &s.mask.grid, 2, true) < 0);   /* head on top */
    assert_true(along(&view[VIEW_SAGITTAL], &s.mask.grid, 1, false) > 0); /* front at the left */
    assert_true(along(&view[VIEW_SAGITTAL], &s.mask.grid, 2, true) < 0);
    struct view_letters l = view_letters(&view[VIEW_AXIAL], &s.mask.grid);
    assert_int_equal(l.right[0], 'L');
    assert_int_equal(l.top[0], 'A');
    l = view_letters(&view[VIEW_CORONAL], &s.mask.grid);
    assert_int_equal(l.top[0], 'S');
    free(p.index);
    label_mask_free(&s.mask);
    volume_free(&s.image);
}

static void contours_lie_on_the_border(void **state)
{
    (void)state;
    static const int order[][3] = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {1, 0, 2}};
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        check_scene(order[k], (int)k * 3 % 8, 0);
        check_scene(order[k], (int)(7 - k), 0.3);
    }
}

static void largest_cross_section_is_shown(void **state)
{
    (void)state;
    uint8_t in[5 * 4 * 3] = {0};
    struct grid g = grid_unit();
    struct label_mask m = {.n_voxels = 0};
    struct err e = {0};
    const struct box all = {{0}, {5, 4, 3}};
    memcpy(g.size, all.size, sizeof g.size);
    in[0] = 1;                                             /* (0, 0, 0) */
    in[(1 * 4 + 2) * 5 + 3] = in[(1 * 4 + 2) * 5 + 4] = 1; /* (3, 2, 1), (4, 2, 1) */
    in[(1 * 4 + 3) * 5 + 3] = 1;                           /* (3, 3, 1) */
    assert_true(label_mask_from(&m, &g, &all, in, &e));
    struct view view[VIEW_PLANES];
    double field_mm;
    sheet_views(&m, view, &field_mm);
    assert_int_equal(view[VIEW_AXIAL].slice, 1);
    assert_int_equal(view[VIEW_CORONAL].slice, 2);
    assert_int_equal(view[VIEW_SAGITTAL].slice, 3);
    label_mask_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(contours_lie_on_the_border),
                                       cmocka_unit_test(largest_cross_section_is_shown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
