#include "engine/preprocess/interpolate.h"

#include <math.h>
#include <stddef.h>

static void nearest_line(const struct samples *s, const struct line_map *line, int64_t from,
                         int64_t n, double *out)
{
    for (int64_t i = 0; i < n; i++) {
        int64_t at = 0;
        for (int axis = 0; axis < 3; axis++) {
            double c = line_map_at(line, from + i, axis);
            at += samples_offset(s, axis, (int64_t)floor(c + 0.5));
        }
        out[i] = s->value[at];
    }
}

/* Value at a corner of the cell: bit `axis` of `corner` says whether that axis takes a step. */
struct cell {
    const double *base;
    int64_t step[3]; /* 0: the axis is not interpolated */
    double part[3];
};

static double along(const struct cell *c, int axis, int64_t at)
{
    if (axis < 0)
        return c->base[at];
    double v0 = along(c, axis - 1, at);
    if (c->step[axis] == 0)
        return v0;
    return v0 + (along(c, axis - 1, at + c->step[axis]) - v0) * c->part[axis];
}

static void linear_line(const struct samples *s, const struct line_map *line, int64_t from,
                        int64_t n, double *out)
{
    for (int64_t i = 0; i < n; i++) {
        struct cell cell;
        int64_t at = 0;
        for (int axis = 0; axis < 3; axis++) {
            double c = line_map_at(line, from + i, axis);
            int64_t b = (int64_t)floor(c);
            b = b > 0 ? b : 0;
            cell.part[axis] = c - (double)b;
            bool between = cell.part[axis] > 0 && b + 1 < s->full[axis];
            at += samples_offset(s, axis, b);
            cell.step[axis] =
                between ? samples_offset(s, axis, b + 1) - samples_offset(s, axis, b) : 0;
        }
        cell.base = s->value + at;
        out[i] = along(&cell, 2, 0);
    }
}

static const struct interpolation simple[] = {
    {INTERP_NEAREST, 1, NULL, nearest_line, NULL},
    {INTERP_LINEAR, 2, NULL, linear_line, NULL},
};

const struct interpolation *interpolation_find(enum interpolator how)
{
    static const struct {
        const struct interpolation *row;
        size_t n;
    } group[] = {
        {simple, sizeof simple / sizeof *simple},
        {&interpolation_bspline, 1},
        {interpolation_sinc, 5},
        {interpolation_gauss, 2},
    };
    for (size_t g = 0; g < sizeof group / sizeof *group; g++)
        for (size_t i = 0; i < group[g].n; i++)
            if (group[g].row[i].how == how)
                return &group[g].row[i];
    return NULL;
}
