#include "engine/matrices/codes.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static bool any(const uint16_t *row, int64_t n)
{
    uint16_t all = 0;
    for (int64_t i = 0; i < n; i++)
        all |= row[i];
    return all != 0;
}

bool codes_box(const uint16_t *level, const int64_t size[3], struct box *out)
{
    int64_t lo[3] = {size[0], size[1], size[2]}, hi[3] = {-1, -1, -1};
    for (int64_t z = 0; z < size[2]; z++)
        for (int64_t y = 0; y < size[1]; y++) {
            const uint16_t *row = level + (z * size[1] + y) * size[0];
            if (!any(row, size[0]))
                continue;
            int64_t a = 0, b = size[0] - 1;
            while (a < lo[0] && !row[a])
                a++;
            while (b > hi[0] && !row[b])
                b--;
            lo[0] = a < lo[0] ? a : lo[0];
            hi[0] = b > hi[0] ? b : hi[0];
            lo[1] = y < lo[1] ? y : lo[1];
            hi[1] = y > hi[1] ? y : hi[1];
            lo[2] = z < lo[2] ? z : lo[2];
            hi[2] = z;
        }
    for (int a = 0; a < 3; a++) {
        out->lo[a] = lo[a];
        out->size[a] = hi[a] - lo[a] + 1;
    }
    return hi[2] >= 0;
}

/* Marks the levels that occur and gives each its code; writes code_of[0..n_levels]. */
static bool number_levels(const uint16_t *level, const int64_t size[3], const struct box *tight,
                          int32_t n_levels, enum codes_kind kind, uint16_t *code_of,
                          struct codes *c, struct err *e)
{
    if (kind == CODES_DENSE)
        for (int64_t z = 0; z < tight->size[2]; z++)
            for (int64_t y = 0; y < tight->size[1]; y++) {
                const uint16_t *row = level + tight->lo[0] +
                                      ((z + tight->lo[2]) * size[1] + y + tight->lo[1]) * size[0];
                for (int64_t x = 0; x < tight->size[0]; x++)
                    code_of[row[x]] = 1;
            }
    code_of[0] = 0;
    c->level = mem_array((size_t)n_levels + 1, sizeof *c->level, e);
    if (!c->level)
        return false;
    for (int32_t l = 1; l <= n_levels; l++)
        if (kind == CODES_LEVELS || code_of[l]) {
            c->level[++c->n] = (uint16_t)l;
            code_of[l] = (uint16_t)c->n;
        }
    return true;
}

static bool place(struct codes *c, const int32_t reach[3], struct err *e)
{
    /* Lines share the zeros between them, and planes theirs: the right border of a line is the left
     * border of the next. */
    c->width = c->n <= 255 ? 1 : 2;
    c->stride[0] = 1;
    c->stride[1] = c->size[0] + reach[0];
    c->stride[2] = c->stride[1] * (c->size[1] + reach[1]);
    int64_t border = reach[2] * c->stride[2] + reach[1] * c->stride[1] + reach[0];
    c->first = (border + 63) & ~(int64_t)63;
    c->n_cells = c->first + c->size[2] * c->stride[2] + border + 64;
    c->memory = mem_big((size_t)c->n_cells, (size_t)c->width, e);
    if (c->width == 1)
        c->u8 = c->memory;
    else
        c->u16 = c->memory;
    return c->memory != NULL;
}

static void encode_row(const struct codes *c, const uint16_t *row, const uint16_t *code_of,
                       int64_t at)
{
    if (c->width == 1) {
        uint8_t *out = (uint8_t *)c->memory + at;
        for (int64_t x = 0; x < c->size[0]; x++)
            out[x] = (uint8_t)code_of[row[x]];
    } else {
        uint16_t *out = (uint16_t *)c->memory + at;
        for (int64_t x = 0; x < c->size[0]; x++)
            out[x] = code_of[row[x]];
    }
}

/* Appends the runs of one row to run (NULL: only counts); returns how many. */
static int64_t row_runs(const uint16_t *row, int64_t n, int64_t at, struct run *run)
{
    int64_t runs = 0;
    for (int64_t x = 0; x < n;) {
        while (x < n && !row[x])
            x++;
        int64_t start = x;
        while (x < n && row[x])
            x++;
        if (x == start)
            break;
        if (run)
            run[runs] = (struct run){at + start, x - start};
        runs++;
    }
    return runs;
}

static bool fill(const uint16_t *level, const int64_t size[3], const struct box *tight,
                 const uint16_t *code_of, struct codes *c, struct err *e)
{
    for (int pass = 0; pass < 2; pass++) {
        c->n_runs = 0;
        for (int64_t z = 0; z < c->size[2]; z++)
            for (int64_t y = 0; y < c->size[1]; y++) {
                const uint16_t *row = level + tight->lo[0] +
                                      ((z + tight->lo[2]) * size[1] + y + tight->lo[1]) * size[0];
                int64_t at = c->first + y * c->stride[1] + z * c->stride[2];
                if (pass)
                    encode_row(c, row, code_of, at);
                c->n_runs += row_runs(row, c->size[0], at, pass ? c->run + c->n_runs : NULL);
            }
        if (!pass && !(c->run = mem_array((size_t)c->n_runs, sizeof *c->run, e)))
            return false;
    }
    for (int64_t i = 0; i < c->n_runs; i++)
        c->n_voxels += c->run[i].length;
    return true;
}

bool codes_create(const uint16_t *level, const int64_t size[3], const struct box *tight,
                  int32_t n_levels, const int32_t reach[3], enum codes_kind kind, struct codes *out,
                  struct err *e)
{
    *out = (struct codes){0};
    memcpy(out->size, tight->size, sizeof out->size);
    uint16_t *code_of = mem_array((size_t)n_levels + 1, sizeof *code_of, e);
    bool ok = code_of && number_levels(level, size, tight, n_levels, kind, code_of, out, e) &&
              place(out, reach, e) && fill(level, size, tight, code_of, out, e);
    free(code_of);
    if (!ok)
        codes_free(out);
    return ok;
}

void codes_free(struct codes *c)
{
    free(c->level);
    free(c->run);
    mem_big_free(c->memory);
    *c = (struct codes){0};
}
