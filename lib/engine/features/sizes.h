/* Features of a matrix of sizes: runs (glrlm), zones (glszm) and dependences (gldm) have the same
 * formulas (specification 6.4-6.6). A family lists which formula stands behind which of its names.
 */
#ifndef RADMILL_ENGINE_FEATURES_SIZES_H
#define RADMILL_ENGINE_FEATURES_SIZES_H

#include "engine/features/texture.h"

/* Sums over the cells P(i, j) of one matrix, i = grey level, j = size. */
struct sizes {
    double total;                 /* sum P: runs, zones or voxels */
    double voxels;                /* sum j P */
    double rows_squared;          /* sum over i of (sum over j of P)^2 */
    double columns_squared;       /* sum over j of (sum over i of P)^2 */
    double level_variance;        /* sum p (i - mean i)^2, p = P / total */
    double size_variance;         /* sum p (j - mean j)^2 */
    double entropy;               /* -sum p log2(p + eps) */
    double energy;                /* sum p^2 */
    double area;                  /* voxels of the ROI, whatever the columns count */
    double small, large;          /* sum P / j^2, sum P j^2 */
    double low, high;             /* sum P / i^2, sum P i^2 */
    double small_low, small_high; /* sum P / (i^2 j^2), sum P i^2 / j^2 */
    double large_low, large_high; /* sum P j^2 / i^2, sum P i^2 j^2 */
};

typedef double (*sizes_formula)(const struct sizes *s);

/* A row of a family of runs, zones or dependences. */
struct sizes_row {
    struct feature feature;
    sizes_formula formula; /* NULL: gone */
};

/* The sum over the levels of one size. */
struct size_sum {
    uint32_t size;
    double sum;
};

/* Scratch that the matrices of one family call share. */
struct sizes_work {
    double added_to_zero; /* inside logarithms */
    struct xlogx xlogx;
    struct size_sum *column; /* ascending, each size once; only sizes that occur */
    int64_t n, room;
    double *small; /* sum per size, for all small ones */
};
/* voxels: of the ROI, which no cell exceeds. */
bool sizes_open(struct sizes_work *w, double added_to_zero, int64_t voxels, struct err *e);
void sizes_close(struct sizes_work *w);

/* m is not empty; level[row] is the grey level of a row. Errors: ERR_FAILED without memory. */
bool sizes_sum(struct sizes_work *w, const struct cells *m, const uint32_t *level,
               struct sizes *out, struct err *e);

double sizes_small_emphasis(const struct sizes *s);
double sizes_large_emphasis(const struct sizes *s);
double sizes_level_non_uniformity(const struct sizes *s);
double sizes_level_non_uniformity_normalized(const struct sizes *s);
double sizes_non_uniformity(const struct sizes *s);
double sizes_non_uniformity_normalized(const struct sizes *s);
double sizes_percentage(const struct sizes *s);
double sizes_level_variance(const struct sizes *s);
double sizes_variance(const struct sizes *s);
double sizes_entropy(const struct sizes *s);
double sizes_energy(const struct sizes *s);
double sizes_share(const struct sizes *s); /* of the voxels: sum P / area */
double sizes_low_level_emphasis(const struct sizes *s);
double sizes_high_level_emphasis(const struct sizes *s);
double sizes_small_low_emphasis(const struct sizes *s);
double sizes_small_high_emphasis(const struct sizes *s);
double sizes_large_low_emphasis(const struct sizes *s);
double sizes_large_high_emphasis(const struct sizes *s);

/* The wanted features of one matrix of a family of such rows: of zones and dependences, which have
 * no directions. */
bool sizes_deliver(const struct family *f, const struct family_input *in, const struct cells *m,
                   const uint32_t *level, const bool *wanted, struct fvalue *out, struct err *e);

static inline sizes_formula sizes_formula_of(const struct family *f, int i)
{
    return ((const struct sizes_row *)family_row(f, i))->formula;
}

/* Measure families of such rows: struct family's `measure`. */
bool glrlm_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                   struct fvalue *out, struct err *e);
bool glszm_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                   struct fvalue *out, struct err *e);
bool gldm_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                  struct fvalue *out, struct err *e);

#endif
