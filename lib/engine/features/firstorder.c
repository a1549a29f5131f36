/* First-order statistics (specification 6.2; IBSI 3.3, and 3.4 for entropy and uniformity). */
#include "engine/features/families.h"

#include "base/mem.h"
#include "base/pairwise.h"
#include "engine/features/select.h"
#include "engine/features/sums.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum {
    P10,
    P90,
    ENERGY,
    ENTROPY,
    INTERQUARTILE_RANGE,
    KURTOSIS,
    MAXIMUM,
    MEAN_ABSOLUTE_DEVIATION,
    MEAN,
    MEDIAN,
    MINIMUM,
    RANGE,
    ROBUST_MEAN_ABSOLUTE_DEVIATION,
    ROOT_MEAN_SQUARED,
    SKEWNESS,
    TOTAL_ENERGY,
    UNIFORMITY,
    VARIANCE,
    STANDARD_DEVIATION,
    N_FEATURES
};

static const struct feature feature[N_FEATURES] = {
    [P10] = {"10Percentile", "QG58", "intensity", false},
    [P90] = {"90Percentile", "8DWT", "intensity", false},
    [ENERGY] = {"Energy", "N8CA", "intensity2", false},
    [ENTROPY] = {"Entropy", "TLU2", "bit", false},
    [INTERQUARTILE_RANGE] = {"InterquartileRange", "SALO", "intensity", false},
    [KURTOSIS] = {"Kurtosis", "IPH6", "1", false},
    [MAXIMUM] = {"Maximum", "84IY", "intensity", false},
    [MEAN_ABSOLUTE_DEVIATION] = {"MeanAbsoluteDeviation", "4FUA", "intensity", false},
    [MEAN] = {"Mean", "Q4LE", "intensity", false},
    [MEDIAN] = {"Median", "Y12H", "intensity", false},
    [MINIMUM] = {"Minimum", "1GSF", "intensity", false},
    [RANGE] = {"Range", "2OJQ", "intensity", false},
    [ROBUST_MEAN_ABSOLUTE_DEVIATION] = {"RobustMeanAbsoluteDeviation", "1128", "intensity", false},
    [ROOT_MEAN_SQUARED] = {"RootMeanSquared", "5ZWQ", "intensity", false},
    [SKEWNESS] = {"Skewness", "KE2A", "1", false},
    [TOTAL_ENERGY] = {"TotalEnergy", NULL, "intensity2 mm3", false},
    [UNIFORMITY] = {"Uniformity", "BJ5W", "1", false},
    [VARIANCE] = {"Variance", "ECT3", "intensity2", false},
    [STANDARD_DEVIATION] = {"StandardDeviation", NULL, "intensity", true},
};

/* The values of the ROI in array order. NaN values (rare: they abort the case when they come first)
 * are left out of every statistic. */
struct sample {
    const double *all; /* [n], of the response */
    int64_t n;
    const double *valid; /* the n_valid values that are numbers: `all` itself, or of `own` */
    int64_t n_valid;
    double *own;
};

static bool drop_nan(struct sample *x, struct err *e)
{
    x->valid = x->own = mem_big((size_t)x->n, sizeof *x->own, e);
    if (!x->own)
        return false;
    x->n_valid = 0;
    for (int64_t i = 0; i < x->n; i++)
        if (!isnan(x->all[i]))
            x->own[x->n_valid++] = x->all[i];
    return true;
}

/* A percentile lies between two neighbouring ranks, t of the way up. */
struct percentile {
    int64_t lower, upper;
    double t;
};

static struct percentile percentile_at(int64_t n, double q)
{
    double at = (double)(n - 1) * q, lower = floor(at);
    int64_t j = (int64_t)lower;
    return (struct percentile){j, j + 1 < n ? j + 1 : n - 1, at - lower};
}

/* NumPy's linear interpolation, exact at both ends. */
static double between(double a, double b, double t)
{
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}

