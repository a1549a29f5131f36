/* Random volumes, and the comparison of a kernel's cells with a table that was counted the obvious
 * way (loops over the box, bounds checks). Each test file holds its own naive counter. */
#ifndef RADMILL_TESTS_NAIVE_H
#define RADMILL_TESTS_NAIVE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "engine/matrices/cells.h"
#include "engine/matrices/codes.h"
#include "engine/matrices/directions.h"

#include <stdlib.h>
#include <string.h>

struct naive {
    int64_t size[3];
    uint32_t *level; /* x fastest; 0 outside the ROI */
    int32_t n_levels;
    struct outline outline;
    struct box tight; /* of the outline */
};

static uint64_t naive_bits = 88172645463325252ull;

static inline int64_t naive_random(int64_t n)
{
    naive_bits ^= naive_bits << 13, naive_bits ^= naive_bits >> 7, naive_bits ^= naive_bits << 17;
    return (int64_t)((naive_bits >> 11) % (uint64_t)n);
}

static inline uint32_t naive_at(const struct naive *v, int64_t x, int64_t y, int64_t z)
{
    if (x < 0 || y < 0 || z < 0 || x >= v->size[0] || y >= v->size[1] || z >= v->size[2])
        return 0;
    return v->level[x + v->size[0] * (y + v->size[1] * z)];
}

static inline uint32_t naive_near(const struct naive *v, const int64_t p[3], const int32_t d[3],
                                  int64_t times)
{
    return naive_at(v, p[0] + times * d[0], p[1] + times * d[1], p[2] + times * d[2]);
}

/* Is the point inside the tight box (which is what pyradiomics crops to)? */
static inline bool naive_inside(const struct naive *v, const int64_t p[3], const int32_t d[3],
                                int64_t times)
{
    for (int a = 0; a < 3; a++) {
        int64_t i = p[a] + times * d[a] - v->tight.lo[a];
        if (i < 0 || i >= v->tight.size[a])
            return false;
    }
    return true;
}

static inline void naive_outline(struct naive *v)
{
    struct err e;
    int64_t n = v->size[0] * v->size[1] * v->size[2];
    uint8_t *mask = calloc((size_t)n, 1);
    assert_non_null(mask);
    for (int64_t i = 0; i < n; i++)
        mask[i] = v->level[i] > 0;
    assert_true(outline_create(mask, v->size, &v->outline, &e));
    free(mask);
    v->tight = v->outline.tight;
}

/* A ROI with `levels` grey levels: a ragged ball, scattered voxels or the whole box; noise, or
 * patches of one level (so that runs and zones grow). */
static inline struct naive naive_create(int64_t most, int32_t levels)
{
    struct naive v = {.n_levels = levels};
    int64_t keep[] = {100, 90, 50, 10}, patch = 1 + naive_random(4);
    int64_t percent = keep[naive_random(4)], round = naive_random(2), squeeze = naive_random(4);
    for (int a = 0; a < 3; a++)
        v.size[a] = 1 + naive_random(most);
    v.level = calloc((size_t)(v.size[0] * v.size[1] * v.size[2]), sizeof *v.level);
    assert_non_null(v.level);
    uint32_t *patches = calloc(4096, sizeof *patches);
    assert_non_null(patches);
    for (int i = 0; i < 4096; i++)
        patches[i] = (uint32_t)(1 + naive_random(squeeze ? levels : levels / 3 + 1));
    for (int64_t z = 0, i = 0; z < v.size[2]; z++)
        for (int64_t y = 0; y < v.size[1]; y++)
            for (int64_t x = 0; x < v.size[0]; x++, i++) {
                int64_t p[3] = {x, y, z};
                double r = 0;
                for (int a = 0; a < 3; a++) {
                    double c = ((double)p[a] + 0.5) / (double)v.size[a] - 0.5;
                    r += c * c;
                }
                if ((round && r > 0.26) || naive_random(100) >= percent)
                    continue;
                int64_t h = (x / patch * 31 + y / patch * 17 + z / patch * 7) % 4096;
                v.level[i] = patch == 1 ? (uint32_t)(1 + naive_random(levels)) : patches[h];
            }
    free(patches);
    v.level[naive_random(v.size[0] * v.size[1] * v.size[2])] = (uint32_t)levels;
    naive_outline(&v);
    return v;
}

static inline void naive_free(struct naive *v)
{
    free(v->level);
    outline_free(&v->outline);
}

static inline struct codes naive_codes(const struct naive *v, const struct directions *d,
                                       enum codes_kind kind)
{
    struct codes c = {0};
    struct err e;
    struct levels l = {.n_levels = v->n_levels};
    uint16_t *narrow = calloc((size_t)v->outline.n_voxels, sizeof *narrow);
    uint32_t *wide = calloc((size_t)v->outline.n_voxels, sizeof *wide);
    assert_true(narrow && wide);
    for (int64_t i = 0, n = 0; n < v->outline.n_voxels; i++)
        if (v->level[i]) {
            narrow[n] = (uint16_t)v->level[i];
            wide[n++] = v->level[i];
        }
    if (v->n_levels > UINT16_MAX)
        l.wide = wide;
    else
        l.level = narrow;
    assert_true(codes_create(&l, &v->outline, d->reach, kind, &c, &e));
    free(narrow);
    free(wide);
    return c;
}

/* The same codes in four bytes each, as if there were more than 65535: a table of so many squared
 * could not be counted the obvious way. */
static inline void naive_widen(struct codes *c)
{
    struct err e;
    uint32_t *memory = mem_big((size_t)c->n_cells, sizeof *memory, &e);
    assert_non_null(memory);
    for (int64_t i = 0; i < c->n_cells; i++)
        memory[i] = (uint32_t)codes_at(c, i);
    mem_big_free(c->memory);
    c->memory = memory;
    c->width = 4;
    c->u8 = NULL;
    c->u16 = NULL;
    c->u32 = memory;
}

/* Every cell has the count of table[level * stride + col], and no count is without a cell. */
static inline void naive_equal(const struct cells *m, const struct codes *c, const double *table,
                               int64_t rows, int64_t stride, bool columns_are_codes)
{
    double total = 0, found = 0;
    for (int64_t i = 0; i < rows * stride; i++)
        total += table[i];
    for (int64_t k = 0; k < m->n; k++) {
        const struct cell *cell = m->cell + k;
        int64_t col = columns_are_codes ? c->level[cell->col] : cell->col;
        assert_true(cell->value > 0 && col < stride && c->level[cell->row] < rows);
        assert_true(cell->value == table[c->level[cell->row] * stride + col]);
        if (k)
            assert_true(cell[-1].row < cell->row ||
                        (cell[-1].row == cell->row && cell[-1].col < cell->col));
        found += cell->value;
    }
    assert_true(total == found);
}

#endif
