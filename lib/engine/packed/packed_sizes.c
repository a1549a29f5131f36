#include "engine/packed/packed_sizes.h"

#include "base/simd.h"

#include <math.h>
#include <string.h>

void packed_tables_fill(struct packed_tables *t)
{
    memset(t, 0, sizeof *t);
    for (int c = 1; c <= 2 * PACKED_VOXELS + 1; c++) {
        t->log[c] = log2(c);
        t->xlogx[c] = c * t->log[c];
    }
    for (int c = 1; c <= PACKED_VOXELS; c++)
        t->inverse_square[c] = 1.0 / ((double)c * c);
}

void packed_sizes_kernel(struct packed_sizes *s, const struct packed_kernel *k)
{
    struct packed_sums sum = {
        .total = k->n, .voxels = k->n, .large = k->n, .small = k->n, .cells = k->n_present};
    for (int p = 0; p < k->n_present; p++) {
        int64_t i = k->present[p], n = k->count[i];
        sum.rows_squared += n * n;
        sum.first += n * i;
        sum.high += n * i * i;
        sum.low += (double)n * s->tables->inverse_square[i];
        sum.logs += s->tables->xlogx[n];
        s->left[i] = s->row[i] = (uint16_t)n;
    }
    sum.small_low = sum.large_low = sum.low;
    sum.small_high = (double)sum.high;
    sum.large_high = sum.high;
    s->kernel = k;
    s->alone = sum;
}

void packed_sizes_begin(struct packed_sizes *s)
{
    s->sums = s->alone;
    s->ones = s->kernel->n;
    s->n_moves = s->n_far = 0;
}

/* How often (level, size) was entered. */
static uint16_t *cell_of(struct packed_sizes *s, int level, int size)
{
    if (size < PACKED_NEAR)
        return &s->near[level][size];
    for (int k = 0; k < s->n_far; k++)
        if (s->far[k].level == level && s->far[k].size == size)
            return &s->far[k].count;
    s->far[s->n_far] = (struct packed_move){(uint16_t)level, (uint16_t)size, 0};
    return &s->far[s->n_far++].count;
}

void packed_sizes_move(struct packed_sizes *s, int level, int alone, int size)
{
    const double *xlogx = s->tables->xlogx, *inverse = s->tables->inverse_square;
    struct packed_sums *sum = &s->sums;
    int64_t square = (int64_t)level * level, large = (int64_t)size * size - alone;
    double small = inverse[size] - alone;
    sum->total += 1 - alone;
    sum->voxels += size - alone;
    sum->large += large;
    sum->small += small;
    sum->first += (1 - alone) * level;
    sum->high += (1 - alone) * square;
    sum->low += (1 - alone) * inverse[level];
    sum->small_low += small * inverse[level];
    sum->small_high += small * (double)square;
    sum->large_low += (double)large * inverse[level];
    sum->large_high += large * square;

    int before = s->row[level], after = before + 1 - alone;
    sum->rows_squared += after * after - before * before;
    s->row[level] = (uint16_t)after;
    s->ones -= alone;
    sum->columns_squared += 2 * s->column[size]++ + 1;

    uint16_t *cell = cell_of(s, level, size);
    int left = s->left[level] - alone;
    sum->logs += xlogx[left] - xlogx[s->left[level]] + xlogx[*cell + 1] - xlogx[*cell];
    sum->cells += (*cell == 0) - (left == 0);
    s->left[level] = (uint16_t)left;
    ++*cell;
    s->move[s->n_moves++] = (struct packed_move){(uint16_t)level, (uint16_t)size, 0};
}

void packed_sizes_end(struct packed_sizes *s)
{
    s->sums.columns_squared += s->ones * s->ones;
    for (int k = 0; k < s->n_moves; k++) {
        int level = s->move[k].level, size = s->move[k].size;
        s->left[level] = s->row[level] = s->kernel->count[level];
        s->column[size] = 0;
        if (size < PACKED_NEAR)
            s->near[level][size] = 0;
    }
}

enum part {
    ONE,
    TOTAL,
    TOTAL_SQUARED,
    VOXELS,
    AREA,
    ROWS_SQUARED,
    COLUMNS_SQUARED,
    LEVEL_VARIANCE,
    SIZE_VARIANCE,
    ENTROPY,
    SMALL,
    LARGE,
    LOW,
    HIGH,
    SMALL_LOW,
    SMALL_HIGH,
    LARGE_LOW,
    LARGE_HIGH,
};

