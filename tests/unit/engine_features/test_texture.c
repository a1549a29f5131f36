#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/features/families.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "texture_reference.h"

enum { N_CASES = sizeof reference_case / sizeof *reference_case, MOST_FEATURES = 32 };

static const struct family *const texture[] = {&family_glcm, &family_glrlm, &family_glszm,
                                               &family_gldm, &family_ngtdm};

/* Mask 0: two opposite corners; 1: everything; m > 1: all but every m-th of a skew lattice. */
static bool reference_inside(const struct reference_case *c, int64_t x, int64_t y, int64_t z)
{
    if (c->mask == 0)
        return (x + y + z) % (c->size[0] + c->size[1] + c->size[2] - 3) == 0;
    return c->mask == 1 || (x * 5 + y * 3 + z * 11) % c->mask != 0;
}

static uint16_t reference_level(const struct reference_case *c, int64_t x, int64_t y, int64_t z)
{
    int64_t h = x * 7 + y * 13 + z * 29 + x * y * z + (x * x + y * z) / 3;
    return reference_inside(c, x, y, z) ? (uint16_t)(1 + h % c->levels) : 0;
}

struct setup {
    struct response response;
    struct levels levels;
    struct family_settings settings;
    struct family_input input;
    uint8_t *mask;
};

/* The ROI of a case in a box that is `margin` voxels larger on all sides. */
static void prepare(struct setup *s, const struct reference_case *c, int64_t margin)
{
    *s = (struct setup){.settings = settings_default().image.family};
    struct levels *l = &s->levels;
    for (int a = 0; a < 3; a++)
        l->size[a] = c->size[a] + (c->dims == 2 && a == 2 ? 0 : 2 * margin);
    l->spacing_mm[0] = 0.8, l->spacing_mm[1] = 0.9, l->spacing_mm[2] = c->dims == 2 ? 1 : 1.3;
    size_t voxels = (size_t)(l->size[0] * l->size[1] * l->size[2]);
    l->mask = s->mask = calloc(voxels, sizeof *s->mask);
    l->level = calloc(voxels, sizeof *l->level);
    assert_true(s->mask && l->level);
    for (int64_t z = 0; z < c->size[2]; z++)
        for (int64_t y = 0; y < c->size[1]; y++)
            for (int64_t x = 0; x < c->size[0]; x++) {
                int64_t up = c->dims == 2 ? z : z + margin;
                uint16_t level = reference_level(c, x, y, z);
                if (level == 0)
                    continue;
                s->mask[x + margin + l->size[0] * (y + margin + l->size[1] * up)] = 1;
                l->n_levels = level > l->n_levels ? level : l->n_levels;
                l->level[l->n_voxels++] = level;
            }
    s->response.grid.dims = c->dims;
    s->settings.distances = (struct real_list){.item = (double *)c->distances, .n = c->n_distances};
    s->settings.force_2d = c->force_2d;
    s->settings.force_2d_dimension = c->force_2d_dimension;
    s->settings.weighting_norm = c->norm;
    s->settings.symmetrical_glcm = c->symmetric;
    s->settings.gldm_a = c->alpha;
    s->input = (struct family_input){&s->response, &s->levels, &s->settings};
}

static void release(struct setup *s)
{
    free(s->mask);
    free(s->levels.level);
}

static void agree(const char *name, const char *family, const char *feature, double ours,
                  double theirs)
{
    bool same =
        isnan(theirs) ? isnan(ours) : fabs(ours - theirs) <= fmax(1e-9 * fabs(theirs), 1e-9);
    if (!same)
        fail_msg("%s: %s %s is %.17g, pyradiomics has %.17g", name, family, feature, ours, theirs);
}

static void every_value_as_pyradiomics(void **state)
{
    (void)state;
    bool wanted[MOST_FEATURES];
    memset(wanted, 1, sizeof wanted);
    for (int k = 0; k < N_CASES; k++) {
        struct setup s;
        struct fvalue value[MOST_FEATURES];
        struct err e;
        int at = 0;
        prepare(&s, &reference_case[k], k % 3);
        for (int f = 0; f < 5; f++) {
            assert_true(family_measure(texture[f], &s.input, wanted, value, &e));
            for (int i = 0; i < texture[f]->n_features; i++) {
                if (family_row(texture[f], i)->status != FEATURE_CURRENT) {
                    assert_true(value[i].absent);
                    continue;
                }
                assert_false(value[i].absent);
                assert_true(isnan(value[i].value) == (value[i].reason != NULL));
                agree(reference_case[k].name, texture[f]->name, family_row(texture[f], i)->name,
                      value[i].value, reference_value[k][at++]);
            }
        }
        assert_int_equal(at, REFERENCE_VALUES);
        release(&s);
    }
}

static void names_stand_in_ascii_order(void **state)
{
    (void)state;
    for (int f = 0; f < 5; f++)
        for (int i = 1; i < texture[f]->n_features; i++) {
            const struct feature *a = family_row(texture[f], i - 1), *b = family_row(texture[f], i);
            assert_true(a->status == b->status ? strcmp(a->name, b->name) < 0
                                               : b->status != FEATURE_CURRENT);
        }
}

static void only_the_wanted_are_written(void **state)
{
    (void)state;
    struct setup s;
    prepare(&s, &reference_case[1], 1);
    for (int f = 0; f < 5; f++)
        for (int i = 0; i < texture[f]->n_features; i++) {
            bool wanted[MOST_FEATURES] = {false};
            struct fvalue value[MOST_FEATURES];
            struct err e;
            memset(value, 0x5a, sizeof value);
            struct fvalue untouched = value[0];
            wanted[i] = true;
            assert_true(family_measure(texture[f], &s.input, wanted, value, &e));
            for (int k = 0; k < texture[f]->n_features; k++)
                assert_int_equal(memcmp(&value[k].value, &untouched.value, sizeof(double)) != 0,
                                 k == i);
        }
    release(&s);
}

/* pyradiomics aborts the case; so do we, with one line that says why. */
static void no_direction_is_refused(void **state)
{
    (void)state;
    struct reference_case one = reference_case[0];
    one.size[0] = one.size[1] = one.size[2] = 1;
    struct reference_case far = reference_case[0];
    far.distances[0] = 7;
    struct setup s;
    bool wanted[MOST_FEATURES] = {true};
    struct fvalue value[MOST_FEATURES];
    prepare(&s, &one, 2);
    for (int f = 0; f < 5; f++) {
        struct err e = {0};
        assert_false(family_measure(texture[f], &s.input, wanted, value, &e));
        assert_int_equal(e.code, ERR_REFUSED);
        assert_non_null(strstr(e.text, "no neighbour direction"));
    }
    release(&s);
    prepare(&s, &far, 0);
    for (int f = 0; f < 5; f++) {
        struct err e = {0};
        bool one_distance_only = texture[f] == &family_glrlm || texture[f] == &family_glszm;
        assert_int_equal(family_measure(texture[f], &s.input, wanted, value, &e),
                         one_distance_only);
    }
    release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_as_pyradiomics),
        cmocka_unit_test(names_stand_in_ascii_order),
        cmocka_unit_test(only_the_wanted_are_written),
        cmocka_unit_test(no_direction_is_refused),
    };
    return cmocka_run_group_tests_name("texture", tests, NULL, NULL);
}
