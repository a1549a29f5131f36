#include "course/geometry.h"

#include "course/geometry_steps.h"

#include <math.h>
#include <stdlib.h>

/* Direction cosines are written with few digits: how far unit vectors and right angles may be off,
 * and how far two planes' directions may differ. */
static const double cosine_tolerance = 1e-3, parallel_tolerance = 1e-4;

/* The product of two unit vectors with three decimals: each is off by up to sqrt(3) * 0.0005. */
static const double cosine_tolerance_of_three = 1.75e-3;

static void cross(const double a[3], const double b[3], double out[3])
{
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

/* Row, column and normal as an orthonormal frame. Vectors that are unit length and perpendicular
 * already are taken as they are, bit for bit. */
static bool axes_of(const struct plane *p, const struct geometry_rules *rules, double axis[3][3],
                    struct err *e)
{
    double *row = axis[0], *column = axis[1], allowed = cosine_tolerance;
    if (rules->has_decimals && rules->cosine_decimals == 3 && !rules->no_shear)
        allowed = cosine_tolerance_of_three;
    for (int i = 0; i < 3; i++)
        row[i] = p->orientation[i], column[i] = p->orientation[3 + i];
    double length_row = sqrt(geometry_dot(row, row)),
           length_column = sqrt(geometry_dot(column, column));
    double skew = geometry_dot(row, column);
    if (!(fabs(length_row - 1) <= allowed && fabs(length_column - 1) <= allowed &&
          fabs(skew) <= allowed))
        return err_set(e, ERR_REFUSED,
                       "ImageOrientationPatient holds no two perpendicular unit vectors "
                       "(lengths %g and %g, product %g)",
                       length_row, length_column, skew);
    for (int i = 0; i < 3; i++)
        row[i] /= length_row;
    skew = geometry_dot(row, column);
    for (int i = 0; i < 3; i++)
        column[i] -= skew * row[i];
    length_column = sqrt(geometry_dot(column, column));
    for (int i = 0; i < 3; i++)
        column[i] /= length_column;
    cross(row, column, axis[2]);
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

static bool sort(struct plane *plane, size_t n, const struct geometry_rules *rules,
                 double axis[3][3], struct err *e)
{
    if (!check_alike(plane, n, e) || !axes_of(&plane[0], rules, axis, e))
        return false;
    for (size_t k = 0; k < n; k++)
        plane[k].along_mm = geometry_dot(plane[k].position_mm, axis[2]);
    qsort(plane, n, sizeof *plane, by_position);
    return true;
}

bool geometry_sort(struct plane *plane, size_t n, const struct geometry_rules *rules, struct err *e)
{
    double axis[3][3];
    return sort(plane, n, rules, axis, e);
}

bool geometry_build(struct plane *plane, size_t *n, const struct geometry_rules *rules,
                    struct geometry *out, struct err *e)
{
    double axis[3][3], step_mm = 0;
    *out = (struct geometry){0};
    return sort(plane, *n, rules, axis, e) &&
           geometry_find_step(plane, n, rules, &step_mm, out, e) &&
           geometry_settle_shear(plane, *n, rules, axis, step_mm, out, e) &&
           grid_settle(&out->grid, e);
}
