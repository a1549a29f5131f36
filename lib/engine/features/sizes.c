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
    *w = (struct sizes_work){0};
}

/* Zeroes a sum per size up to the largest that occurs. */
static bool clear_columns(struct sizes_work *w, const struct cells *m, int64_t *largest,
                          struct err *e)
{
    *largest = 0;
    for (int64_t k = 0; k < m->n; k++)
        *largest = m->cell[k].col > *largest ? m->cell[k].col : *largest;
    if (*largest >= w->room) {
        free(w->column);
        w->column = mem_array((size_t)*largest + 1, sizeof *w->column, e);
        w->room = w->column ? *largest + 1 : 0;
        return w->column != NULL;
    }
    memset(w->column, 0, (size_t)(*largest + 1) * sizeof *w->column);
    return true;
}

/* The sums of one row; returns the index of the first cell of the next row. */
static int64_t sum_row(struct sizes_work *w, const struct cells *m, int64_t k, double level,
                       struct sizes *out)
{
    double total = 0, small = 0, large = 0;
    uint32_t row = m->cell[k].row;
    for (; k < m->n && m->cell[k].row == row; k++) {
        double value = m->cell[k].value, size = m->cell[k].col;
        total += value;
        small += value / (size * size);
        large += value * (size * size);
        w->column[m->cell[k].col] += value;
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

static void sum_columns(const struct sizes_work *w, int64_t largest, struct sizes *out)
{
    for (int64_t j = 1; j <= largest; j++) {
        out->voxels += (double)j * w->column[j];
        out->columns_squared += w->column[j] * w->column[j];
    }
    double mean = out->voxels / out->total;
    for (int64_t j = 1; j <= largest; j++)
        out->size_variance += w->column[j] * ((double)j - mean) * ((double)j - mean);
    out->size_variance /= out->total;
}

static void sum_levels(struct sizes_work *w, const struct cells *m, const uint32_t *level,
                       struct sizes *out)
{
    double mean = 0, logs = 0;
    for (int64_t k = 0; k < m->n; k++)
        mean += m->cell[k].value * level[m->cell[k].row];
    mean /= out->total;
    for (int64_t k = 0; k < m->n; k++) {
        double from_mean = level[m->cell[k].row] - mean;
        out->level_variance += m->cell[k].value * from_mean * from_mean;
        logs += xlogx(&w->xlogx, m->cell[k].value);
        out->energy += m->cell[k].value * m->cell[k].value;
    }
    out->level_variance /= out->total;
    out->energy /= out->total * out->total;
    out->entropy = texture_entropy(logs, out->total, m->n, w->added_to_zero);
}

bool sizes_sum(struct sizes_work *w, const struct cells *m, const uint32_t *level,
               struct sizes *out, struct err *e)
{
    *out = (struct sizes){0};
    int64_t largest;
    if (!clear_columns(w, m, &largest, e))
        return false;
    for (int64_t k = 0; k < m->n;)
        k = sum_row(w, m, k, level[m->cell[k].row], out);
    sum_columns(w, largest, out);
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
