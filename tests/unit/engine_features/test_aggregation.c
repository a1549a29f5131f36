/* The aggregations of slices and directions, by the published values of IBSI's digital phantom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/features/families.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NX = 5, NY = 4, NZ = 4, N_VOXELS = 74, N_LEVELS = 6, MOST_FEATURES = 32, MOST_WAYS = 6 };

static const char phantom[NZ][NY][NX + 1] = {
    {"14411", "14611", "41641", "44641"},
    {"14411", "11611", " 1311", "44611"},
    {"144  ", "11111", "11 11", "11611"},
    {"144  ", "11111", "11111", "11611"},
};

struct published {
    const char *family, *code;
    double value[MOST_WAYS];
};
static const struct published published[] = {
#include "ibsi_digital.inc"
};
enum { N_PUBLISHED = sizeof published / sizeof *published };

static const char *const six[] = {"BTW3", "SUJT", "JJUI", "ZW7Z", "ITBB", "IAZD", NULL};
static const char *const three[] = {"8QNN", "62GR", "KOBO", NULL};

struct digital {
    uint8_t mask[NX * NY * NZ];
    struct response response;
    struct levels levels;
    struct family_settings settings;
};

static void fill_phantom(struct digital *p)
{
    *p = (struct digital){.settings = settings_default().image.family};
    struct levels *l = &p->levels;
    p->response.grid = grid_unit();
    p->response.mask = l->mask = p->mask;
    l->size[0] = NX, l->size[1] = NY, l->size[2] = NZ;
    l->spacing_mm[0] = l->spacing_mm[1] = l->spacing_mm[2] = 2;
    l->n_levels = N_LEVELS;
    l->level = calloc(N_VOXELS, sizeof *l->level);
    l->count = calloc(N_LEVELS + 1, sizeof *l->count);
    assert_true(l->level && l->count);
    for (int i = 0; i < NX * NY * NZ; i++) {
        char c = phantom[i / NX / NY][i / NX % NY][i % NX];
        p->mask[i] = c != ' ';
        if (c == ' ')
            continue;
        l->n_present += l->count[c - '0']++ == 0;
        l->level[l->n_voxels++] = (uint16_t)(c - '0');
    }
    assert_int_equal(l->n_voxels, N_VOXELS);
}

static void release_phantom(struct digital *p)
{
    free(p->levels.level);
    free(p->levels.count);
}

/* IBSI compares after rounding to three significant digits. */
static double three_digits(double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.2e", value);
    return strtod(text, NULL);
}

static int check_family(struct digital *p, const struct family *f, const char *const *ways)
{
    bool wanted[MOST_FEATURES];
    struct fvalue value[MOST_FEATURES];
    int checked = 0;
    memset(wanted, 1, sizeof wanted);
    for (int way = 0; ways[way]; way++) {
        struct err e = {0};
        struct family_input in = {.response = &p->response,
                                  .levels = &p->levels,
                                  .settings = &p->settings,
                                  .aggregation = aggregation_find(ways[way]),
                                  .arithmetic = &arithmetic_plain};
        assert_non_null(in.aggregation);
        assert_int_equal(in.aggregation->kind, f->aggregates);
        assert_true(family_measure(f, &in, wanted, value, &e));
        for (int i = 0; i < N_PUBLISHED; i++) {
            for (int k = 0; strcmp(published[i].family, f->name) == 0 && k < f->n_features; k++) {
                const struct feature *row = family_row(f, k);
                if (row->status != FEATURE_CURRENT || !row->ibsi_code ||
                    strcmp(row->ibsi_code, published[i].code) != 0)
                    continue;
                if (!(fabs(three_digits(value[k].value) - published[i].value[way]) <= 1e-9))
                    fail_msg("%s %s %s: %.9g, published %g", f->name, row->name, ways[way],
                             value[k].value, published[i].value[way]);
                checked++;
            }
        }
    }
    return checked;
}

static void the_digital_phantom_comes_out(void **state)
{
    (void)state;
    struct digital p;
    fill_phantom(&p);
    int checked = check_family(&p, &family_glcm, six) + check_family(&p, &family_glrlm, six) +
                  check_family(&p, &family_glszm, three) + check_family(&p, &family_gldm, three) +
                  check_family(&p, &family_ngtdm, three);
    int expected = 0;
    for (int i = 0; i < N_PUBLISHED; i++)
        expected +=
            strcmp(published[i].family, "glcm") == 0 || strcmp(published[i].family, "glrlm") == 0
                ? 6
                : 3;
    assert_int_equal(checked, expected);
    release_phantom(&p);
}

