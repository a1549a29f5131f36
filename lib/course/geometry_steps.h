/* The steps of geometry.h, each in a file of its own. */
#ifndef RADMILL_COURSE_GEOMETRY_STEPS_H
#define RADMILL_COURSE_GEOMETRY_STEPS_H

#include "base/err.h"
#include "course/planes.h"

#include <math.h>

static inline double geometry_dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static inline double geometry_tolerance_mm(double spacing_mm)
{
    return fmax(GEOMETRY_TOLERANCE * spacing_mm, GEOMETRY_LEAST_MM);
}

/* Half of the last place that positions show, at most 0.05 mm and a tenth of the spacing; 0 where
 * that is not known. */
double geometry_rounding_mm(const struct geometry_rules *rules, double spacing_mm);

/* Finds the step between the sorted planes and adds interpolated ones. out: rounded_mm, made_up. */
bool geometry_find_step(struct plane *plane, size_t *n, const struct geometry_rules *rules,
                        double *step_mm, struct geometry *out, struct err *e);

/* Completes the grid of an even stack: displaced planes are cropped, or the axes (row, column,
 * normal) are turned. out: grid, tilted, sheared. */
bool geometry_settle_shear(struct plane *plane, size_t n, const struct geometry_rules *rules,
                           double axis[3][3], double step_mm, struct geometry *out, struct err *e);

#endif
