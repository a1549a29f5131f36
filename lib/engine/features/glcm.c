/* Grey level co-occurrence features (specification 6.3). */
#include "engine/matrices/glcm.h"
#include "engine/features/glcm_formulas.h"
#include "engine/features/mcc.h"
#include "engine/features/mcc_small.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct glcm_state {
    const struct family *family;
    struct texture texture;
    struct glcm matrices;
    struct glcm_work work;
    struct glcm_plain plain;
    bool weighted;
    int direction;       /* of the matrix at hand */
    double *correlation; /* maximal, per direction, of a small ROI; else NULL */
};

static bool pair_matrix(void *family, int i, struct cells *out, struct err *e)
{
    struct glcm_state *s = family;
    s->direction = i;
    return glcm_matrix(&s->matrices, i, out, e);
}

static bool pair_total(void *family, const struct cells *m, double *sum, struct err *e)
{
    struct glcm_state *s = family;
    return glcm_plain_total(&s->plain, m, sum, e);
}

static double pair_weight(enum weighting_norm norm, const double q_mm[3])
{
    switch (norm) {
    case WEIGHT_INFINITY: {
        double most = fmax(fmax(q_mm[0], q_mm[1]), q_mm[2]);
        return exp(-(most * most));
    }
    case WEIGHT_EUCLIDEAN:
        return exp(-(q_mm[2] * q_mm[2] + q_mm[1] * q_mm[1] + q_mm[0] * q_mm[0]));
    case WEIGHT_MANHATTAN: {
        double sum = q_mm[2] + q_mm[1] + q_mm[0];
        return exp(-(sum * sum));
    }
    default:
        return 1;
    }
}

static glcm_formula *formula_of(const struct family *f, int i)
{
    return ((const struct glcm_row *)family_row(f, i))->formula;
}

int glcm_row_of(const struct family *f, glcm_formula *formula)
{
    for (int i = 0; i < f->n_features; i++)
        if (formula_of(f, i) == formula)
            return i;
    return -1;
}

static bool wants(const struct family *f, const bool *wanted, glcm_formula *formula)
{
    for (int i = 0; i < f->n_features; i++)
        if (wanted[i] && formula_of(f, i) == formula)
            return true;
    return false;
}

/* The one feature that needs the matrix itself. */
static bool correlate(struct glcm_state *s, const struct cells *m, struct glcm_sums *sums,
                      struct err *e)
{
    if (s->correlation) {
        sums->maximal_correlation = s->correlation[s->direction];
        return true;
    }
    if (s->work.n_codes > 1)
        return mcc(m, s->work.n_codes, sums->total, sums->row, sums->col, s->weighted,
                   &sums->maximal_correlation, e);
    sums->maximal_correlation = 1;
    return true;
}

static bool pair_evaluate(void *family, const struct cells *m, const bool *wanted, double *value,
                          struct err *e)
{
    struct glcm_state *s = family;
    struct glcm_sums *sums = &s->work.sums;
    if (!glcm_sum(&s->work, &s->plain, m, e))
        return false;
    if (wants(s->family, wanted, glcm_maximal_correlation) && !correlate(s, m, sums, e))
        return false;
    for (int f = 0; f < s->family->n_features; f++)
        if (wanted[f] && formula_of(s->family, f))
            value[f] = formula_of(s->family, f)(sums);
    return true;
}

/* One grey level, no pairs: what pyradiomics' sums over nothing and its shortcut for flat regions
 * give. */
static void pair_empty(void *family, bool several, double *value)
{
    const struct glcm_state *s = family;
    if (s->texture.codes->n > 1)
        return;
    for (int f = 0; f < s->family->n_features; f++)
        if (several && formula_of(s->family, f) == glcm_maximal_correlation)
            value[f] = 1;
        else if (!several && formula_of(s->family, f) == glcm_inverse_variance)
            value[f] = 0;
}

/* Of all directions at once, where that can be had. */
static bool correlate_small(struct glcm_state *s, const struct family_input *in, const bool *wanted,
                            struct err *e)
{
    const struct glcm_small *small = &s->matrices.small;
    if (small->n < 3 || !small->symmetric || in->aggregation->directions != COMBINE_AVERAGE ||
        !wants(s->family, wanted, glcm_maximal_correlation))
        return true;
    s->correlation = mem_array((size_t)small->directions, sizeof *s->correlation, e);
    return s->correlation && mcc_small(small, s->correlation, e);
}

static bool glcm_measure_opened(struct glcm_state *s, const struct family_input *in,
                                const bool *wanted, struct fvalue *out, struct err *e)
{
    struct directional d = {
        .family = s,
        .n_features = s->family->n_features,
        .total = s->weighted ? pair_total : NULL,
        .n_directions = s->texture.directions.n,
        .offset = s->texture.directions.offset,
        .matrix = pair_matrix,
        .weight = pair_weight,
        .evaluate = pair_evaluate,
        .empty = pair_empty,
    };
    bool ok =
        glcm_open(&s->matrices, s->texture.codes, &s->texture.directions,
                  in->settings->symmetrical_glcm, e) &&
        correlate_small(s, in, wanted, e) &&
        glcm_work_open(&s->work, s->texture.codes, in->levels->n_levels, in->arithmetic,
                       s->weighted, e) &&
        glcm_plain_open(&s->plain, in, s->texture.codes, &s->texture.directions, s->weighted, e) &&
        texture_directions(&d, in, wanted, out, e);
    free(s->correlation);
    glcm_close(&s->matrices);
    glcm_work_close(&s->work);
    glcm_plain_close(&s->plain);
    return ok;
}

bool glcm_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                  struct fvalue *out, struct err *e)
{
    const struct real_list *distances = &in->settings->distances;
    struct glcm_state s = {.family = self,
                           .weighted = in->settings->weighting_norm != WEIGHT_NONE &&
                                       in->aggregation->directions == COMBINE_MERGE};
    bool ok = texture_open(in, CODES_DENSE, DIRECTIONS_HALF, distances->item, distances->n,
                           &s.texture, e) &&
              glcm_measure_opened(&s, in, wanted, out, e);
    texture_gone(self, wanted, out);
    texture_close(&s.texture);
    return ok;
}
