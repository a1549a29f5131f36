#include "engine/features/histogram.h"

#include <math.h>

struct counts {
    const int64_t *of; /* [n + 1], index 0 unused */
    int32_t n;
    double total;
};

/* The level of the voxel that has this rank (from 0) in ascending order. */
static double level_at(const struct counts *c, int64_t rank)
{
    int64_t seen = 0;
    int32_t k = 1;
    for (; k < c->n; k++) {
        seen += c->of[k];
        if (seen > rank)
            break;
    }
    return k;
}

/* Between two neighbouring ranks by NumPy's linear rule. */
static double percentile(const struct counts *c, double q)
{
    double at = (c->total - 1) * q, lower = floor(at), t = at - lower;
    double a = level_at(c, (int64_t)lower), b = level_at(c, (int64_t)ceil(at));
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}

static void moments(const struct counts *c, struct histogram *h)
{
    double sum = 0, m2 = 0, m3 = 0, m4 = 0, deviation = 0;
    for (int32_t k = 1; k <= c->n; k++)
        sum += (double)c->of[k] * k;
    h->mean = sum / c->total;
    for (int32_t k = 1; k <= c->n; k++) {
        double n = (double)c->of[k], d = k - h->mean;
        deviation += n * fabs(d);
        m2 += n * d * d;
        m3 += n * d * d * d;
        m4 += n * d * d * d * d;
    }
    h->variance = m2 / c->total;
    h->mean_absolute_deviation = deviation / c->total;
    h->skewness = m2 == 0 ? 0 : m3 / c->total / pow(h->variance, 1.5);
    h->excess_kurtosis = m2 == 0 ? 0 : m4 / c->total / (h->variance * h->variance) - 3;
    h->variation = sqrt(h->variance) / h->mean;
}

static void order(const struct counts *c, struct histogram *h)
{
    int64_t n = (int64_t)c->total;
    double p25 = percentile(c, 0.25), p75 = percentile(c, 0.75);
    h->minimum = level_at(c, 0);
    h->maximum = level_at(c, n - 1);
    h->p10 = percentile(c, 0.1);
    h->p90 = percentile(c, 0.9);
    h->median = (level_at(c, (n - 1) / 2) + level_at(c, n / 2)) / 2;
    h->range = h->maximum - h->minimum;
    h->interquartile_range = p75 - p25;
    h->quartile_dispersion = (p75 - p25) / (p75 + p25);
}

/* Mean distance of the levels lo..hi from `from`; NAN: from their own mean. */
static double deviation(const struct counts *c, double lo, double hi, double from)
{
    double n = 0, sum = 0, distance = 0;
    for (int32_t k = 1; k <= c->n; k++)
        if (k >= lo && k <= hi) {
            n += (double)c->of[k];
            sum += (double)c->of[k] * k;
        }
    double centre = isnan(from) ? sum / n : from;
    for (int32_t k = 1; k <= c->n; k++)
        if (k >= lo && k <= hi)
            distance += (double)c->of[k] * fabs(k - centre);
    return distance / n;
}

static void shares(const struct counts *c, struct histogram *h)
{
    h->mode = NAN;
    int64_t most = 0;
    for (int32_t k = 1; k <= c->n; k++) {
        double p = (double)c->of[k] / c->total;
        if (p > 0)
            h->entropy -= p * log2(p);
        h->uniformity += p * p;
        bool nearer = c->of[k] == most && fabs(k - h->mean) < fabs(h->mode - h->mean);
        if (c->of[k] > most || nearer)
            h->mode = k;
        most = c->of[k] > most ? c->of[k] : most;
    }
}

static double gradient_at(const struct counts *c, int32_t k)
{
    if (k == 1)
        return (double)(c->of[2] - c->of[1]);
    if (k == c->n)
        return (double)(c->of[k] - c->of[k - 1]);
    return (double)(c->of[k + 1] - c->of[k - 1]) / 2;
}

static void gradients(const struct counts *c, struct histogram *h)
{
    h->largest_gradient = h->smallest_gradient = NAN;
    h->largest_gradient_level = h->smallest_gradient_level = NAN;
    for (int32_t k = 1; c->n > 1 && k <= c->n; k++) {
        double g = gradient_at(c, k);
        if (k == 1 || g > h->largest_gradient) {
            h->largest_gradient = g;
            h->largest_gradient_level = k;
        }
        if (k == 1 || g < h->smallest_gradient) {
            h->smallest_gradient = g;
            h->smallest_gradient_level = k;
        }
    }
}

struct histogram histogram_of(const int64_t *count, int32_t n)
{
    struct histogram h = {0};
    struct counts c = {count, n, 0};
    for (int32_t k = 1; k <= n; k++)
        c.total += (double)count[k];
    moments(&c, &h);
    order(&c, &h);
    h.robust_mean_absolute_deviation = deviation(&c, h.p10, h.p90, NAN);
    h.median_absolute_deviation = deviation(&c, 1, n, h.median);
    shares(&c, &h);
    gradients(&c, &h);
    return h;
}

bool histogram_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                       struct fvalue *out, struct err *e)
{
    (void)e;
    const struct histogram h = histogram_of(in->levels->count, in->levels->n_levels);
    fields_deliver(self, &h, "there is one grey level only", wanted, out);
    return true;
}
