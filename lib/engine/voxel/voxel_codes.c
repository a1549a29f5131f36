#include "engine/voxel/voxel_codes.h"

#include "base/mem.h"
#include "base/num.h"
#include "vol/runs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_VALUES = VALUE_NONE - VALUE_FIRST };

/* Whole numbers that lie close to each other are their own codes. */
static bool are_close(const double *x, int64_t n, double *lowest)
{
    double lo = x[0], hi = x[0];
    bool whole = true;
    for (int64_t i = 0; i < n; i++) {
        whole = whole && x[i] == rint(x[i]);
        lo = x[i] < lo ? x[i] : lo;
        hi = x[i] > hi ? x[i] : hi;
    }
    *lowest = lo;
    return whole && hi - lo < MOST_VALUES;
}

static bool has_nan(const double *x, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        if (isnan(x[i]))
            return true;
    return false;
}

/* value[n] in ascending order, each once; returns how many. */
static int64_t sort_values(double *value, int64_t n)
{
    int64_t kept = 1;
    qsort(value, (size_t)n, sizeof *value, num_ascending);
    for (int64_t i = 1; i < n; i++)
        if (value[i] != value[kept - 1])
            value[kept++] = value[i];
    return kept;
}

/* How many of value[n] are less than x, which is one of them. */
static int64_t place_of(double x, const double *value, int64_t n)
{
    const double *from = value;
    for (; n > 1; n -= n / 2)
        from = from[n / 2] <= x ? from + n / 2 : from;
    return from - value;
}

static void encode(struct value_codes *c, const struct response *r, int64_t n_values)
{
    struct run run;
    const int64_t *size = r->box.size, n = box_voxels(&r->box);
    for (int64_t at = 0; runs_next(r->mask, n, at, &run); at = run.start + run.n)
        for (int64_t i = run.start; i < run.start + run.n; i++) {
            int64_t x = i % size[0], y = i / size[0] % size[1], z = i / size[0] / size[1];
            int64_t place = c->value ? place_of(r->value[i], c->value, n_values)
                                     : (int64_t)(r->value[i] - c->lowest);
            c->code[c->first + z * c->plane + y * c->row + x] = (int16_t)(VALUE_FIRST + place);
        }
}

static bool open_codes(struct value_codes *c, const int64_t size[3], const int64_t radius[3],
                       struct err *e)
{
    c->row = size[0] + 2 * radius[0] + VALUE_SPARE;
    c->plane = c->row * (size[1] + 2 * radius[1]);
    c->first = radius[0] + radius[1] * c->row + radius[2] * c->plane;
    int64_t n = c->plane * (size[2] + 2 * radius[2]);
    c->code = mem_big((size_t)n, sizeof *c->code, e);
    for (int64_t i = 0; c->code && i < n; i++)
        c->code[i] = VALUE_NONE;
    return c->code != NULL;
}

/* The values in ascending order, unless they are their own codes. */
static bool open_values(struct value_codes *c, const struct response *r, int64_t *n, struct err *e)
{
    *n = 0;
    if (are_close(r->sample, r->n_voxels, &c->lowest))
        return true;
    c->value = mem_big((size_t)r->n_voxels, sizeof *c->value, e);
    if (!c->value)
        return false;
    memcpy(c->value, r->sample, (size_t)r->n_voxels * sizeof *c->value);
    *n = sort_values(c->value, r->n_voxels);
    return true;
}

bool value_codes_open(struct value_codes *c, const struct response *r, const int64_t radius[3],
                      struct err *e)
{
    int64_t n_values = 0;
    *c = (struct value_codes){0};
    if (has_nan(r->sample, r->n_voxels))
        return true;
    bool good = open_values(c, r, &n_values, e);
    if (good && n_values <= MOST_VALUES)
        good = open_codes(c, r->box.size, radius, e);
    if (c->code)
        encode(c, r, n_values);
    else
        value_codes_close(c);
    return good;
}

void value_codes_close(struct value_codes *c)
{
    mem_big_free(c->code);
    mem_big_free(c->value);
    *c = (struct value_codes){0};
}
