/* Grey level dependence features (specification 6.6). */
#include "engine/features/families.h"

#include "engine/features/sizes.h"
#include "engine/matrices/gldm.h"

static const struct feature feature[] = {
    {"DependenceEntropy", "FCBV", "1", false},
    {"DependenceNonUniformity", "Z87G", "1", false},
    {"DependenceNonUniformityNormalized", "OKJI", "1", false},
    {"DependenceVariance", "DNX2", "1", false},
    {"GrayLevelNonUniformity", "FP8K", "1", false},
    {"GrayLevelVariance", "1PFV", "1", false},
    {"HighGrayLevelEmphasis", "OAE7", "1", false},
    {"LargeDependenceEmphasis", "IMOQ", "1", false},
    {"LargeDependenceHighGrayLevelEmphasis", "9QMG", "1", false},
    {"LargeDependenceLowGrayLevelEmphasis", "NBZI", "1", false},
    {"LowGrayLevelEmphasis", "TL9H", "1", false},
    {"SmallDependenceEmphasis", "SODN", "1", false},
    {"SmallDependenceHighGrayLevelEmphasis", "JA6D", "1", false},
    {"SmallDependenceLowGrayLevelEmphasis", "EQ3F", "1", false},
    {"DependencePercentage", "6XV8", "1", true, true},
    {"GrayLevelNonUniformityNormalized", "5SPA", "1", true, true},
};
enum { N_FEATURES = sizeof feature / sizeof *feature };

static const sizes_formula formula[] = {
    sizes_entropy,
    sizes_non_uniformity,
    sizes_non_uniformity_normalized,
    sizes_variance,
    sizes_level_non_uniformity,
    sizes_level_variance,
    sizes_high_level_emphasis,
    sizes_large_emphasis,
    sizes_large_high_emphasis,
    sizes_large_low_emphasis,
    sizes_low_level_emphasis,
    sizes_small_emphasis,
    sizes_small_high_emphasis,
    sizes_small_low_emphasis,
};
enum { N_FORMULAS = sizeof formula / sizeof *formula };

static bool compute(const struct family_input *in, const bool *wanted, struct fvalue *out,
                    struct err *e)
{
    const struct settings *s = in->settings;
    struct texture t = {0};
    struct cells m = {0};
    bool ok = texture_open(in, s->gldm_a > 0 ? CODES_LEVELS : CODES_DENSE, DIRECTIONS_BOTH,
                           s->distances.item, s->distances.n, &t, e) &&
              gldm_count(t.codes, &t.directions, s->gldm_a, &m, e) &&
              sizes_deliver(&m, t.codes->level, formula, N_FORMULAS, wanted, out, e);
    texture_absent(N_FORMULAS, N_FEATURES, wanted, out);
    cells_free(&m);
    texture_close(&t);
    return ok || err_wrap(e, "gldm");
}

const struct family family_gldm = {"gldm", TAP_LEVELS, feature, N_FEATURES, compute};
