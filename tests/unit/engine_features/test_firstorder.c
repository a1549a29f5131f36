#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/features/families.h"
#include "engine/features/select.h"
#include "engine/features/sums.h"
#include "formula.h"

#include <stdlib.h>

/* pyradiomics 3.0.1 on the image of formula.h; binWidth 5, and binCount 16 with a shift of 7. */
static const struct {
    const char *name;
    double width5, count16;
} reference[] = {
    {"10Percentile", -8.0, -8.0},
    {"90Percentile", 71.75, 71.75},
    {"Energy", 541256.75, 686086.75},
    {"Entropy", 4.323096798964233, 3.9811710476627966},
    {"InterquartileRange", 51.25, 51.25},
    {"Kurtosis", 1.8364362925676738, 1.8364362925676738},
    {"Maximum", 80.75, 80.75},
    {"MeanAbsoluteDeviation", 24.93037558525774, 24.93037558525774},
    {"Mean", 31.33164983164983, 31.33164983164983},
    {"Median", 30.5, 30.5},
    {"Minimum", -20.0, -20.0},
    {"Range", 100.75, 100.75},
    {"RobustMeanAbsoluteDeviation", 19.998680555555556, 19.998680555555556},
    {"RootMeanSquared", 42.6897329537595, 48.06304606770567},
    {"Skewness", -0.008961421098237497, -0.008961421098237497},
    {"TotalEnergy", 1190764.85, 1509390.85},
    {"Uniformity", 0.05152535455565759, 0.0641771247831854},
    {"Variance", 840.7410184901768, 840.7410184901768},
    {"StandardDeviation", 28.99553445774326, 28.99553445774326},
};
enum { N_REFERENCE = sizeof reference / sizeof *reference };

static void gives_the_values_of_the_reference(void **state)
{
    (void)state;
    struct formula_case c;
    formula_fill(&c);
    assert_int_equal(c.response.n_voxels, 297);
    struct image_settings narrow = settings_default().image, counted = narrow;
    narrow.discretise.bin_width = 5;
    counted.discretise.has_bin_count = true;
    counted.discretise.bin_count = 16;
    counted.family.voxel_array_shift = 7;
    struct fvalue a[MAX_FEATURES], b[MAX_FEATURES];
    const struct family *f = &family_firstorder;
    assert_int_equal(f->n_features, N_REFERENCE);
    assert_true(formula_compute(f, &c.response, &narrow, a));
    assert_true(formula_compute(f, &c.response, &counted, b));
    for (int i = 0; i < N_REFERENCE; i++) {
        int at = family_feature(f, reference[i].name);
        assert_true(at >= 0);
        assert_true(formula_near(a[at].value, reference[i].width5));
        assert_true(formula_near(b[at].value, reference[i].count16));
    }
}

static struct fvalue flat_value(int n, double value, const char *name)
{
    static double voxel[FORMULA_N];
    static uint8_t mask[FORMULA_N];
    for (int i = 0; i < FORMULA_N; i++)
        voxel[i] = value, mask[i] = i < n;
    struct formula_case c;
    formula_fill(&c);
    c.response.value = voxel;
    c.response.mask = mask;
    c.response.n_voxels = n;
    struct image_settings s = settings_default().image;
    struct fvalue v[MAX_FEATURES];
    assert_true(formula_compute(&family_firstorder, &c.response, &s, v));
    return v[family_feature(&family_firstorder, name)];
}

/* Where the rounded mean of equal values is not their value, NumPy's order of summation decides. */
static void a_flat_region_has_the_shape_that_round_off_gives_it(void **state)
{
    (void)state;
    assert_true(flat_value(100, 5, "Kurtosis").value == 0);
    assert_true(flat_value(100, 5, "Uniformity").value == 1);
    assert_true(fabs(flat_value(100, 5, "Entropy").value) < 1e-15);
    assert_true(flat_value(130, 0.1, "Kurtosis").value == 1);
    assert_true(flat_value(130, 0.1, "Skewness").value == 1);
}

static void sums_are_taken_buffer_by_buffer(void **state)
{
    (void)state;
    /* NumPy: mean of n times 0.1, computed by numpy.nanmean */
    static const struct {
        int n;
        double mean;
    } row[] = {
        {130, 0.09999999999999999},    {1000, 0.10000000000000002},
        {12345, 0.10000000000000002},  {84000, 0.1},
        {120000, 0.10000000000000003},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        double *x = malloc((size_t)row[i].n * sizeof *x);
        for (int k = 0; k < row[i].n; k++)
            x[k] = 0.1;
        struct window w = {-1, 1, 0, 0};
        struct power_sums sum = sums_powers(x, row[i].n, &w);
        assert_true(sum.n == row[i].n);
        assert_true(sum.first / sum.n == row[i].mean);
        free(x);
    }
}

static void a_later_nan_is_left_out(void **state)
{
    (void)state;
    struct formula_case c;
    formula_fill(&c);
    int last = FORMULA_N - 1;
    while (!c.mask[last])
        last--;
    struct fvalue without[MAX_FEATURES], with[MAX_FEATURES];
    struct image_settings s = settings_default().image;
    c.mask[last] = 0, c.response.n_voxels--;
    assert_true(formula_compute(&family_firstorder, &c.response, &s, without));
    c.mask[last] = 1, c.response.n_voxels++;
    c.value[last] = NAN;
    assert_true(formula_compute(&family_firstorder, &c.response, &s, with));
    static const char *const name[] = {"Mean",   "Median",  "Variance",
                                       "Energy", "Maximum", "RobustMeanAbsoluteDeviation"};
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        int at = family_feature(&family_firstorder, name[i]);
        assert_true(formula_near(with[at].value, without[at].value));
    }
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Smooth, skewed, repeated and nearly flat values, and ranges that have no scale. */
static double drawn(int kind, uint64_t bits)
{
    double u = (double)(bits >> 11) / 9007199254740992.0;
    switch (kind) {
    case 0:
        return u;
    case 1:
        return exp(40 * u);
    case 2:
        return (double)(bits >> 61);
    case 3:
        return bits >> 54 ? 3 : 1e300;
    case 4:
        return (2 * u - 1) * 1.7e308;
    default:
        return u * 5e-320;
    }
}

static void selects_as_sorting_would(void **state)
{
    (void)state;
    enum { N = 5000 };
    static double x[N], sorted[N];
    uint64_t bits = 88172645463325252ull;
    for (int kind = 0; kind < 6; kind++) {
        for (int n = 1; n <= N; n = n * 3 + 1) {
            for (int i = 0; i < n; i++) {
                bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
                sorted[i] = x[i] = drawn(kind, bits);
            }
            qsort(sorted, (size_t)n, sizeof *sorted, ascending);
            int64_t rank[] = {n / 2, 0, n - 1, n / 3, n / 2, n / 10};
            double value[6];
            struct err e;
            assert_true(select_ranks(x, n, rank, 6, value, &e));
            for (int i = 0; i < 6; i++)
                assert_true(value[i] == sorted[rank[i]]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_values_of_the_reference),
        cmocka_unit_test(a_flat_region_has_the_shape_that_round_off_gives_it),
        cmocka_unit_test(sums_are_taken_buffer_by_buffer),
        cmocka_unit_test(a_later_nan_is_left_out),
        cmocka_unit_test(selects_as_sorting_would),
    };
    return cmocka_run_group_tests_name("firstorder", tests, NULL, NULL);
}
