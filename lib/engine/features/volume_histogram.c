#include "engine/features/volume_histogram.h"

#include "base/mem.h"
#include "base/num.h"
#include "engine/features/select.h"

#include <math.h>
#include <stdlib.h>

/* Grey levels as numbers k: the intensity of level k is first + step * k, or value[k] of those that
 * occur. Fractions of intensity are 0 at `lowest` and 1 at `highest`. */
struct scale {
    double first, step;
    double *occurring; /* num_ascending, or NULL */
    int64_t n_occurring;
    double lowest, highest;
};

struct limits {
    double minimum, maximum;
    bool whole; /* all values are whole numbers */
};

static struct limits limits_of(const double *value, int64_t n)
{
    struct limits l = {value[0], value[0], true};
    for (int64_t i = 0; i < n; i++) {
        l.minimum = fmin(l.minimum, value[i]);
        l.maximum = fmax(l.maximum, value[i]);
        l.whole = l.whole && value[i] == nearbyint(value[i]);
    }
    return l;
}

static bool find_occurring(const double *value, int64_t n, struct scale *s, struct err *e)
{
    s->occurring = mem_array((size_t)n, sizeof *s->occurring, e);
    if (!s->occurring)
        return false;
    for (int64_t i = 0; i < n; i++)
        s->occurring[i] = value[i];
    qsort(s->occurring, (size_t)n, sizeof *s->occurring, num_ascending);
    for (int64_t i = 0; i < n; i++)
        if (i == 0 || s->occurring[i] != s->occurring[i - 1])
            s->occurring[s->n_occurring++] = s->occurring[i];
    return true;
}

static int64_t place_of(const struct scale *s, double value)
{
    int64_t lo = 0, hi = s->n_occurring - 1;
    while (lo < hi) {
        int64_t middle = (lo + hi) / 2;
        if (s->occurring[middle] < value)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo;
}

/* Numbers of the levels, in place of the values. */
static void to_levels(const struct ivh_settings *s, const struct limits *l,
                      const struct scale *scale, int64_t n, double *value)
{
    for (int64_t i = 0; i < n; i++)
        switch (s->rule) {
        case IVH_AS_IS:
            value[i] = scale->occurring ? (double)place_of(scale, value[i]) : value[i] - l->minimum;
            break;
        case IVH_BIN_WIDTH:
            value[i] = floor((value[i] - scale->lowest) / s->bin_width) + 1;
            break;
        case IVH_BIN_COUNT: {
            double share = (value[i] - l->minimum) / (l->maximum - l->minimum);
            double k = l->maximum > l->minimum ? floor((double)s->bin_count * share) + 1 : 1;
            value[i] = fmin(k, (double)s->bin_count);
            break;
        }
        }
}

static bool make_scale(const struct ivh_settings *s, const struct limits *l, const double *value,
                       int64_t n, struct scale *out, struct err *e)
{
    double lowest = s->has_range && isfinite(s->range[0]) ? s->range[0] : l->minimum;
    double highest = s->has_range && isfinite(s->range[1]) ? s->range[1] : l->maximum;
    switch (s->rule) {
    case IVH_BIN_WIDTH:
        *out = (struct scale){.first = lowest - 0.5 * s->bin_width,
                              .step = s->bin_width,
                              .lowest = lowest,
                              .highest = highest};
        return true;
    case IVH_BIN_COUNT:
        *out = (struct scale){.step = 1, .lowest = 1, .highest = (double)s->bin_count};
        return true;
    default:
        *out = (struct scale){.first = l->minimum, .step = 1, .lowest = lowest, .highest = highest};
        return l->whole || find_occurring(value, n, out, e);
    }
}

static double intensity_of(const struct scale *s, double k)
{
    if (!s->occurring)
        return s->first + s->step * k;
    return k < (double)s->n_occurring ? s->occurring[(int64_t)k] : NAN;
}

/* The first level whose intensity is at least this share of the range. */
static double level_from(const struct scale *s, double share)
{
    double wanted = s->lowest + share * (s->highest - s->lowest);
    if (s->occurring)
        return (double)place_of(s, wanted);
    return ceil((wanted - s->first) / s->step - 1e-9);
}

static double share_from(const double *level, int64_t n, double from)
{
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++)
        count += level[i] >= from;
    return (double)count / (double)n;
}

