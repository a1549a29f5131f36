/* A small image and ROI given by a formula, for values that pyradiomics 3.0.1 computed from the
 * same formula; and running one family on them. */
#ifndef RADMILL_TESTS_FORMULA_H
#define RADMILL_TESTS_FORMULA_H

#include "engine/features/family.h"
#include "vol/runs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FORMULA_X = 11, FORMULA_Y = 9, FORMULA_Z = 7, FORMULA_N = 11 * 9 * 7, MAX_FEATURES = 64 };

struct formula_case {
    double value[FORMULA_N];
    uint8_t mask[FORMULA_N];
    struct response response;
};

struct reference {
    const char *name;
    double value;
};

static inline void formula_fill(struct formula_case *c)
{
    memset(c, 0, sizeof *c);
    int i = 0;
    for (int z = 0; z < FORMULA_Z; z++)
        for (int y = 0; y < FORMULA_Y; y++)
            for (int x = 0; x < FORMULA_X; x++, i++) {
                c->value[i] = (x * x * 7 + y * 13 + z * z * z * 3 + x * y * z) % 101 - 20 +
                              0.25 * ((x + y + z) % 4);
                int r2 = (x - 5) * (x - 5) * 4 + (y - 4) * (y - 4) * 6 + (z - 3) * (z - 3) * 9;
                c->mask[i] = r2 <= 100 || (x == 0 && y < 4 && z == 2);
                c->response.n_voxels += c->mask[i];
            }
    const int64_t size[] = {FORMULA_X, FORMULA_Y, FORMULA_Z};
    const double spacing_mm[] = {0.8, 1.1, 2.5};
    struct response *r = &c->response;
    strcpy(r->name, "original");
    r->grid = grid_unit();
    memcpy(r->grid.size, size, sizeof size);
    memcpy(r->box.size, size, sizeof size);
    memcpy(r->grid.spacing_mm, spacing_mm, sizeof spacing_mm);
    r->type = PIXEL_F64;
    r->value = c->value;
    r->mask = c->mask;
}

/* All features of one family, deprecated ones too; false when the family refuses the case. */
static inline bool formula_compute(const struct family *f, const struct response *r,
                                   const struct image_settings *s, struct fvalue *out)
{
    bool wanted[MAX_FEATURES];
    memset(wanted, 1, sizeof wanted);
    memset(out, 0, MAX_FEATURES * sizeof *out);
    struct levels levels = {0};
    struct err e;
    struct response gathered = *r;
    struct family_input in = {&gathered, NULL, &s->family};
    double *sample = NULL;
    bool ok = true;
    if (f->tap != TAP_SHAPE) {
        gathered.sample = sample = calloc((size_t)r->n_voxels, sizeof *sample);
        assert_non_null(sample);
        runs_gather(r->value, r->mask, box_voxels(&r->box), sample);
        ok = levels_create(&gathered, &s->discretise, &levels, &e);
        in.levels = &levels;
    }
    ok = ok && family_measure(f, &in, wanted, out, &e);
    levels_free(&levels);
    free(sample);
    return ok;
}

static inline bool formula_near(double value, double expected)
{
    return fabs(value - expected) <= 1e-12 * fmax(fabs(expected), 1e-3);
}

#endif
