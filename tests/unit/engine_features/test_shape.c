#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/features/axes.h"
#include "engine/features/diameters.h"
#include "engine/features/families.h"
#include "engine/features/mesh.h"
#include "formula.h"

#include <math.h>

/* pyradiomics 3.0.1 on the ROI of formula.h; in space, and its slice z = 3. */
static const struct reference in_space[] = {
    {"Elongation", 0.5506288952110098},
    {"Flatness", 0.49476961805403846},
    {"LeastAxisLength", 7.398285908654282},
    {"MajorAxisLength", 14.952991531194314},
    {"Maximum2DDiameterColumn", 17.79016582272352},
    {"Maximum2DDiameterRow", 17.63774361986249},
    {"Maximum2DDiameterSlice", 10.881176406988356},
    {"Maximum3DDiameter", 17.79016582272352},
    {"MeshVolume", 631.4916666666668},
    {"MinorAxisLength", 8.233549206921111},
    {"Sphericity", 0.794441077779451},
    {"SurfaceArea", 448.0579441062654},
    {"SurfaceVolumeRatio", 0.7095231303230689},
    {"VoxelVolume", 653.4000000000001},
    {"Compactness1", 0.037565693850155756},
    {"Compactness2", 0.5014008614358753},
    {"SphericalDisproportion", 1.2587465930073862},
};
static const struct reference in_plane[] = {
    {"Elongation", 0.8337040921360115},           {"MajorAxisLength", 9.494947595997902},
    {"MaximumDiameter", 10.02845950283492},       {"MeshSurface", 58.52000000000001},
    {"MinorAxisLength", 7.915976665400435},       {"Perimeter", 29.84205871222962},
    {"PerimeterSurfaceRatio", 0.509946321124908}, {"PixelSurface", 58.96000000000001},
    {"Sphericity", 0.9087162833129334},           {"SphericalDisproportion", 1.100453484066854},
};

static void check(const struct family *f, const struct fvalue *v, const struct reference *r, int n)
{
    assert_int_equal(f->n_features, n);
    for (int i = 0; i < n; i++) {
        int at = family_feature(f, r[i].name);
        assert_true(at >= 0);
        assert_false(v[at].absent);
        assert_true(formula_near(v[at].value, r[i].value));
    }
}

static void gives_the_values_of_the_reference(void **state)
{
    (void)state;
    struct formula_case c;
    formula_fill(&c);
    struct image_settings s = settings_default().image;
    struct fvalue v[MAX_FEATURES];
    assert_true(formula_compute(&family_shape, &c.response, &s, v));
    check(&family_shape, v, in_space, sizeof in_space / sizeof *in_space);
}

static void a_slice_gives_the_values_of_the_reference(void **state)
{
    (void)state;
    struct formula_case c;
    formula_fill(&c);
    c.response.mask += 3 * FORMULA_X * FORMULA_Y;
    c.response.box.size[2] = c.response.grid.size[2] = 1;
    struct image_settings s = settings_default().image;
    struct fvalue v[MAX_FEATURES];
    s.family.force_2d = true;
    assert_true(formula_compute(&family_shape2d, &c.response, &s, v));
    check(&family_shape2d, v, in_plane, sizeof in_plane / sizeof *in_plane);
    c.response.grid.dims = 2;
    s.family.force_2d = false;
    assert_true(formula_compute(&family_shape2d, &c.response, &s, v));
    check(&family_shape2d, v, in_plane, sizeof in_plane / sizeof *in_plane);
}

static void shape2d_refuses_a_thick_roi(void **state)
{
    (void)state;
    static const struct {
        int64_t size[3]; /* x, y, z */
        int dimension;
        bool good;
    } row[] = {
        {{4, 4, 1}, 0, true},  {{4, 1, 4}, 1, true},  {{1, 4, 4}, 2, true},
        {{4, 4, 3}, 0, false}, {{4, 3, 4}, 1, false}, {{2, 4, 4}, 2, false},
    };
    static uint8_t mask[4 * 4 * 4];
    memset(mask, 1, sizeof mask);
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct formula_case c;
        formula_fill(&c);
        c.response.mask = mask;
        memcpy(c.response.box.size, row[i].size, sizeof row[i].size);
        struct image_settings s = settings_default().image;
        s.family.force_2d = true;
        s.family.force_2d_dimension = row[i].dimension;
        struct fvalue v[MAX_FEATURES];
        assert_int_equal(formula_compute(&family_shape2d, &c.response, &s, v), row[i].good);
    }
}

