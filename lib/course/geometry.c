#include "course/geometry.h"

#include <math.h>
#include <stdlib.h>

/* Direction cosines are written with few digits: how far unit vectors and right angles may be off,
 * and how far two planes' directions may differ. */
static const double cosine_tolerance = 1e-3, parallel_tolerance = 1e-4;

static double dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void cross(const double a[3], const double b[3], double out[3])
{
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

static double tolerance_mm(double spacing_mm)
{
    return fmax(GEOMETRY_TOLERANCE * spacing_mm, GEOMETRY_LEAST_MM);
}

/* Row, column and normal as an orthonormal frame. Vectors that are unit length and perpendicular
 * already are taken as they are, bit for bit. */
static bool axes_of(const struct plane *p, double row[3], double column[3], double normal[3],
                    struct err *e)
{
    for (int i = 0; i < 3; i++)
        row[i] = p->orientation[i], column[i] = p->orientation[3 + i];
    double length_row = sqrt(dot(row, row)), length_column = sqrt(dot(column, column));
    double skew = dot(row, column);
    if (!(fabs(length_row - 1) <= cosine_tolerance && fabs(length_column - 1) <= cosine_tolerance &&
          fabs(skew) <= cosine_tolerance))
        return err_set(e, ERR_REFUSED,
                       "ImageOrientationPatient holds no two perpendicular unit vectors "
                       "(lengths %g and %g, product %g)",
                       length_row, length_column, skew);
    for (int i = 0; i < 3; i++)
        row[i] /= length_row;
    skew = dot(row, column);
    for (int i = 0; i < 3; i++)
        column[i] -= skew * row[i];
    length_column = sqrt(dot(column, column));
    for (int i = 0; i < 3; i++)
        column[i] /= length_column;
    cross(row, column, normal);
    return true;
}

static bool check_alike(const struct plane *plane, size_t n, struct err *e)
{
    const struct plane *a = &plane[0];
    for (size_t k = 0; k < n; k++) {
        const struct plane *b = &plane[k];
        if (b->rows < 1 || b->columns < 1)
            return err_set(e, ERR_REFUSED, "an image of %lld x %lld pixels", (long long)b->columns,
                           (long long)b->rows);
        if (b->rows != a->rows || b->columns != a->columns)
            return err_set(e, ERR_REFUSED, "mixed sizes: %lld x %lld and %lld x %lld pixels",
                           (long long)a->columns, (long long)a->rows, (long long)b->columns,
                           (long long)b->rows);
        for (int i = 0; i < 2; i++) {
            if (!(b->spacing_mm[i] > 0))
                return err_set(e, ERR_REFUSED, "PixelSpacing %g is not positive", b->spacing_mm[i]);
            if (fabs(b->spacing_mm[i] - a->spacing_mm[i]) > 1e-5 * a->spacing_mm[i])
                return err_set(e, ERR_REFUSED, "mixed pixel spacings: %g x %g mm and %g x %g mm",
                               a->spacing_mm[1], a->spacing_mm[0], b->spacing_mm[1],
                               b->spacing_mm[0]);
        }
        double most = 0;
        for (int i = 0; i < 6; i++)
            most = fmax(most, fabs(b->orientation[i] - a->orientation[i]));
        if (!(most <= parallel_tolerance))
            return err_set(e, ERR_REFUSED,
                           "mixed orientations: direction cosines differ by up to %g", most);
    }
    return true;
}

static int by_position(const void *a, const void *b)
{
    const struct plane *p = a, *q = b;
    if (p->along_mm != q->along_mm)
        return p->along_mm < q->along_mm ? -1 : 1;
    if (p->source != q->source)
        return p->source < q->source ? -1 : 1;
    return p->frame < q->frame ? -1 : p->frame > q->frame;
}

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

static bool refuse_gaps(const struct plane *plane, size_t n, struct err *e)
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
                       "to %g mm along the normal, where the spacing is %g mm",
                       missing, wide, wide > 1 ? "s" : "",
                       plane[where + 1].along_mm - plane[where].along_mm, plane[where].along_mm,
                       plane[where + 1].along_mm, median);
    return err_set(e, ERR_REFUSED,
                   "uneven slice spacing: from %g to %g mm (a slice may be %g%% of the spacing or "
                   "%g mm off its place)",
                   least, most, 100 * GEOMETRY_TOLERANCE, GEOMETRY_LEAST_MM);
}

