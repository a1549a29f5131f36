/* First-order statistics (specification 6.2; IBSI 3.3, and 3.4 for entropy and uniformity). */
#include "engine/features/statistics.h"

#include "base/mem.h"
#include "base/pairwise.h"
#include "engine/features/select.h"
#include "engine/features/sums.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

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
void statistics_ranks(int64_t n, struct order_ranks *r)
{
    static const double quantile[] = {0, 0.1, 0.25, 0.5, 0.75, 0.9, 1};
    for (int i = 0; i < STATISTICS_RANKS / 2; i++) {
        double at = (double)(n - 1) * quantile[i], lower = floor(at);
        int64_t j = (int64_t)lower;
        r->rank[2 * i] = j;
        r->rank[2 * i + 1] = j + 1 < n ? j + 1 : n - 1;
        r->t[i] = at - lower;
    }
    /* The median is the middle value or the mean of the two, not an interpolation. */
    r->rank[6] = (n - 1) / 2, r->rank[7] = n / 2;
}

/* NumPy's linear interpolation, exact at both ends. */
static double between(double a, double b, double t)
{
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}

void statistics_by_ranks(const struct order_ranks *r, const double value[STATISTICS_RANKS],
                         struct statistics *v)
{
    double p[STATISTICS_RANKS / 2];
    for (int i = 0; i < STATISTICS_RANKS / 2; i++)
        p[i] = between(value[2 * i], value[2 * i + 1], r->t[i]);
    v->minimum = value[0];
    v->p10 = p[1];
    v->median = (value[6] + value[7]) / 2;
    v->interquartile_range = p[4] - p[2];
    v->quartile_dispersion = v->interquartile_range / (p[4] + p[2]);
    v->p90 = p[5];
    v->maximum = value[STATISTICS_RANKS - 1];
    v->range = v->maximum - v->minimum;
}

static bool order_statistics(const struct sample *x, struct statistics *v, struct err *e)
{
    struct order_ranks r;
    double value[STATISTICS_RANKS];
    statistics_ranks(x->n_valid, &r);
    if (!select_ranks(x->valid, x->n_valid, r.rank, STATISTICS_RANKS, value, e))
        return false;
    statistics_by_ranks(&r, value, v);
    return true;
}

void statistics_by_sums(const struct power_sums *power, const struct central_sums *central,
                        const double spacing_mm[3], struct statistics *v)
{
    const double n = power->n, *mm = spacing_mm;
    v->mean = power->first / n;
    v->energy = power->shifted_second;
    v->total_energy = v->energy * (mm[0] * mm[1] * mm[2]);
    v->root_mean_squared = sqrt(v->energy / n);
    double m2 = central->second / n, m3 = central->third / n, m4 = central->fourth / n;
    v->mean_absolute_deviation = central->deviation / n;
    v->variance = m2;
    v->standard_deviation = sqrt(m2);
    v->skewness = m2 == 0 ? 0 : m3 / pow(m2, 1.5);
    v->kurtosis = m2 == 0 ? 0 : m4 / (m2 * m2);
    v->excess_kurtosis = m2 == 0 ? 0 : v->kurtosis - 3;
    v->variation = v->standard_deviation / v->mean;
}

/* Everything that is a sum. The windows make NaN count as zero, in its place: so does NumPy. */
static bool moments(struct sample *x, const struct family_input *in, struct statistics *v,
                    struct err *e)
{
    struct window w = {-DBL_MAX, DBL_MAX, (double)in->settings->voxel_array_shift, 0};
    struct power_sums power = sums_powers(x->all, x->n, &w);
    if (power.n < (double)x->n && !drop_nan(x, e))
        return false;
    w.mean = power.first / power.n;
    struct central_sums central = sums_central(x->all, x->n, &w);
    statistics_by_sums(&power, &central, in->response->grid.spacing_mm, v);
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

/* The mean distance of the values from their median. */
static double distance_from_median(const struct sample *x, double median)
{
    struct window w = {.lo = -DBL_MAX, .hi = DBL_MAX, .mean = median};
    return sums_deviation(x->all, x->n, &w) / (double)x->n_valid;
}

static bool histogram_features(const struct levels *l, double added_to_zero, struct statistics *v,
                               struct err *e)
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
        term[n] = p * log2(p + added_to_zero);
        square[n++] = p * p;
    }
    v->entropy = -1.0 * pairwise_sum(term, n, false);
    v->uniformity = pairwise_sum(square, n, false);
    free(term);
    return true;
}

bool statistics_measure(const struct family *self, const struct family_input *in,
                        const bool *wanted, struct fvalue *out, struct err *e)
{
    struct statistics v;
    const struct response *r = in->response;
    struct sample x = {r->sample, r->n_voxels, r->sample, r->n_voxels, NULL};
    bool ok = moments(&x, in, &v, e) && order_statistics(&x, &v, e) &&
              histogram_features(in->levels, in->arithmetic->added_to_zero, &v, e);
    if (ok)
        v.robust_mean_absolute_deviation = robust_deviation(&x, v.p10, v.p90);
    if (ok && fields_want(self, wanted, offsetof(struct statistics, median_absolute_deviation)))
        v.median_absolute_deviation = distance_from_median(&x, v.median);
    mem_big_free(x.own);
    if (ok)
        fields_deliver(self, &v, "too few values, or values too large", wanted, out);
    return ok;
}
