/* Grey level run length features (specification 6.4). */
#include "engine/features/families.h"

#include "engine/features/sizes.h"
#include "engine/matrices/glrlm.h"

#include <math.h>

static const struct feature feature[] = {
    {"GrayLevelNonUniformity", "R5YN", "1", false},
    {"GrayLevelNonUniformityNormalized", "OVBL", "1", false},
    {"GrayLevelVariance", "8CE5", "1", false},
    {"HighGrayLevelRunEmphasis", "G3QZ", "1", false},
    {"LongRunEmphasis", "W4KF", "1", false},
    {"LongRunHighGrayLevelEmphasis", "3KUM", "1", false},
    {"LongRunLowGrayLevelEmphasis", "IVPO", "1", false},
    {"LowGrayLevelRunEmphasis", "V3SW", "1", false},
    {"RunEntropy", "HJ9O", "1", false},
    {"RunLengthNonUniformity", "W92Y", "1", false},
    {"RunLengthNonUniformityNormalized", "IC23", "1", false},
    {"RunPercentage", "9ZK5", "1", false},
    {"RunVariance", "SXLW", "1", false},
    {"ShortRunEmphasis", "22OV", "1", false},
    {"ShortRunHighGrayLevelEmphasis", "GD3A", "1", false},
    {"ShortRunLowGrayLevelEmphasis", "HTZT", "1", false},
};
enum { N_FEATURES = sizeof feature / sizeof *feature };

static const sizes_formula formula[N_FEATURES] = {
    sizes_level_non_uniformity,
    sizes_level_non_uniformity_normalized,
    sizes_level_variance,
    sizes_high_level_emphasis,
    sizes_large_emphasis,
    sizes_large_high_emphasis,
    sizes_large_low_emphasis,
    sizes_low_level_emphasis,
    sizes_entropy,
    sizes_non_uniformity,
    sizes_non_uniformity_normalized,
    sizes_percentage,
    sizes_variance,
    sizes_small_emphasis,
    sizes_small_high_emphasis,
    sizes_small_low_emphasis,
};

struct state {
    struct texture texture;
    struct glrlm matrices;
    struct sizes_work work;
};

static bool matrix(void *family, int i, struct cells *out, struct err *e)
{
    struct state *s = family;
    return glrlm_matrix(&s->matrices, i, out, e);
}

/* The weight is the distance itself (glcm's falls with it). */
static double weight(enum weighting_norm norm, const double q_mm[3])
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

static bool evaluate(void *family, const struct cells *m, const bool *wanted, double *value,
                     struct err *e)
{
    struct state *s = family;
    struct sizes sums;
    if (!sizes_sum(&s->work, m, s->texture.codes->level, &sums, e))
        return false;
    for (int f = 0; f < N_FEATURES; f++)
        if (wanted[f])
            value[f] = formula[f](&sums);
    return true;
}

/* A single empty matrix: sums over no cells at all are 0. */
static void empty(void *family, bool several, double *value)
{
    (void)family;
    for (int f = 0; f < N_FEATURES && !several; f++)
        if (formula[f] == sizes_entropy || formula[f] == sizes_variance)
            value[f] = 0;
}

static bool run(struct state *s, const struct family_input *in, const bool *wanted,
                struct fvalue *out, struct err *e)
{
    if (!glrlm_open(&s->matrices, s->texture.codes, &s->texture.directions, e))
        return false;
    struct directional d = {
        .family = s,
        .n_features = N_FEATURES,
        .n_directions = s->texture.directions.n,
        .offset = s->texture.directions.offset,
        .matrix = matrix,
        .weight = weight,
        .evaluate = evaluate,
        .empty = empty,
    };
    bool ok = texture_directions(&d, in, wanted, out, e);
    glrlm_close(&s->matrices);
    return ok;
}

static bool compute(const struct family_input *in, const bool *wanted, struct fvalue *out,
                    struct err *e)
{
    static const double neighbours[] = {1}; /* runs know no other distance */
    struct state s = {0};
    bool ok = sizes_open(&s.work, e) &&
              texture_open(in, CODES_DENSE, DIRECTIONS_HALF, neighbours, 1, &s.texture, e) &&
              run(&s, in, wanted, out, e);
    texture_close(&s.texture);
    sizes_close(&s.work);
    return ok || err_wrap(e, "glrlm");
}

const struct family family_glrlm = {"glrlm", TAP_LEVELS, feature, N_FEATURES, compute};