/* The step between planes, when they are evenly spaced. */
static bool find_step(const struct plane *plane, size_t n, double *step_mm, struct err *e)
{
    if (n == 1) {
        *step_mm = plane[0].thickness_mm;
        return *step_mm > 0 ||
               err_set(e, ERR_REFUSED, "one slice only, and its thickness is not given");
    }
    size_t shared = 0, where = 0;
    for (size_t k = 0; k + 1 < n; k++)
        if (plane[k + 1].along_mm - plane[k].along_mm < 1e-3)
            where = shared++ ? where : k;
    if (shared)
        return err_set(e, ERR_REFUSED,
                       "%zu of %zu slices share their position with another (the first at %g mm "
                       "along the normal): more than one volume in the series",
                       shared, n, plane[where].along_mm);
    *step_mm = (plane[n - 1].along_mm - plane[0].along_mm) / (double)(n - 1);
    double allowed = tolerance_mm(*step_mm);
    for (size_t k = 0; k < n; k++)
        if (fabs(plane[k].along_mm - plane[0].along_mm - (double)k * *step_mm) > allowed)
            return refuse_gaps(plane, n, e);
    return true;
}

/* Displacement of plane k in its plane, in pixels: columns, rows. */
static void displacement(const struct plane *plane, size_t k, const double row[3],
                         const double column[3], double out[2])
{
    double d[3];
    for (int i = 0; i < 3; i++)
        d[i] = plane[k].position_mm[i] - plane[0].position_mm[i];
    out[0] = dot(d, row) / plane[0].spacing_mm[1];
    out[1] = dot(d, column) / plane[0].spacing_mm[0];
}

static bool refuse_tilt(const struct plane *plane, size_t n, const double per_slice[2],
                        double step_mm, struct err *e)
{
    double x = per_slice[0] * plane[0].spacing_mm[1], y = per_slice[1] * plane[0].spacing_mm[0];
    return err_set(e, ERR_REFUSED,
                   "gantry tilt: the %zu slices are sheared by %g mm along rows and %g mm along "
                   "columns per slice (%.2f degrees), no whole number of pixels",
                   n, x, y, atan2(hypot(x, y), step_mm) * 180 / M_PI);
}

/* Whole-pixel displacements become crops; shift[] is that of each plane against the first. */
static bool crop_tilt(struct plane *plane, size_t n, const double row[3], const double column[3],
                      double step_mm, struct grid *grid, bool *tilted, struct err *e)
{
    int64_t lo[2] = {0, 0}, hi[2] = {0, 0};
    double last[2];
    displacement(plane, n - 1, row, column, last);
    for (size_t k = 0; k < n; k++) {
        double d[2];
        displacement(plane, k, row, column, d);
        for (int i = 0; i < 2; i++) {
            double whole = nearbyint(d[i]), spacing = plane[0].spacing_mm[1 - i];
            if (!(fabs(d[i] - whole) * spacing <= tolerance_mm(spacing) && fabs(whole) < 1e6)) {
                double per_slice[2] = {last[0] / (double)(n - 1), last[1] / (double)(n - 1)};
                return refuse_tilt(plane, n, per_slice, step_mm, e);
            }
            plane[k].first[i] = (int64_t)whole;
            lo[i] = plane[k].first[i] < lo[i] ? plane[k].first[i] : lo[i];
            hi[i] = plane[k].first[i] > hi[i] ? plane[k].first[i] : hi[i];
        }
    }
    *tilted = false;
    for (int i = 0; i < 2; i++) {
        grid->size[i] -= hi[i] - lo[i];
        *tilted = *tilted || hi[i] > lo[i];
        if (grid->size[i] < 1)
            return err_set(e, ERR_REFUSED, "gantry tilt: the slices have no pixel in common");
        for (size_t k = 0; k < n; k++)
            plane[k].first[i] = hi[i] - plane[k].first[i];
    }
    for (int r = 0; r < 3; r++)
        grid->origin_mm[r] += (double)hi[0] * grid->spacing_mm[0] * row[r] +
                              (double)hi[1] * grid->spacing_mm[1] * column[r];
    return true;
}

bool geometry_build(struct plane *plane, size_t n, struct grid *grid, bool *tilted, struct err *e)
{
    double row[3], column[3], normal[3], step_mm = 0;
    if (!check_alike(plane, n, e) || !axes_of(&plane[0], row, column, normal, e))
        return false;
    for (size_t k = 0; k < n; k++)
        plane[k].along_mm = dot(plane[k].position_mm, normal);
    qsort(plane, n, sizeof *plane, by_position);
    if (!find_step(plane, n, &step_mm, e))
        return false;
    *grid = (struct grid){
        .dims = 3,
        .size = {plane[0].columns, plane[0].rows, (int64_t)n},
        .spacing_mm = {plane[0].spacing_mm[1], plane[0].spacing_mm[0], step_mm},
    };
    for (int r = 0; r < 3; r++) {
        grid->origin_mm[r] = plane[0].position_mm[r] + 0.0; /* no -0 in what people read */
        grid->direction[3 * r] = row[r] + 0.0;
        grid->direction[3 * r + 1] = column[r] + 0.0;
        grid->direction[3 * r + 2] = normal[r] + 0.0;
    }
    return crop_tilt(plane, n, row, column, step_mm, grid, tilted, e) && grid_settle(grid, e);
}
