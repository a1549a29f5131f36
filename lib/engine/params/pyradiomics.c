/* The profile of pyradiomics 3.0.1: what makes its numbers its own. Names and codes of its features
 * stand in engine/features/pyradiomics.c, its keys and presets beside this file. */
#include "engine/params/pyradiomics.h"

#include "engine/features/families.h"
#include "engine/params/pyradiomics_file.h"
#include "engine/preprocess/resample.h"

/* Specification 2.1, steps 4 to 8. */
static preprocess_step *const steps[] = {
    step_normalise, step_resample,       step_pre_crop, step_check,
    step_resegment, step_cut_morphology, NULL};

/* The grid's first corner is that of the mask's box; the mask follows by the nearest neighbour. */
static const struct preprocess_rules preprocess_rules = {
    .step = steps, .grid = resample_grid, .mask = resample_mask};

/* The image types, in the order of the documentation; the first is the image itself. Adding one is
 * adding its name here: the row stands in its own file. */
#define FILTERS(X)                                                                                 \
    X(original)                                                                                    \
    X(square)                                                                                      \
    X(square_root) X(logarithm) X(exponential) X(gradient) X(wavelet) X(log) X(lbp2d) X(lbp3d)
#define DECLARATION(name) extern const struct filter filter_##name;
#define ROW(name)         &filter_##name,
FILTERS(DECLARATION)
static const struct filter *const filters[] = {FILTERS(ROW) NULL};

static bool has_stage(const struct settings *s, enum stage stage)
{
    switch (stage) {
    case STAGE_INTERPOLATED:
        return settings_resample(&s->resample);
    case STAGE_CORRECTED:
        return s->check.correct_mask;
    case STAGE_RESEGMENTED:
        return s->resegment.has_resegment_range;
    default:
        return true;
    }
}

const struct profile profile_pyradiomics = {
    .name = "pyradiomics",
    .summary = "the features, image types, settings and numbers of pyradiomics 3.0.1",
    .read = pyradiomics_read,
    .sections = pyradiomics_sections,
    .families = pyradiomics_families,
    .filters = filters,
    .keys = pyradiomics_keys,
    .presets = pyradiomics_presets,
    .preprocess = &preprocess_rules,
    .discretise = levels_create,
    .arithmetic = &arithmetic_numpy,
    .has_stage = has_stage,
};
