/* Responses of separable filters, pooled: what mean, Laplacian of Gaussian, Laws and separable
 * wavelets share (IBSI 2, chapter 3).
 *
 * A term is one kernel for each axis, for each level of a cascade. The response of a filter is its
 * terms, each with its sign, pooled voxel by voxel: the rotations of a filter by the maximum or
 * the mean, the parts of a Laplacian by their sum. Terms that begin with the same kernels share
 * these passes. */
#ifndef RADMILL_ENGINE_RESPONSES_SEPARABLE_H
#define RADMILL_ENGINE_RESPONSES_SEPARABLE_H

#include "engine/responses/source.h"
#include "engine/signal/convolve.h"

enum pooling { POOL_SUM, POOL_MEAN, POOL_MAX, POOL_MIN };

enum { SEPARABLE_LEVELS = 8, SEPARABLE_TERMS = 64, SEPARABLE_KERNELS = 6 * SEPARABLE_LEVELS };

struct separable {
    int levels; /* of the cascade; 1 for most filters */
    int n_kernels;
    struct kernel kernel[SEPARABLE_KERNELS];
    int n_terms;
    struct separable_term {
        int kernel[SEPARABLE_LEVELS][3]; /* which one, by level and axis; z is unused in 2D */
        int sign;                        /* +1 or -1 */
    } term[SEPARABLE_TERMS];
    enum pooling pooling;
};

/* A filter of one term without a rotation: the kernels of x, y and z. */
void separable_single(struct separable *s, const struct kernel *x, const struct kernel *y,
                      const struct kernel *z);

/* A filter under the proper rotations that map the axes onto each other: 24 in three dimensions,
 * 4 in two, equal ones taken once (each occurs equally often, so that no mean changes). The
 * kernels of level l along x, y, z: by_level[l][0..2]. */
void separable_rotations(struct separable *s, int dims, int levels,
                         const struct kernel by_level[][3], enum pooling pooling);

/* How many voxels the kernels of a level's terms reach at most, on either side along any axis. */
int64_t separable_beyond(const struct separable *s, int level, int dims);

/* The pooled response of a patch on `wanted`: it holds separable_reach of that. Release *out with
 * patch_free. */
struct box separable_reach(const struct separable *s, const struct border *border, int dims,
                           const struct box *wanted);
bool separable_of_patch(const struct separable *s, const struct patch *in,
                        const struct border *border, int dims, const struct box *wanted,
                        struct patch *out, struct err *e);

/* Pools one more term's values into out[n]; the first term's by POOL_SUM into zeros. */
void separable_pool(enum pooling how, const double *value, int sign, int64_t n, double *out);

#endif