/* Levels above the one that has rank n - 1 - floor(share * n) lie in at most that share. */
static bool intensities(const double *level, int64_t n, const struct scale *s,
                        struct volume_histogram *h, struct err *e)
{
    const int64_t rank[2] = {n - 1 - (int64_t)floor(0.1 * (double)n + 1e-9),
                             n - 1 - (int64_t)floor(0.9 * (double)n + 1e-9)};
    double below[2];
    if (!select_ranks(level, n, rank, 2, below, e))
        return false;
    h->intensity_at_10 = intensity_of(s, below[0] + 1);
    h->intensity_at_90 = intensity_of(s, below[1] + 1);
    return true;
}

/* Levels that are one step apart: with v(k) the share of the ROI from level k on, the trapezoids
 * from the first level to the last are the sum of v without half of its ends, and that sum counts
 * each voxel once for every level up to its own. */
static double even_area(const double *level, int64_t n, const struct scale *s)
{
    double first = level_from(s, 0), last = first, sum = 0;
    for (int64_t i = 0; i < n; i++) {
        sum += level[i] - first + 1;
        last = fmax(last, level[i]);
    }
    double ends = 1 + share_from(level, n, last);
    return (sum / (double)n - ends / 2) * s->step / (s->highest - s->lowest);
}

/* Levels that are the values that occur. */
static bool uneven_area(const double *level, int64_t n, const struct scale *s, double *area,
                        struct err *e)
{
    int64_t *count = mem_array((size_t)s->n_occurring, sizeof *count, e);
    if (!count)
        return false;
    for (int64_t i = 0; i < n; i++)
        count[(int64_t)level[i]]++;
    double from_here = (double)n, sum = (double)n * (s->occurring[0] - s->lowest);
    for (int64_t k = 0; k + 1 < s->n_occurring; k++) {
        double from_next = from_here - (double)count[k];
        sum += (from_here + from_next) / 2 * (s->occurring[k + 1] - s->occurring[k]);
        from_here = from_next;
    }
    *area = sum / (double)n / (s->highest - s->lowest);
    free(count);
    return true;
}

static bool measure_levels(const double *level, int64_t n, const struct scale *s,
                           struct volume_histogram *h, struct err *e)
{
    h->volume_at_10 = share_from(level, n, level_from(s, 0.1));
    h->volume_at_90 = share_from(level, n, level_from(s, 0.9));
    h->volume_difference = h->volume_at_10 - h->volume_at_90;
    if (!intensities(level, n, s, h, e))
        return false;
    h->intensity_difference = h->intensity_at_10 - h->intensity_at_90;
    if (!(s->lowest < s->highest))
        h->area = 0;
    else if (s->occurring)
        return uneven_area(level, n, s, &h->area, e);
    else
        h->area = even_area(level, n, s);
    return true;
}

bool volume_histogram_of(const double *value, int64_t n, const struct ivh_settings *s,
                         struct volume_histogram *out, struct err *e)
{
    struct scale scale = {0};
    const struct limits limits = limits_of(value, n);
    double *level = mem_big((size_t)n, sizeof *level, e);
    bool good = level && make_scale(s, &limits, value, n, &scale, e);
    for (int64_t i = 0; good && i < n; i++)
        level[i] = value[i];
    if (good) {
        to_levels(s, &limits, &scale, n, level);
        good = measure_levels(level, n, &scale, out, e);
    }
    free(scale.occurring);
    mem_big_free(level);
    return good;
}

bool volume_histogram_measure(const struct family *self, const struct family_input *in,
                              const bool *wanted, struct fvalue *out, struct err *e)
{
    struct volume_histogram h;
    const struct response *r = in->response;
    struct ivh_settings s = in->settings->ivh;
    s.has_range = s.has_range && !r->filtered; /* it is of the image's own intensities */
    if (!volume_histogram_of(r->sample, r->n_voxels, &s, &h, e))
        return false;
    fields_deliver(self, &h, "no grey level lies in so small a part of the ROI", wanted, out);
    return true;
}