static bool order_statistics(const struct sample *x, double *v, struct err *e)
{
    static const double quantile[] = {0, 0.1, 0.25, 0.5, 0.75, 0.9, 1};
    enum { N = sizeof quantile / sizeof *quantile };
    int64_t rank[2 * N], n = x->n_valid;
    double value[2 * N], p[N];
    struct percentile at[N];
    for (int i = 0; i < N; i++) {
        at[i] = percentile_at(n, quantile[i]);
        rank[2 * i] = at[i].lower;
        rank[2 * i + 1] = at[i].upper;
    }
    /* The median is the middle value or the mean of the two, not an interpolation. */
    rank[6] = (n - 1) / 2, rank[7] = n / 2;
    if (!select_ranks(x->valid, n, rank, 2 * N, value, e))
        return false;
    for (int i = 0; i < N; i++)
        p[i] = between(value[2 * i], value[2 * i + 1], at[i].t);
    v[MINIMUM] = value[0];
    v[P10] = p[1];
    v[MEDIAN] = (value[6] + value[7]) / 2;
    v[INTERQUARTILE_RANGE] = p[4] - p[2];
    v[P90] = p[5];
    v[MAXIMUM] = value[2 * N - 1];
    v[RANGE] = v[MAXIMUM] - v[MINIMUM];
    return true;
}

/* Everything that is a sum. The windows make NaN count as zero, in its place: so does NumPy. */
static bool moments(struct sample *x, const struct family_input *in, double *v, struct err *e)
{
    struct window w = {-DBL_MAX, DBL_MAX, (double)in->settings->voxel_array_shift, 0};
    struct power_sums power = sums_powers(x->all, x->n, &w);
    const double n = power.n, *mm = in->response->grid.spacing_mm;
    if (n < (double)x->n && !drop_nan(x, e))
        return false;
    v[MEAN] = w.mean = power.first / n;
    v[ENERGY] = power.shifted_second;
    v[TOTAL_ENERGY] = v[ENERGY] * (mm[0] * mm[1] * mm[2]);
    v[ROOT_MEAN_SQUARED] = sqrt(v[ENERGY] / n);
    struct central_sums central = sums_central(x->all, x->n, &w);
    double m2 = central.second / n, m3 = central.third / n, m4 = central.fourth / n;
    v[MEAN_ABSOLUTE_DEVIATION] = central.deviation / n;
    v[VARIANCE] = m2;
    v[STANDARD_DEVIATION] = sqrt(m2);
    v[SKEWNESS] = m2 == 0 ? 0 : m3 / pow(m2, 1.5);
    v[KURTOSIS] = m2 == 0 ? 0 : m4 / (m2 * m2);
    return true;
}

/* Over the values within the 10th to 90th percentile, both included. */
static double robust_deviation(const struct sample *x, double p10, double p90)
{
    struct window w = {.lo = p10, .hi = p90};
    struct power_sums power = sums_powers(x->all, x->n, &w);
    w.mean = power.first / power.n;
    return sums_deviation(x->all, x->n, &w) / power.n;
}

static bool histogram_features(const struct levels *l, double *v, struct err *e)
{
    double *term = mem_array(2 * (size_t)l->n_present, sizeof *term, e);
    if (!term)
        return false;
    double *square = term + l->n_present;
    int64_t n = 0;
    for (int32_t k = 1; k <= l->n_levels; k++) {
        if (l->count[k] == 0)
            continue;
        double p = (double)l->count[k] / (double)l->n_voxels;
        term[n] = p * log2(p + DBL_EPSILON);
        square[n++] = p * p;
    }
    v[ENTROPY] = -1.0 * pairwise_sum(term, n, false);
    v[UNIFORMITY] = pairwise_sum(square, n, false);
    free(term);
    return true;
}

static bool compute(const struct family_input *in, const bool *wanted, struct fvalue *out,
                    struct err *e)
{
    double v[N_FEATURES];
    const struct response *r = in->response;
    struct sample x = {r->sample, r->n_voxels, r->sample, r->n_voxels, NULL};
    bool ok =
        moments(&x, in, v, e) && order_statistics(&x, v, e) && histogram_features(in->levels, v, e);
    if (ok)
        v[ROBUST_MEAN_ABSOLUTE_DEVIATION] = robust_deviation(&x, v[P10], v[P90]);
    mem_big_free(x.own);
    for (int i = 0; ok && i < N_FEATURES; i++)
        if (wanted[i])
            out[i] = (struct fvalue){v[i], false,
                                     isnan(v[i]) ? "too few values, or values too large" : NULL};
    return ok;
}

const struct family family_firstorder = {"firstorder", TAP_RESPONSE, feature, N_FEATURES, compute};
