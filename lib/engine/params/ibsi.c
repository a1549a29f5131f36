/* The profile of the Image Biomarker Standardisation Initiative: chapters 1 (features) and 2
 * (filters). Names and codes of its features stand in engine/features/ibsi.c, keys, presets and the
 * layout of its parameter file beside this file. */
#include "engine/params/ibsi.h"

#include "engine/features/families.h"

/* The ROI must lie on the image's grid; then IBSI's figure 1.2: interpolation, re-segmentation. */
static preprocess_step *const steps[] = {step_check, step_centre, step_keep, NULL};

static const struct preprocess_rules preprocess_rules = {.step = steps};

/* The filters; the first is the image itself. Adding one is adding its name here: the row stands in
 * its own file. */
#define FILTERS(X)                                                                                 \
    X(none)                                                                                        \
    X(ibsi_mean)                                                                                   \
    X(ibsi_log) X(ibsi_laws) X(ibsi_gabor) X(ibsi_wavelet) X(ibsi_nonseparable)
#define DECLARATION(name) extern const struct filter filter_##name;
#define ROW(name)         &filter_##name,
FILTERS(DECLARATION)
static const struct filter *const filters[] = {FILTERS(ROW) NULL};

static bool has_stage(const struct settings *s, enum stage stage)
{
    (void)s;
    return stage != STAGE_CORRECTED;
}

const struct profile profile_ibsi = {
    .name = "ibsi",
    .summary = "the features and filters of the Image Biomarker Standardisation Initiative",
    .read = ibsi_read,
    .sections = ibsi_sections,
    .families = ibsi_families,
    .filters = filters,
    .keys = ibsi_keys,
    .presets = ibsi_presets,
    .preprocess = &preprocess_rules,
    .discretise = levels_by_rule,
    .arithmetic = &arithmetic_plain,
    .has_stage = has_stage,
    .values_at_start = true,
};
