/* The sums behind the features of runs, zones and dependences of one kernel
 * (engine/features/sizes.h), without a matrix: the sums of "every voxel counts alone" are known
 * from the levels' counts, and most voxels of a small kernel do. What is larger is moved: voxels
 * leave the cell (level, 1) and one run, zone or dependence enters (level, size). */
#ifndef RADMILL_ENGINE_PACKED_PACKED_SIZES_H
#define RADMILL_ENGINE_PACKED_PACKED_SIZES_H

#include "engine/features/sizes.h"
#include "engine/packed/packed.h"

enum { PACKED_LANES = 16, PACKED_MOVES = PACKED_VOXELS, PACKED_NEAR = 32, PACKED_PARTS = 18 };

/* What is the same for all kernels: functions of small whole numbers. */
struct packed_tables {
    double xlogx[2 * PACKED_VOXELS + 2]; /* c log2 c */
    double log[2 * PACKED_VOXELS + 2];   /* log2 c */
    double inverse_square[PACKED_VOXELS + 1];
};
void packed_tables_fill(struct packed_tables *t);

/* Sums of one matrix; the whole numbers among them are exact. */
struct packed_sums {
    int64_t total, voxels, cells, rows_squared, columns_squared, first, large, high, large_high;
    double logs, small, low, small_low, small_high, large_low;
};

/* The sums of up to PACKED_LANES matrices of a kernel, and what counting one of them needs. */
struct packed_sizes {
    const struct packed_tables *tables;
    const struct packed_kernel *kernel;
    struct packed_sums alone; /* every voxel by itself */
    struct packed_sums sums;  /* of the matrix at hand */
    int64_t ones;             /* voxels that are still alone */
    int n_moves;
    uint16_t left[PACKED_LEVELS + 1];              /* voxels alone, of each level that was moved */
    uint16_t row[PACKED_LEVELS + 1];               /* sum of each such row */
    uint16_t column[PACKED_VOXELS + 1];            /* sum of each column but the first */
    uint16_t near[PACKED_LEVELS + 1][PACKED_NEAR]; /* cells of small sizes */
    struct packed_move {
        uint16_t level, size, count;
    } move[PACKED_MOVES], far[PACKED_VOXELS / PACKED_NEAR + 1]; /* far: cells of other sizes */
    int n_far;
};

/* Begins with a kernel, and with one of its matrices. */
void packed_sizes_kernel(struct packed_sizes *s, const struct packed_kernel *k);
void packed_sizes_begin(struct packed_sizes *s);

/* `alone` voxels of a level make one entry of `size` > 1. */
void packed_sizes_move(struct packed_sizes *s, int level, int alone, int size);

/* s->sums are then complete, and the scratch is clear again. */
void packed_sizes_end(struct packed_sizes *s);

/* Quantities of up to PACKED_LANES matrices side by side, from which features are quotients. */
struct packed_lanes {
    int n;
    double part[PACKED_PARTS][PACKED_LANES];
};
void packed_lanes_clear(struct packed_lanes *l);

/* Adds the matrix whose sums s->sums are. */
void packed_lanes_add(struct packed_lanes *l, const struct packed_sizes *s, double added_to_zero);

/* How a formula follows from these quantities: a number for packed_lanes_mean, -1 when it does not.
 */
int packed_lanes_way(sizes_formula formula);

/* The mean of a formula over the l->n > 0 matrices, added up in their order. */
double packed_lanes_mean(const struct packed_lanes *l, int way);

#endif