/* The mesh of a box of voxels is the box around their centres plus an octahedron (Minkowski). */
static void the_mesh_of_a_box_has_a_closed_form(void **state)
{
    (void)state;
    static uint8_t mask[12 * 5 * 9];
    memset(mask, 1, sizeof mask);
    static const int64_t size[][3] = {{1, 1, 1}, {2, 1, 1}, {12, 5, 9}, {3, 4, 1}, {9, 12, 5}};
    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        double a = (double)size[i][0] - 1, b = (double)size[i][1] - 1, c = (double)size[i][2] - 1;
        double faces = a * b + b * c + c * a, edges = a + b + c;
        struct mesh m;
        struct err e;
        const double unit[] = {1, 1, 1}, wide[] = {2, 2, 2};
        assert_true(mesh_measure(mask, size[i], unit, &m, &e));
        assert_true(formula_near(m.volume_mm3, a * b * c + faces + edges / 2 + 1.0 / 6));
        assert_true(formula_near(m.area_mm2, 2 * faces + 2 * sqrt(2) * edges + sqrt(3)));
        assert_true(mesh_measure(mask, size[i], wide, &m, &e));
        assert_true(formula_near(m.volume_mm3, 8 * (a * b * c + faces + edges / 2 + 1.0 / 6)));
        assert_true(formula_near(m.area_mm2, 4 * (2 * faces + 2 * sqrt(2) * edges + sqrt(3))));
    }
}

static void the_axes_of_a_box_have_a_closed_form(void **state)
{
    (void)state;
    static uint8_t mask[12 * 5 * 9];
    memset(mask, 1, sizeof mask);
    const int64_t size[] = {12, 5, 9};
    const double mm[] = {1, 3, 0.5};
    struct axes a = axes_measure(mask, size, mm);
    assert_int_equal(a.n_voxels, 12 * 5 * 9);
    assert_true(formula_near(a.eigenvalue_mm2[0], (9 * 9 - 1) / 12.0 * 0.25));
    assert_true(formula_near(a.eigenvalue_mm2[1], (12 * 12 - 1) / 12.0));
    assert_true(formula_near(a.eigenvalue_mm2[2], (5 * 5 - 1) / 12.0 * 9));
}

struct vertices {
    int n;
    int h[4000][3]; /* half voxels */
};

static void list_vertices(const uint8_t *mask, const int64_t size[3], struct vertices *v)
{
    const int64_t step[] = {1, size[0], size[0] * size[1]};
    v->n = 0;
    for (int axis = 0; axis < 3; axis++) {
        int64_t from[3] = {0, 0, 0};
        from[axis] = -1;
        for (int64_t z = from[2]; z < size[2]; z++)
            for (int64_t y = from[1]; y < size[1]; y++)
                for (int64_t x = from[0]; x < size[0]; x++) {
                    int64_t at[] = {x, y, z}, i = x + y * step[1] + z * step[2];
                    int here = at[axis] >= 0 ? mask[i] : 0;
                    int next = at[axis] + 1 < size[axis] ? mask[i + step[axis]] : 0;
                    if (here == next)
                        continue;
                    for (int k = 0; k < 3; k++)
                        v->h[v->n][k] = 2 * (int)at[k] + (k == axis);
                    v->n++;
                }
    }
}

static struct diameters by_all_pairs(const struct vertices *v, const double mm[3])
{
    double best[4] = {0, 0, 0, 0}; /* equal x, y, z; any */
    for (int i = 0; i < v->n; i++) {
        for (int j = 0; j < i; j++) {
            double d2 = 0;
            for (int k = 0; k < 3; k++) {
                double d = (v->h[i][k] - v->h[j][k]) * mm[k] / 2;
                d2 += d * d;
            }
            for (int k = 0; k < 4; k++)
                if (k == 3 || v->h[i][k] == v->h[j][k])
                    best[k] = fmax(best[k], d2);
        }
    }
    return (struct diameters){sqrt(best[3]), sqrt(best[2]), sqrt(best[1]), sqrt(best[0])};
}

static void diameters_equal_those_of_all_pairs(void **state)
{
    (void)state;
    static struct vertices v;
    static uint8_t mask[1000];
    uint64_t bits = 88172645463325252ull;
    for (int round = 0; round < 120; round++) {
        int64_t size[3], n = 1;
        double mm[3];
        for (int k = 0; k < 3; k++) {
            bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
            size[k] = 1 + (int64_t)(bits >> 20) % 10;
            mm[k] = 0.5 + (double)(bits >> 40 & 15) / 4;
            n *= size[k];
        }
        for (int64_t i = 0; i < n; i++) {
            bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
            mask[i] = (bits >> 30) % 16 < (unsigned)(1 + round % 16);
        }
        mask[n / 2] = 1;
        list_vertices(mask, size, &v);
        struct diameters expected = by_all_pairs(&v, mm), d;
        struct err e;
        assert_true(diameters_measure(mask, size, mm, &d, &e));
        assert_true(formula_near(d.all_mm, expected.all_mm));
        assert_true(formula_near(d.slice_mm, expected.slice_mm));
        assert_true(formula_near(d.column_mm, expected.column_mm));
        assert_true(formula_near(d.row_mm, expected.row_mm));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_values_of_the_reference),
        cmocka_unit_test(a_slice_gives_the_values_of_the_reference),
        cmocka_unit_test(shape2d_refuses_a_thick_roi),
        cmocka_unit_test(the_mesh_of_a_box_has_a_closed_form),
        cmocka_unit_test(the_axes_of_a_box_have_a_closed_form),
        cmocka_unit_test(diameters_equal_those_of_all_pairs),
    };
    return cmocka_run_group_tests_name("shape", tests, NULL, NULL);
}
