/* What the five texture families share: the ROI as codes with its neighbour directions, entropies
 * of counts, and the way from one matrix per direction to one value per feature. */
#ifndef RADMILL_ENGINE_FEATURES_TEXTURE_H
#define RADMILL_ENGINE_FEATURES_TEXTURE_H

#include "engine/features/family.h"
#include "engine/features/texture_cache.h"
#include "engine/matrices/cells.h"
#include "engine/matrices/directions.h"

struct texture {
    const struct codes *codes; /* of the cache */
    struct directions directions;
    struct texture_cache own; /* used when the input brings no cache */
};

/* Directions of the ROI's tight box and the codes padded for them. distance[n_distances] in voxels.
 * t stays where it is until texture_close.
 * Errors: ERR_REFUSED for an empty ROI, without any direction, without memory. */
bool texture_open(const struct family_input *in, enum codes_kind codes,
                  enum directions_kind directions, const double *distance, int n_distances,
                  struct texture *out, struct err *e);
void texture_close(struct texture *t);

/* x log2 x, cached for whole numbers: matrices hold few different counts, many times. The cache is
 * as long as the largest count of the ROI: for a kernel of voxel mode, clearing more would cost
 * more than all the rest. */
struct xlogx {
    double *known; /* [n] by count; 0: not yet computed */
    int32_t n;
};
/* largest: no count is larger but for a few, which are computed each time. */
bool xlogx_open(struct xlogx *x, int64_t largest, struct err *e);
void xlogx_close(struct xlogx *x);
double xlogx_other(struct xlogx *x, double value); /* the slow way of xlogx() */

static inline double xlogx(struct xlogx *x, double value)
{
    if (value < x->n) {
        double known = x->known[(int32_t)value];
        if ((known > 0 && (double)(int32_t)value == value) || value == 1)
            return known;
    }
    return xlogx_other(x, value);
}

/* -sum p log2(p + eps) for p = v / total, from the sum of v log2 v over n values v > 0. */
double texture_entropy(double sum_xlogx, double total, int64_t n, double eps);

/* One feature value per matrix: the family's side of texture_directions. */
struct directional {
    void *family; /* first argument of the functions */
    int n_features;
    int n_directions;
    const struct offset *offset;
    /* the matrix of direction i; asked in ascending order */
    bool (*matrix)(void *family, int i, struct cells *out, struct err *e);
    /* weight of an offset whose components are q_mm[3] millimetres */
    double (*weight)(enum weighting_norm norm, const double q_mm[3]);
    /* what the sum of all matrices is divided by; NULL: by nothing */
    bool (*total)(void *family, const struct cells *m, double *sum, struct err *e);
    /* values of the wanted features of one matrix that is not empty */
    bool (*evaluate)(void *family, const struct cells *m, const bool *wanted, double *value,
                     struct err *e);
    /* overwrites what is defined nevertheless when all matrices are empty; several: more than one
     * matrix was left out */
    void (*empty)(void *family, bool several, double *value);
};

/* As in->aggregation says: the mean over the directions with a non-empty matrix, NaN left out, or
 * the values of the sum of all matrices, weighted when the settings say so. (Specification 6.1.) */
bool texture_directions(const struct directional *d, const struct family_input *in,
                        const bool *wanted, struct fvalue *out, struct err *e);

/* Marks the wanted features that are gone (FEATURE_GONE) as having no value. */
void texture_gone(const struct family *f, const bool *wanted, struct fvalue *out);

#endif
