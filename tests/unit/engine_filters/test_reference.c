#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fixture.h"

#include <math.h>

#pragma GCC diagnostic ignored "-Woverride-init"
#define WITH(...)                                                                                  \
    {                                                                                              \
        .level = 1, .wavelet = "coif1", .gradient_use_spacing = true, .lbp2d_radius = 1,           \
        .lbp2d_samples = 8, .lbp2d_method = LBP2D_UNIFORM, .lbp3d_levels = 2,                      \
        .lbp3d_icosphere_radius = 1, .lbp3d_icosphere_subdivision = 1, __VA_ARGS__                 \
    }

/* The parameters of any filter, and of the features. */
struct any_settings {
    int64_t start_level, level;
    char wavelet[24];
    bool gradient_use_spacing;
    double lbp2d_radius;
    int64_t lbp2d_samples;
    enum lbp2d_method lbp2d_method;
    int64_t lbp3d_levels;
    double lbp3d_icosphere_radius;
    int64_t lbp3d_icosphere_subdivision;
    bool force_2d;
    int64_t force_2d_dimension;
};

/* Room for the parameters of one filter. */
union own_settings {
    struct log_settings log;
    struct wavelet_settings wavelet;
    struct gradient_settings gradient;
    struct lbp2d_settings lbp2d;
    struct lbp3d_settings lbp3d;
};

static struct filter_request request_of(const char *filter, const struct any_settings *s,
                                        union own_settings *own)
{
    static double sigma[] = {1.0, 2.5};
    struct filter_request r = fixture_request(filter);
    r.image.family.force_2d = s->force_2d;
    r.image.family.force_2d_dimension = s->force_2d_dimension;
    r.own = own;
    if (r.filter == &filter_log) {
        own->log = (struct log_settings){{sigma, NULL, 2}};
    } else if (r.filter == &filter_wavelet) {
        own->wavelet = (struct wavelet_settings){s->start_level, s->level, ""};
        strcpy(own->wavelet.name, s->wavelet);
    } else if (r.filter == &filter_gradient) {
        own->gradient = (struct gradient_settings){s->gradient_use_spacing};
    } else if (r.filter == &filter_lbp2d) {
        own->lbp2d = (struct lbp2d_settings){s->lbp2d_radius, s->lbp2d_samples, s->lbp2d_method};
    } else if (r.filter == &filter_lbp3d) {
        own->lbp3d = (struct lbp3d_settings){s->lbp3d_levels, s->lbp3d_icosphere_radius,
                                             s->lbp3d_icosphere_subdivision};
    }
    return r;
}

static const struct {
    const char *filter, *input_type;
    struct any_settings settings;
    const char *name, *type;
    double value[4];
} row[] = {
#include "reference.inc"
};
enum { ROWS = sizeof row / sizeof *row };

/* The image of tests/oracle/filter_reference.py. */
static double whole_numbers(int64_t x, int64_t y, int64_t z)
{
    return (double)((7 * x + 13 * y + 29 * z + 3 * x * y + 5 * y * z) % 101 - 40);
}

static double with_quarters(int64_t x, int64_t y, int64_t z)
{
    return whole_numbers(x, y, z) + 0.25 * (double)x;
}

static struct fixture reference_image(const char *type)
{
    bool whole = strcmp(type, "int16") == 0;
    const int64_t size[] = {9, 8, 7};
    struct fixture t =
        fixture_make(size, whole ? PIXEL_I16 : PIXEL_F32, &(struct box){{2, 1, 2}, {5, 5, 3}},
                     whole ? whole_numbers : with_quarters);
    memcpy(t.view.image.grid.spacing_mm, (double[]){0.8, 1.25, 2.5}, 3 * sizeof(double));
    return t;
}

/* The last bits of libm differ between machines, and LBP3D is specified to 1e-13. */
static void check_value(int i, double value, double expected)
{
    static const char *const last_bits[] = {"Logarithm", "Exponential", "LBP3D"};
    double tolerance = 0;
    for (size_t k = 0; k < sizeof last_bits / sizeof *last_bits; k++)
        if (strcmp(row[i].filter, last_bits[k]) == 0)
            tolerance = 1e-12 * (1 + fabs(expected));
    bool good = isnan(expected) ? isnan(value) : fabs(value - expected) <= tolerance;
    if (!good)
        fail_msg("%s of %s %s: %.17g, expected %.17g", row[i].name, row[i].input_type,
                 row[i].filter, value, expected);
}

static void check_response(int i, const struct response *r)
{
    static const int64_t at[4][3] = {{2, 1, 2}, {6, 5, 4}, {4, 3, 3}, {3, 5, 2}};
    assert_string_equal(r->name, row[i].name);
    assert_string_equal(pixel_name(r->type), row[i].type);
    for (int k = 0; k < 4; k++)
        check_value(i, fixture_at(r, at[k][0], at[k][1], at[k][2]), row[i].value[k]);
}

static bool same_request(int a, int b)
{
    return strcmp(row[a].filter, row[b].filter) == 0 &&
           strcmp(row[a].input_type, row[b].input_type) == 0 &&
           memcmp(&row[a].settings, &row[b].settings, sizeof row[a].settings) == 0;
}

/* Every response of pyradiomics in its order, and no other; the names are known without an image.
 */
static void equals_pyradiomics(void **state)
{
    (void)state;
    for (int from = 0, to; from < ROWS; from = to) {
        for (to = from; to < ROWS && same_request(from, to); to++)
            ;
        struct fixture t = reference_image(row[from].input_type);
        union own_settings own;
        struct filter_request request = request_of(row[from].filter, &row[from].settings, &own);
        struct str_list names = {0};
        struct response r;
        assert_non_null(request.filter);
        assert_true(filter_names(&request, 3, &names, NULL));
        assert_int_equal(names.n, to - from);
        assert_true(fixture_open(&t, &request, 0));
        for (int i = from; i < to; i++) {
            assert_string_equal(names.item[i - from], row[i].name);
            assert_true(fixture_next(&t, &r));
            check_response(i, &r);
        }
        assert_false(fixture_next(&t, &r));
        str_list_free(&names);
        fixture_free(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(equals_pyradiomics)};
    return cmocka_run_group_tests_name("filter reference", tests, NULL, NULL);
}
