/* Grey level size zone features (specification 6.5). */
#include "engine/features/families.h"

#include "engine/features/sizes.h"
#include "engine/matrices/glszm.h"

static const struct feature feature[] = {
    {"GrayLevelNonUniformity", "JNSA", "1", false},
    {"GrayLevelNonUniformityNormalized", "Y1RO", "1", false},
    {"GrayLevelVariance", "BYLV", "1", false},
    {"HighGrayLevelZoneEmphasis", "5GN9", "1", false},
    {"LargeAreaEmphasis", "48P8", "1", false},
    {"LargeAreaHighGrayLevelEmphasis", "J17V", "1", false},
    {"LargeAreaLowGrayLevelEmphasis", "YH51", "1", false},
    {"LowGrayLevelZoneEmphasis", "XMSY", "1", false},
    {"SizeZoneNonUniformity", "4JP3", "1", false},
    {"SizeZoneNonUniformityNormalized", "VB3A", "1", false},
    {"SmallAreaEmphasis", "5QRC", "1", false},
    {"SmallAreaHighGrayLevelEmphasis", "HW1V", "1", false},
    {"SmallAreaLowGrayLevelEmphasis", "5RAI", "1", false},
    {"ZoneEntropy", "GU8N", "1", false},
    {"ZonePercentage", "P30P", "1", false},
    {"ZoneVariance", "3NSA", "1", false},
};
enum { N_FEATURES = sizeof feature / sizeof *feature };

static const sizes_formula formula[N_FEATURES] = {
    sizes_level_non_uniformity, sizes_level_non_uniformity_normalized,
    sizes_level_variance,       sizes_high_level_emphasis,
    sizes_large_emphasis,       sizes_large_high_emphasis,
    sizes_large_low_emphasis,   sizes_low_level_emphasis,
    sizes_non_uniformity,       sizes_non_uniformity_normalized,
    sizes_small_emphasis,       sizes_small_high_emphasis,
    sizes_small_low_emphasis,   sizes_entropy,
    sizes_percentage,           sizes_variance,
};

static bool compute(const struct family_input *in, const bool *wanted, struct fvalue *out,
                    struct err *e)
{
    static const double neighbours[] = {1}; /* zones know no other distance */
    struct texture t = {0};
    struct cells zones = {0};
    bool ok = texture_open(in, CODES_DENSE, DIRECTIONS_HALF, neighbours, 1, &t, e) &&
              glszm_count(t.codes, &t.directions, &zones, e) &&
              sizes_deliver(&zones, t.codes->level, formula, N_FEATURES, wanted, out, e);
    cells_free(&zones);
    texture_close(&t);
    return ok || err_wrap(e, "glszm");
}

const struct family family_glszm = {"glszm", TAP_LEVELS, feature, N_FEATURES, compute};
