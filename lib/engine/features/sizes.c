#include "engine/features/sizes.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

bool sizes_open(struct sizes_work *w, double added_to_zero, int64_t voxels, struct err *e)
{
    *w = (struct sizes_work){.added_to_zero = added_to_zero};
    return xlogx_open(&w->xlogx, voxels, e);
}

void sizes_close(struct sizes_work *w)
{
    xlogx_close(&w->xlogx);
    free(w->column);
    free(w->small);
    *w = (struct sizes_work){0};
}

/* Sizes below are added up in a table; larger ones are few, even if one zone is the whole region.
 */
enum { SMALL = 1 << 11 };

static int by_size(const void *a, const void *b)
{
    const struct cell *p = *(const struct cell *const *)a, *q = *(const struct cell *const *)b;
    if (p->col != q->col)
        return p->col < q->col ? -1 : 1;
    return (p > q) - (p < q); /* levels keep their order */
}

/* Appends the sums of the large sizes. */
static bool sum_large(struct sizes_work *w, const struct cells *m, int64_t n, struct err *e)
{
    const struct cell **large = mem_array((size_t)n, sizeof *large, e);
    if (!large)
        return false;
    for (int64_t k = 0, at = 0; k < m->n; k++)
        if (m->cell[k].col >= SMALL)
            large[at++] = &m->cell[k];
    qsort(large, (size_t)n, sizeof *large, by_size);
    for (int64_t k = 0; k < n; k++) {
        if (k == 0 || large[k]->col != large[k - 1]->col)
            w->column[w->n++] = (struct size_sum){.size = large[k]->col};
        w->column[w->n - 1].sum += large[k]->value;
    }
    free(large);
    return true;
}

static bool make_room(struct sizes_work *w, int64_t n, struct err *e)
{
    if (!w->small && !(w->small = mem_array(SMALL, sizeof *w->small, e)))
        return false;
    if (n <= w->room)
        return true;
    free(w->column);
    w->column = mem_array((size_t)n, sizeof *w->column, e);
    w->room = w->column ? n : 0;
    return w->column != NULL;
}

/* w->column: a sum per size. */
static bool sum_by_size(struct sizes_work *w, const struct cells *m, struct err *e)
{
    int64_t large = 0, end = 0;
    for (int64_t k = 0; k < m->n; k++) {
        uint32_t size = m->cell[k].col;
        large += size >= SMALL;
        end = size < SMALL && size >= end ? (int64_t)size + 1 : end;
    }
    if (!make_room(w, end + large, e))
        return false;
    memset(w->small, 0, (size_t)end * sizeof *w->small);
    for (int64_t k = 0; k < m->n; k++)
        if (m->cell[k].col < SMALL)
            w->small[m->cell[k].col] += m->cell[k].value;
    w->n = 0;
    for (int64_t j = 0; j < end; j++)
        if (w->small[j] != 0)
            w->column[w->n++] = (struct size_sum){(uint32_t)j, w->small[j]};
    return large == 0 || sum_large(w, m, large, e);
}

/* The sums of one row; returns the index of the first cell of the next row. */
static int64_t sum_row(const struct cells *m, int64_t k, double level, struct sizes *out)
{
    double total = 0, small = 0, large = 0;
    uint32_t row = m->cell[k].row;
    for (; k < m->n && m->cell[k].row == row; k++) {
        double value = m->cell[k].value, size = m->cell[k].col;
        total += value;
        small += value / (size * size);
        large += value * (size * size);
    }
    double square = level * level;
    out->total += total;
    out->rows_squared += total * total;
    out->small += small;
    out->large += large;
    out->low += total / square;
    out->high += total * square;
    out->small_low += small / square;
    out->small_high += small * square;
    out->large_low += large / square;
    out->large_high += large * square;
    return k;
}

static void sum_columns(const struct sizes_work *w, struct sizes *out)
{
    for (int64_t k = 0; k < w->n; k++) {
        const struct size_sum *c = &w->column[k];
        out->voxels += (double)c->size * c->sum;
        out->columns_squared += c->sum * c->sum;
    }
    double mean = out->voxels / out->total;
    for (int64_t k = 0; k < w->n; k++) {
        double apart = (double)w->column[k].size - mean;
        out->size_variance += w->column[k].sum * apart * apart;
    }
    out->size_variance /= out->total;
}

