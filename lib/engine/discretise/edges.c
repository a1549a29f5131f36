#include "engine/discretise/edges.h"

#include <math.h>

/* Levels are 32-bit integers, also the sum of two of them. */
enum { MOST_EDGES = 1 << 30 };

static bool number(struct edges *g, double n, struct err *e)
{
    if (!(n <= MOST_EDGES))
        return err_set(e, ERR_REFUSED,
                       "the bins of the grey levels are too narrow: %.17g would be needed", n);
    g->n = (int64_t)n;
    return true;
}

/* x - floor(x / w) * w in exact arithmetic, the sign of w (Python's %). */
static double floor_mod(double x, double w)
{
    double m = fmod(x, w);
    return m < 0 ? m + w : m;
}

/* Edges at multiples of the width. Integer images with an integer width need no case of their own:
 * every quantity below is then an integer, exact in a double up to 2^53. */
static bool fixed_width(const struct value_range *range, double width, struct edges *g,
                        struct err *e)
{
    double lo = range->minimum - floor_mod(range->minimum, width);
    double hi = range->maximum + 2 * width;
    if (!number(g, fmax(ceil((hi - lo) / width), 2), e))
        return false;
    g->lo = lo;
    g->delta = (lo + width) - lo;
    g->second = lo + width;
    g->last = g->n == 2 ? g->second : lo + (double)(g->n - 1) * g->delta;
    return true;
}

/* As many bins as asked for; the edges take the type of the array. */
static bool fixed_count(const struct value_range *range, double count, struct edges *g,
                        struct err *e)
{
    double lo = range->minimum, hi = range->maximum;
    if (lo == hi)
        lo -= 0.5, hi += 0.5;
    if (!number(g, count + 1, e))
        return false;
    g->lo = lo;
    g->delta = (hi - lo) / count;
    g->second = g->rounded ? (float)(lo + g->delta) : lo + g->delta;
    g->last = g->rounded ? (float)hi + 1.0f : hi + 1; /* the maximum falls into the last bin */
    return true;
}

/* With a fixed count, 1 is added to the last edge. From 2^24 on in float32 (2^53 in double) that
 * does not change it, and the maximum gets a level of its own, as in pyradiomics; the formula for
 * levels does not give that one. */
static bool is_regular(const struct edges *g, double maximum)
{
    double largest = fmax(fabs(g->lo), fabs(g->last)), second = g->lo + g->delta;
    return maximum < g->last && g->delta > largest * (g->rounded ? 1e-5 : 1e-12) &&
           isfinite(1 / g->delta) &&
           (g->n == 2 || g->second == (g->rounded ? (double)(float)second : second));
}

bool edges_create(const struct value_range *range, enum pixel_type type,
                  const struct discretise_settings *s, struct edges *out, struct err *e)
{
    *out = (struct edges){.rounded = s->has_bin_count && type == PIXEL_F32};
    if (range->has_infinite)
        return err_set(e, ERR_REFUSED, "the ROI holds infinite values: no bins can be made");
    if (range->first_is_nan || (range->has_nan && s->has_bin_count))
        return err_set(e, ERR_REFUSED, "the ROI holds NaN values: no bins can be made");
    if (!s->has_bin_count && !(s->bin_width > 0 && isfinite(s->bin_width)))
        return err_set(e, ERR_REFUSED, "binWidth must be a positive number");
    if (s->has_bin_count ? !fixed_count(range, (double)s->bin_count, out, e)
                         : !fixed_width(range, s->bin_width, out, e))
        return false;
    out->regular = is_regular(out, range->maximum);
    return true;
}
