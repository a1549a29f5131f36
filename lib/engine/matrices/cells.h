/* A texture matrix as the list of its non-zero cells: what every counting kernel hands to the
 * features. Memory follows the voxels, not the square of the grey levels.
 *
 * Invariant: sorted by row, then column; no cell twice; values > 0. Rows are codes (struct codes);
 * columns are codes (glcm) or sizes (runs, zones, dependences). */
#ifndef RADMILL_ENGINE_MATRICES_CELLS_H
#define RADMILL_ENGINE_MATRICES_CELLS_H

#include "base/err.h"

#include <stdint.h>

struct cell {
    uint32_t row, col;
    double value; /* a count, or a weighted sum of counts */
};

struct cells {
    int64_t n, room;
    struct cell *cell;
};

/* Makes room for n cells in all; contents stay. Errors: ERR_FAILED without memory. */
bool cells_reserve(struct cells *c, int64_t n, struct err *e);
void cells_free(struct cells *c);

/* The non-zero cells of rows 1..rows and columns 1..cols of table[(rows + 1) * stride] (row 0 and
 * column 0 hold what lies outside the ROI). c is overwritten, its memory reused. */
bool cells_from_table(const uint32_t *table, int64_t rows, int64_t cols, int64_t stride,
                      struct cells *c, struct err *e);

/* As cells_from_table for table + its transpose (cols = rows). */
bool cells_from_symmetric(const uint32_t *table, int64_t rows, int64_t stride, struct cells *c,
                          struct err *e);

/* The distinct values of key[n] = row << shift | col with their multiplicity. key is sorted in
 * place; spare[n] is scratch. */
bool cells_from_keys(uint64_t *key, uint64_t *spare, int64_t n, int shift, struct cells *c,
                     struct err *e);

/* sum += weight * b. */
bool cells_add(struct cells *sum, const struct cells *b, double weight, struct err *e);

/* The cells of m, whose columns are 1..cols, sorted by column, then row: no more the invariant
 * above. out is overwritten, its memory reused. */
bool cells_by_column(const struct cells *m, int64_t cols, struct cells *out, struct err *e);

#endif