static double mean_level(const struct cells *m, const uint32_t *level, double total)
{
    double sum = 0;
    for (int64_t k = 0; k < m->n;) {
        const uint32_t row = m->cell[k].row;
        const double here = level[row];
        for (; k < m->n && m->cell[k].row == row; k++)
            sum += m->cell[k].value * here;
    }
    return sum / total;
}

static void sum_levels(struct sizes_work *w, const struct cells *m, const uint32_t *level,
                       struct sizes *out)
{
    const double mean = mean_level(m, level, out->total);
    double variance = 0, energy = 0, logs = 0;
    for (int64_t k = 0; k < m->n;) {
        const uint32_t row = m->cell[k].row;
        const double from_mean = level[row] - mean;
        for (; k < m->n && m->cell[k].row == row; k++) {
            const double value = m->cell[k].value;
            variance += value * from_mean * from_mean;
            logs += xlogx(&w->xlogx, value);
            energy += value * value;
        }
    }
    out->level_variance = variance / out->total;
    out->energy = energy / (out->total * out->total);
    out->entropy = texture_entropy(logs, out->total, m->n, w->added_to_zero);
}

bool sizes_sum(struct sizes_work *w, const struct cells *m, const uint32_t *level,
               struct sizes *out, struct err *e)
{
    *out = (struct sizes){0};
    if (!sum_by_size(w, m, e))
        return false;
    for (int64_t k = 0; k < m->n;)
        k = sum_row(m, k, level[m->cell[k].row], out);
    sum_columns(w, out);
    sum_levels(w, m, level, out);
    return true;
}

double sizes_small_emphasis(const struct sizes *s)
{
    return s->small / s->total;
}

double sizes_large_emphasis(const struct sizes *s)
{
    return s->large / s->total;
}

double sizes_level_non_uniformity(const struct sizes *s)
{
    return s->rows_squared / s->total;
}

double sizes_level_non_uniformity_normalized(const struct sizes *s)
{
    return s->rows_squared / (s->total * s->total);
}

double sizes_non_uniformity(const struct sizes *s)
{
    return s->columns_squared / s->total;
}

double sizes_non_uniformity_normalized(const struct sizes *s)
{
    return s->columns_squared / (s->total * s->total);
}

double sizes_percentage(const struct sizes *s)
{
    return s->total / s->voxels;
}

double sizes_level_variance(const struct sizes *s)
{
    return s->level_variance;
}

double sizes_variance(const struct sizes *s)
{
    return s->size_variance;
}

double sizes_entropy(const struct sizes *s)
{
    return s->entropy;
}

double sizes_energy(const struct sizes *s)
{
    return s->energy;
}

double sizes_share(const struct sizes *s)
{
    return s->total / s->area;
}

double sizes_low_level_emphasis(const struct sizes *s)
{
    return s->low / s->total;
}

double sizes_high_level_emphasis(const struct sizes *s)
{
    return s->high / s->total;
}

double sizes_small_low_emphasis(const struct sizes *s)
{
    return s->small_low / s->total;
}

double sizes_small_high_emphasis(const struct sizes *s)
{
    return s->small_high / s->total;
}

double sizes_large_low_emphasis(const struct sizes *s)
{
    return s->large_low / s->total;
}

double sizes_large_high_emphasis(const struct sizes *s)
{
    return s->large_high / s->total;
}

bool sizes_deliver(const struct family *f, const struct family_input *in, const struct cells *m,
                   const uint32_t *level, const bool *wanted, struct fvalue *out, struct err *e)
{
    struct sizes_work work;
    struct sizes sums;
    bool ok = sizes_open(&work, in->arithmetic->added_to_zero, in->levels->n_voxels, e) &&
              sizes_sum(&work, m, level, &sums, e);
    sums.area = (double)in->levels->n_voxels;
    for (int i = 0; ok && i < f->n_features; i++)
        if (wanted[i] && sizes_formula_of(f, i))
            out[i] = (struct fvalue){.value = sizes_formula_of(f, i)(&sums)};
    texture_gone(f, wanted, out);
    sizes_close(&work);
    return ok;
}