/* Slices along another axis: the phantom and its turned copy agree. */
static void slices_may_lie_across_any_axis(void **state)
{
    (void)state;
    static const int64_t turned_size[2][3] = {{NX, NZ, NY}, {NZ, NY, NX}};
    bool wanted[MOST_FEATURES];
    memset(wanted, 1, sizeof wanted);
    for (int axis = 0; axis < 2; axis++) { /* z changes places with y, with x */
        struct digital p, q;
        fill_phantom(&p);
        fill_phantom(&q);
        memcpy(q.levels.size, turned_size[axis], sizeof q.levels.size);
        q.settings.force_2d_dimension = axis + 1;
        q.levels.n_voxels = 0;
        const int64_t *n = q.levels.size;
        for (int64_t i = 0; i < NX * NY * NZ; i++) {
            int64_t at[3] = {i % n[0], i / n[0] % n[1], i / n[0] / n[1]};
            int64_t from[3] = {axis ? at[2] : at[0], axis ? at[1] : at[2], axis ? at[0] : at[1]};
            char c = phantom[from[2]][from[1]][from[0]];
            q.mask[i] = c != ' ';
            if (c != ' ')
                q.levels.level[q.levels.n_voxels++] = (uint16_t)(c - '0');
        }
        struct fvalue a[MOST_FEATURES], b[MOST_FEATURES];
        struct err e = {0};
        struct family_input in = {.response = &p.response,
                                  .levels = &p.levels,
                                  .settings = &p.settings,
                                  .aggregation = aggregation_find("SUJT"),
                                  .arithmetic = &arithmetic_plain};
        assert_true(family_measure(&family_glcm, &in, wanted, a, &e));
        in.response = &q.response;
        in.levels = &q.levels;
        in.settings = &q.settings;
        assert_true(family_measure(&family_glcm, &in, wanted, b, &e));
        for (int k = 0; k < family_glcm.n_features; k++)
            if (!a[k].absent)
                assert_true(fabs(a[k].value - b[k].value) <= 1e-12 * fabs(a[k].value));
        release_phantom(&p);
        release_phantom(&q);
    }
}

static void settings_name_their_aggregation(void **state)
{
    (void)state;
    static const struct {
        const struct family *family;
        bool force_2d;
        enum weighting_norm norm;
        int distances;
        const char *code;
    } row[] = {
        {&family_firstorder, false, WEIGHT_NONE, 1, "DHQ4"},
        {&family_shape, true, WEIGHT_NONE, 1, "DHQ4"},
        {&family_glcm, false, WEIGHT_NONE, 1, "ITBB"},
        {&family_glcm, true, WEIGHT_NONE, 1, "JJUI"},
        {&family_glcm, false, WEIGHT_NO_WEIGHTING, 1, "IAZD"},
        {&family_glcm, true, WEIGHT_NO_WEIGHTING, 1, "ZW7Z"},
        {&family_glcm, false, WEIGHT_EUCLIDEAN, 1, ""},
        {&family_glcm, false, WEIGHT_NONE, 2, ""},
        {&family_glrlm, false, WEIGHT_NONE, 2, "ITBB"},
        {&family_glrlm, true, WEIGHT_INFINITY, 1, ""},
        {&family_gldm, false, WEIGHT_EUCLIDEAN, 2, "KOBO"},
        {&family_glszm, true, WEIGHT_NONE, 1, "62GR"},
        {&family_ngtdm, false, WEIGHT_NONE, 1, "KOBO"},
    };
    static double distance[] = {1, 2};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct family_settings s = settings_default().image.family;
        s.force_2d = row[i].force_2d;
        s.weighting_norm = row[i].norm;
        s.distances = (struct real_list){.item = distance, .n = row[i].distances};
        assert_string_equal(family_aggregation(row[i].family, &s).code, row[i].code);
    }
    assert_null(aggregation_find(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_digital_phantom_comes_out),
        cmocka_unit_test(slices_may_lie_across_any_axis),
        cmocka_unit_test(settings_name_their_aggregation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
