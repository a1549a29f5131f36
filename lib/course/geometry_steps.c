/* The step between planes: even, rounded, or with planes missing. */
#include "course/geometry_steps.h"

#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static bool median_gap(const struct plane *plane, size_t n, double *median, struct err *e)
{
    double *gap = malloc(n * sizeof *gap);
    if (!gap)
        return err_set(e, ERR_FAILED, "out of memory");
    for (size_t k = 0; k + 1 < n; k++)
        gap[k] = plane[k + 1].along_mm - plane[k].along_mm;
    qsort(gap, n - 1, sizeof *gap, by_value);
    *median = gap[(n - 1) / 2];
    free(gap);
    return true;
}

static bool refuse_gaps(const struct plane *plane, size_t n, bool may_be_made_up, struct err *e)
{
    double median = 0, least = INFINITY, most = 0;
    size_t wide = 0, where = 0;
    long long missing = 0;
    if (!median_gap(plane, n, &median, e))
        return false;
    for (size_t k = 0; k + 1 < n; k++) {
        double gap = plane[k + 1].along_mm - plane[k].along_mm;
        least = fmin(least, gap), most = fmax(most, gap);
        if (gap > 1.5 * median) {
            missing += llround(gap / median) - 1;
            where = wide++ ? where : k;
        }
    }
    if (wide)
        return err_set(e, ERR_REFUSED,
                       "missing slices: about %lld, in %zu gap%s; the first is %g mm wide, from %g "
                       "to %g mm along the normal, where the spacing is %g mm (%s)",
                       missing, wide, wide > 1 ? "s" : "",
                       plane[where + 1].along_mm - plane[where].along_mm, plane[where].along_mm,
                       plane[where + 1].along_mm, median,
                       may_be_made_up ? "MISSING_SLICES=interpolate makes them up"
                                      : "MISSING_SLICES=interpolate makes up single slices, 5 % of "
                                        "a series at most");
    return err_set(e, ERR_REFUSED,
                   "uneven slice spacing: from %g to %g mm (a slice may be %g%% of the spacing or "
                   "%g mm off its place)",
                   least, most, 100 * GEOMETRY_TOLERANCE, GEOMETRY_LEAST_MM);
}

double geometry_rounding_mm(const struct geometry_rules *rules, double spacing_mm)
{
    if (!rules->has_decimals)
        return 0;
    double half = 0.5 * pow(10, -rules->position_decimals);
    return fmin(fmin(half, 0.05), 0.1 * spacing_mm);
}

/* Are n planes even within the plain tolerance? */
static bool is_even(const struct plane *plane, size_t n, double step_mm)
{
    double allowed = geometry_tolerance_mm(step_mm);
    for (size_t k = 0; k < n; k++)
        if (!(fabs(plane[k].along_mm - plane[0].along_mm - (double)k * step_mm) <= allowed))
            return false;
    return true;
}

/* Half of the range of the planes' deviations from an even grid of this step: each plane is within
 * that distance of its place, and each gap within twice that of the step. */
static double spread_mm(const struct plane *plane, size_t n, double step_mm)
{
    double least = 0, most = 0;
    for (size_t k = 0; k < n; k++) {
        double off = plane[k].along_mm - plane[0].along_mm - (double)k * step_mm;
        least = fmin(least, off), most = fmax(most, off);
    }
    return (most - least) / 2;
}

static bool refuse_shared(const struct plane *plane, size_t n, struct err *e)
{
    size_t shared = 0, where = 0;
    for (size_t k = 0; k + 1 < n; k++)
        if (plane[k + 1].along_mm - plane[k].along_mm < GEOMETRY_SAME_PLACE_MM)
            where = shared++ ? where : k;
    return !shared || err_set(e, ERR_REFUSED,
                              "%zu of %zu slices share their position with another (the first at "
                              "%g mm along the normal): more than one volume in the series",
                              shared, n, plane[where].along_mm);
}

/* The index of each plane on a grid with single gaps; returns the number of planes of that grid, or
 * 0 when the planes do not fit one or too many are missing. */
static size_t find_places(const struct plane *plane, size_t n, const struct geometry_rules *rules,
                          double step_mm)
{
    size_t missing = 0;
    double allowed = geometry_tolerance_mm(step_mm);
    allowed = 2 * fmax(allowed, geometry_rounding_mm(rules, step_mm));
    for (size_t k = 0; k + 1 < n; k++) {
        double gap = plane[k + 1].along_mm - plane[k].along_mm;
        double steps = gap < 1.5 * step_mm ? 1 : 2;
        if (!(fabs(gap - steps * step_mm) <= allowed))
            return 0;
        missing += steps > 1;
    }
    return (double)missing <= GEOMETRY_MOST_MADE_UP * (double)(n + missing) ? missing : 0;
}

/* Adds a plane in the middle of each gap of two steps. */
static void make_up(struct plane *plane, size_t *n, size_t missing, double step_mm)
{
    size_t to = *n + missing - 1;
    for (size_t k = *n; k-- > 0;) {
        plane[to--] = plane[k];
        if (k == 0 || plane[to + 1].along_mm - plane[k - 1].along_mm < 1.5 * step_mm)
            continue;
        struct plane *added = &plane[to--], *after = added + 1;
        *added = plane[k - 1];
        added->made_up = true;
        added->along_mm = (plane[k - 1].along_mm + after->along_mm) / 2;
        for (int i = 0; i < 3; i++)
            added->position_mm[i] = (plane[k - 1].position_mm[i] + after->position_mm[i]) / 2;
    }
    *n += missing;
}

/* An even stack from which single planes are missing; they are interpolated when the user asks for
 * that. */
static bool settle_gaps(struct plane *plane, size_t *n, const struct geometry_rules *rules,
                        struct geometry *out, struct err *e)
{
    double median = 0;
    if (!median_gap(plane, *n, &median, e))
        return false;
    size_t missing = find_places(plane, *n, rules, median);
    if (missing == 0 || !rules->interpolate)
        return refuse_gaps(plane, *n, missing > 0, e);
    make_up(plane, n, missing, median);
    out->made_up = missing;
    return true;
}

static bool is_stack(const struct plane *plane, size_t n, const struct geometry_rules *rules,
                     double *step_mm, struct geometry *out)
{
    *step_mm = (plane[n - 1].along_mm - plane[0].along_mm) / (double)(n - 1);
    if (is_even(plane, n, *step_mm))
        return true;
    double spread = spread_mm(plane, n, *step_mm);
    if (!(spread <= geometry_rounding_mm(rules, *step_mm) * (1 + 1e-6)))
        return false;
    out->rounded_mm = spread;
    return true;
}

bool geometry_find_step(struct plane *plane, size_t *n, const struct geometry_rules *rules,
                        double *step_mm, struct geometry *out, struct err *e)
{
    if (*n == 1) {
        *step_mm = plane[0].thickness_mm;
        return *step_mm > 0 ||
               err_set(e, ERR_REFUSED, "one slice only, and its thickness is not given");
    }
    if (!refuse_shared(plane, *n, e))
        return false;
    if (is_stack(plane, *n, rules, step_mm, out))
        return true;
    return settle_gaps(plane, n, rules, out, e) &&
           (is_stack(plane, *n, rules, step_mm, out) || refuse_gaps(plane, *n, false, e));
}