/* Every formula of engine/features/sizes.h is a quotient of two of them. */
static const struct quotient {
    sizes_formula formula;
    enum part above, below;
} quotients[] = {
    {sizes_small_emphasis, SMALL, TOTAL},
    {sizes_large_emphasis, LARGE, TOTAL},
    {sizes_level_non_uniformity, ROWS_SQUARED, TOTAL},
    {sizes_level_non_uniformity_normalized, ROWS_SQUARED, TOTAL_SQUARED},
    {sizes_non_uniformity, COLUMNS_SQUARED, TOTAL},
    {sizes_non_uniformity_normalized, COLUMNS_SQUARED, TOTAL_SQUARED},
    {sizes_percentage, TOTAL, VOXELS},
    {sizes_share, TOTAL, AREA},
    {sizes_level_variance, LEVEL_VARIANCE, ONE},
    {sizes_variance, SIZE_VARIANCE, ONE},
    {sizes_entropy, ENTROPY, ONE},
    {sizes_low_level_emphasis, LOW, TOTAL},
    {sizes_high_level_emphasis, HIGH, TOTAL},
    {sizes_small_low_emphasis, SMALL_LOW, TOTAL},
    {sizes_small_high_emphasis, SMALL_HIGH, TOTAL},
    {sizes_large_low_emphasis, LARGE_LOW, TOTAL},
    {sizes_large_high_emphasis, LARGE_HIGH, TOTAL},
};

int packed_lanes_way(sizes_formula formula)
{
    for (int k = 0; k < (int)(sizeof quotients / sizeof *quotients); k++)
        if (quotients[k].formula == formula)
            return k;
    return -1;
}

void packed_lanes_clear(struct packed_lanes *l)
{
    l->n = 0;
    for (int p = 0; p < PACKED_PARTS; p++)
        for (int k = 0; k < PACKED_LANES; k++)
            l->part[p][k] = 1;
}

void packed_lanes_add(struct packed_lanes *l, const struct packed_sizes *s, double added_to_zero)
{
    const struct packed_sums *sum = &s->sums;
    int k = l->n++;
    double total = (double)sum->total, squared = total * total;
    double voxels = (double)sum->voxels, first = (double)sum->first;
    l->part[TOTAL][k] = total;
    l->part[TOTAL_SQUARED][k] = squared;
    l->part[VOXELS][k] = voxels;
    l->part[AREA][k] = s->kernel->n;
    l->part[ROWS_SQUARED][k] = (double)sum->rows_squared;
    l->part[COLUMNS_SQUARED][k] = (double)sum->columns_squared;
    l->part[LEVEL_VARIANCE][k] = (total * (double)sum->high - first * first) / squared;
    l->part[SIZE_VARIANCE][k] = (total * (double)sum->large - voxels * voxels) / squared;
    double entropy = sum->cells > 1 ? s->tables->log[sum->total] - sum->logs / total : 0;
    l->part[ENTROPY][k] = entropy - (double)sum->cells * added_to_zero * M_LOG2E;
    l->part[SMALL][k] = sum->small;
    l->part[LARGE][k] = (double)sum->large;
    l->part[LOW][k] = sum->low;
    l->part[HIGH][k] = (double)sum->high;
    l->part[SMALL_LOW][k] = sum->small_low;
    l->part[SMALL_HIGH][k] = sum->small_high;
    l->part[LARGE_LOW][k] = sum->large_low;
    l->part[LARGE_HIGH][k] = (double)sum->large_high;
}

double packed_lanes_mean(const struct packed_lanes *l, int way)
{
    const double *above = l->part[quotients[way].above], *below = l->part[quotients[way].below];
    double sum = 0, quotient[PACKED_LANES];
    if (l->n == 1)
        return above[0] / below[0];
    for (int k = 0; k < PACKED_LANES; k++) /* the lanes that are not used hold ones */
        quotient[k] = above[k] / below[k];
    for (int k = 0; k < l->n; k++)
        sum += quotient[k];
    return sum / l->n;
}
