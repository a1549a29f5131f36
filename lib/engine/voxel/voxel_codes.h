/* The values of a response as small numbers in the same order, for sorting and comparing many at a
 * time. */
#ifndef RADMILL_ENGINE_VOXEL_CODES_H
#define RADMILL_ENGINE_VOXEL_CODES_H

#include "engine/filters/response.h"

enum { VALUE_NONE = INT16_MAX, VALUE_FIRST = INT16_MIN }; /* codes */
enum { VALUE_SPARE = 8 };                                 /* codes of nothing behind each row */

struct value_codes {
    int16_t *code;             /* NULL: there are none. VALUE_NONE outside the mask */
    int64_t first, row, plane; /* voxel (x, y, z) has code[first + z * plane + y * row + x], and so
                                * have voxels up to the radius beyond the box */
    double lowest;             /* value of VALUE_FIRST */
    double *value;             /* of VALUE_FIRST + i; NULL: lowest + i */
};

/* radius: per axis, how far beyond the box of r codes are asked for. Leaves c without codes where
 * one value is NaN or there are more than 65535 different ones that are not whole numbers close to
 * each other. Errors: ERR_FAILED without memory. Release with value_codes_close. */
bool value_codes_open(struct value_codes *c, const struct response *r, const int64_t radius[3],
                      struct err *e);
void value_codes_close(struct value_codes *c);

static inline double value_codes_at(const struct value_codes *c, int16_t code)
{
    int i = code - VALUE_FIRST;
    return c->value ? c->value[i] : c->lowest + i;
}

#endif
