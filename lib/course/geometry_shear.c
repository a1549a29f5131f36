/* Planes that are displaced in their own plane: cropped, turned, or refused. */
#include "course/geometry_steps.h"

/* Displacement of plane k in its plane, in pixels: columns, rows. */
static void displacement(const struct plane *plane, size_t k, const double row[3],
                         const double column[3], double out[2])
{
    double d[3];
    for (int i = 0; i < 3; i++)
        d[i] = plane[k].position_mm[i] - plane[0].position_mm[i];
    out[0] = geometry_dot(d, row) / plane[0].spacing_mm[1];
    out[1] = geometry_dot(d, column) / plane[0].spacing_mm[0];
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

/* Whole-pixel displacements; false: some plane has another one. */
static bool whole_pixels(struct plane *plane, size_t n, const struct geometry_rules *rules,
                         double axis[3][3], int64_t lo[2], int64_t hi[2])
{
    for (size_t k = 0; k < n; k++) {
        double d[2];
        displacement(plane, k, axis[0], axis[1], d);
        for (int i = 0; i < 2; i++) {
            double whole = nearbyint(d[i]), spacing = plane[0].spacing_mm[1 - i];
            double allowed =
                fmax(geometry_tolerance_mm(spacing), 2 * geometry_rounding_mm(rules, spacing));
            if (!(fabs(d[i] - whole) * spacing <= allowed && fabs(whole) < 1e6))
                return false;
            plane[k].first[i] = (int64_t)whole;
            lo[i] = plane[k].first[i] < lo[i] ? plane[k].first[i] : lo[i];
            hi[i] = plane[k].first[i] > hi[i] ? plane[k].first[i] : hi[i];
        }
    }
    return true;
}

/* Displacements become crops. */
static bool crop(struct plane *plane, size_t n, double axis[3][3], const int64_t lo[2],
                 const int64_t hi[2], struct geometry *out, struct err *e)
{
    struct grid *grid = &out->grid;
    for (int i = 0; i < 2; i++) {
        grid->size[i] -= hi[i] - lo[i];
        out->tilted = out->tilted || hi[i] > lo[i];
        if (grid->size[i] < 1)
            return err_set(e, ERR_REFUSED, "gantry tilt: the slices have no pixel in common");
        for (size_t k = 0; k < n; k++)
            plane[k].first[i] = hi[i] - plane[k].first[i];
    }
    for (int r = 0; r < 3; r++)
        grid->origin_mm[r] += (double)hi[0] * grid->spacing_mm[0] * axis[0][r] +
                              (double)hi[1] * grid->spacing_mm[1] * axis[1][r];
    return true;
}

/* The direction of the stack, when its planes lie on one straight line. */
static bool line_of(const struct plane *plane, size_t n, const struct geometry_rules *rules,
                    double axis[3][3], double direction[3], double *step_mm)
{
    double last[3];
    for (int i = 0; i < 3; i++)
        last[i] = plane[n - 1].position_mm[i] - plane[0].position_mm[i];
    double length = sqrt(geometry_dot(last, last));
    for (int i = 0; i < 3; i++)
        direction[i] = last[i] / length;
    *step_mm = length / (double)(n - 1);
    for (size_t k = 0; k < n; k++) {
        double off[3];
        for (int i = 0; i < 3; i++)
            off[i] = plane[k].position_mm[i] - plane[0].position_mm[i] -
                     (double)k / (double)(n - 1) * last[i];
        for (int i = 0; i < 2; i++) {
            double spacing = plane[0].spacing_mm[1 - i];
            double allowed =
                fmax(geometry_tolerance_mm(spacing), 2 * geometry_rounding_mm(rules, spacing));
            if (!(fabs(geometry_dot(off, axis[i])) <= allowed))
                return false;
        }
    }
    return true;
}

/* A shear that comes from cosines with few decimals, three at least: the stack's direction is the
 * normal, and row and column are made perpendicular to it. */
static bool turn(const struct plane *plane, size_t n, const struct geometry_rules *rules,
                 double axis[3][3], double *step_mm, struct geometry *out)
{
    double direction[3], sum = 0;
    if (!rules->has_decimals || rules->no_shear || rules->cosine_decimals < 3 || n < 2 ||
        !line_of(plane, n, rules, axis, direction, step_mm))
        return false;
    for (int i = 0; i < 3; i++)
        sum += fabs(direction[i]);
    const double explained = 0.5 * pow(10, -rules->cosine_decimals) * sum;
    double most = 0;
    for (int a = 0; a < 2; a++)
        most = fmax(most, fabs(geometry_dot(direction, axis[a])));
    if (!(most <= explained) || !(geometry_dot(direction, axis[2]) > 0))
        return false;
    double skew = geometry_dot(axis[0], direction), length = 0;
    for (int i = 0; i < 3; i++)
        axis[0][i] -= skew * direction[i];
    length = sqrt(geometry_dot(axis[0], axis[0]));
    for (int i = 0; i < 3; i++)
        axis[0][i] /= length, axis[2][i] = direction[i];
    for (int i = 0; i < 3; i++) { /* column = normal x row */
        int j = (i + 1) % 3, k = (i + 2) % 3;
        axis[1][i] = axis[2][j] * axis[0][k] - axis[2][k] * axis[0][j];
    }
    out->sheared = most;
    return true;
}

static void fill_grid(const struct plane *plane, size_t n, double axis[3][3], double step_mm,
                      struct grid *grid)
{
    *grid = (struct grid){
        .dims = 3,
        .size = {plane[0].columns, plane[0].rows, (int64_t)n},
        .spacing_mm = {plane[0].spacing_mm[1], plane[0].spacing_mm[0], step_mm},
    };
    for (int r = 0; r < 3; r++) {
        grid->origin_mm[r] = plane[0].position_mm[r] + 0.0; /* avoids -0 in text for people */
        for (int a = 0; a < 3; a++)
            grid->direction[3 * r + a] = axis[a][r] + 0.0;
    }
}

bool geometry_settle_shear(struct plane *plane, size_t n, const struct geometry_rules *rules,
                           double axis[3][3], double step_mm, struct geometry *out, struct err *e)
{
    int64_t lo[2] = {0, 0}, hi[2] = {0, 0};
    double last[2], straight_mm;
    displacement(plane, n - 1, axis[0], axis[1], last);
    if (whole_pixels(plane, n, rules, axis, lo, hi)) {
        fill_grid(plane, n, axis, step_mm, &out->grid);
        return crop(plane, n, axis, lo, hi, out, e);
    }
    for (size_t k = 0; k < n; k++)
        plane[k].first[0] = plane[k].first[1] = 0;
    if (turn(plane, n, rules, axis, &straight_mm, out)) {
        fill_grid(plane, n, axis, straight_mm, &out->grid);
        return true;
    }
    double per_slice[2] = {last[0] / (double)(n - 1), last[1] / (double)(n - 1)};
    return refuse_tilt(plane, n, per_slice, step_mm, e);
}
