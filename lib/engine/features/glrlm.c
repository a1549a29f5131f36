/* Grey level run length features (specification 6.4; IBSI 3.7). */
#include "engine/matrices/glrlm.h"
#include "engine/features/sizes.h"

#include <math.h>

struct glrlm_state {
    const struct family *family;
    struct texture texture;
    struct glrlm matrices;
    struct sizes_work work;
};

static bool run_matrix(void *family, int i, struct cells *out, struct err *e)
{
    struct glrlm_state *s = family;
    return glrlm_matrix(&s->matrices, i, out, e);
}

/* The weight is the distance itself (glcm's falls with it). */
static double run_weight(enum weighting_norm norm, const double q_mm[3])
{
    switch (norm) {
    case WEIGHT_INFINITY:
        return fmax(fmax(q_mm[0], q_mm[1]), q_mm[2]);
    case WEIGHT_EUCLIDEAN:
        return sqrt(q_mm[2] * q_mm[2] + q_mm[1] * q_mm[1] + q_mm[0] * q_mm[0]);
    case WEIGHT_MANHATTAN:
        return q_mm[2] + q_mm[1] + q_mm[0];
    default:
        return 1;
    }
}

static bool run_evaluate(void *family, const struct cells *m, const bool *wanted, double *value,
                         struct err *e)
{
    struct glrlm_state *s = family;
    struct sizes sums;
    if (!sizes_sum(&s->work, m, s->texture.codes->level, &sums, e))
        return false;
    for (int f = 0; f < s->family->n_features; f++)
        if (wanted[f])
            value[f] = sizes_formula_of(s->family, f)(&sums);
    return true;
}

/* A single empty matrix: sums over no cells at all are 0. */
static void run_empty(void *family, bool several, double *value)
{
    const struct family *rows = ((const struct glrlm_state *)family)->family;
    for (int f = 0; f < rows->n_features && !several; f++)
        if (sizes_formula_of(rows, f) == sizes_entropy ||
            sizes_formula_of(rows, f) == sizes_variance)
            value[f] = 0;
}

static bool glrlm_measure_opened(struct glrlm_state *s, const struct family_input *in,
                                 const bool *wanted, struct fvalue *out, struct err *e)
{
    if (!glrlm_open(&s->matrices, s->texture.codes, &s->texture.directions,
                    !in->arithmetic->follows_numpy, e))
        return false;
    struct directional d = {
        .family = s,
        .n_features = s->family->n_features,
        .n_directions = s->texture.directions.n,
        .offset = s->texture.directions.offset,
        .matrix = run_matrix,
        .weight = run_weight,
        .evaluate = run_evaluate,
        .empty = run_empty,
    };
    bool ok = texture_directions(&d, in, wanted, out, e);
    glrlm_close(&s->matrices);
    return ok;
}

bool glrlm_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                   struct fvalue *out, struct err *e)
{
    static const double neighbours[] = {1}; /* runs are along neighbours of distance 1 only */
    struct glrlm_state s = {.family = self};
    bool ok = sizes_open(&s.work, in->arithmetic->added_to_zero, in->levels->n_voxels, e) &&
              texture_open(in, CODES_DENSE, DIRECTIONS_HALF, neighbours, 1, &s.texture, e) &&
              glrlm_measure_opened(&s, in, wanted, out, e);
    texture_close(&s.texture);
    sizes_close(&s.work);
    return ok;
}
