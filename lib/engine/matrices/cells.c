#include "engine/matrices/cells.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

bool cells_reserve(struct cells *c, int64_t n, struct err *e)
{
    if (n <= c->room)
        return true;
    int64_t room = c->room + c->room / 2 > n ? c->room + c->room / 2 : n;
    struct cell *cell = realloc(c->cell, (size_t)room * sizeof *cell);
    if (!cell)
        return err_set(e, ERR_FAILED,
                       "a texture matrix of %lld cells does not fit into memory; wider bins make "
                       "fewer grey levels",
                       (long long)n);
    c->cell = cell;
    c->room = room;
    return true;
}

void cells_free(struct cells *c)
{
    free(c->cell);
    *c = (struct cells){0};
}

bool cells_from_table(const uint32_t *table, int64_t rows, int64_t cols, int64_t stride,
                      struct cells *c, struct err *e)
{
    c->n = 0;
    for (int64_t i = 1; cols > 0 && i <= rows; i++) {
        if (!cells_reserve(c, c->n + cols, e))
            return false;
        const uint32_t *row = table + i * stride;
        struct cell *out = c->cell + c->n;
        for (int64_t j = 1; j <= cols; j++) {
            *out = (struct cell){(uint32_t)i, (uint32_t)j, row[j]};
            out += row[j] != 0;
        }
        c->n = out - c->cell;
    }
    return true;
}

bool cells_from_symmetric(const uint32_t *table, int64_t rows, int64_t stride, struct cells *c,
                          struct err *e)
{
    c->n = 0;
    for (int64_t i = 1; i <= rows; i++) {
        if (!cells_reserve(c, c->n + rows, e))
            return false;
        const uint32_t *row = table + i * stride, *column = table + i;
        struct cell *out = c->cell + c->n;
        for (int64_t j = 1; j <= rows; j++) {
            double value = (double)row[j] + column[j * stride];
            *out = (struct cell){(uint32_t)i, (uint32_t)j, value};
            out += value != 0;
        }
        c->n = out - c->cell;
    }
    return true;
}

/* Least significant digit first, 11 bits a pass; passes whose digit never varies are skipped. */
static uint64_t *radix_sort(uint64_t *key, uint64_t *spare, int64_t n)
{
    enum { BITS = 11, BUCKETS = 1 << BITS };
    uint64_t all = 0;
    for (int64_t i = 0; i < n; i++)
        all |= key[i] ^ key[0];
    for (int shift = 0; shift < 64 && all >> shift; shift += BITS) {
        if (!(all >> shift & (BUCKETS - 1)))
            continue;
        int64_t start[BUCKETS] = {0}, sum = 0;
        for (int64_t i = 0; i < n; i++)
            start[key[i] >> shift & (BUCKETS - 1)]++;
        for (int b = 0; b < BUCKETS; b++) {
            int64_t here = start[b];
            start[b] = sum;
            sum += here;
        }
        for (int64_t i = 0; i < n; i++)
            spare[start[key[i] >> shift & (BUCKETS - 1)]++] = key[i];
        uint64_t *swap = key;
        key = spare;
        spare = swap;
    }
    return key;
}

bool cells_from_keys(uint64_t *key, uint64_t *spare, int64_t n, int shift, struct cells *c,
                     struct err *e)
{
    key = radix_sort(key, spare, n);
    int64_t distinct = 0;
    for (int64_t i = 0; i < n; i++)
        distinct += i == 0 || key[i] != key[i - 1];
    c->n = 0;
    if (!cells_reserve(c, distinct, e))
        return false;
    uint64_t mask = ((uint64_t)1 << shift) - 1;
    for (int64_t i = 0, from = 0; i < n; i++)
        if (i + 1 == n || key[i + 1] != key[i]) {
            c->cell[c->n++] = (struct cell){(uint32_t)(key[i] >> shift), (uint32_t)(key[i] & mask),
                                            (double)(i + 1 - from)};
            from = i + 1;
        }
    return true;
}

static uint64_t place_of(const struct cell *c)
{
    return (uint64_t)c->row << 32 | c->col;
}

bool cells_add(struct cells *sum, const struct cells *b, double weight, struct err *e)
{
    struct cells out = {0};
    if (!cells_reserve(&out, sum->n + b->n, e))
        return false;
    int64_t i = 0, j = 0;
    while (i < sum->n || j < b->n) {
        uint64_t at = i < sum->n ? place_of(sum->cell + i) : UINT64_MAX;
        uint64_t bt = j < b->n ? place_of(b->cell + j) : UINT64_MAX;
        struct cell *to = out.cell + out.n++;
        *to = at <= bt ? sum->cell[i++] : (struct cell){b->cell[j].row, b->cell[j].col, 0};
        if (bt <= at)
            to->value += weight * b->cell[j++].value;
        if (to->value == 0)
            out.n--; /* the weight underflowed */
    }
    free(sum->cell);
    *sum = out;
    return true;
}

bool cells_by_column(const struct cells *m, int64_t cols, struct cells *out, struct err *e)
{
    int64_t *start = mem_array((size_t)cols + 2, sizeof *start, e);
    if (!start || !cells_reserve(out, m->n, e)) {
        free(start);
        return false;
    }
    for (int64_t k = 0; k < m->n; k++)
        start[m->cell[k].col + 1]++;
    for (int64_t c = 1; c < cols + 2; c++)
        start[c] += start[c - 1];
    for (int64_t k = 0; k < m->n; k++)
        out->cell[start[m->cell[k].col]++] = m->cell[k];
    out->n = m->n;
    free(start);
    return true;
}
