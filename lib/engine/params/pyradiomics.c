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

static const struct filter *const filters[] = {
    &filter_original,
    &filter_square,
    &filter_square_root,
    &filter_logarithm,
    &filter_exponential,
    &filter_gradient,
    &filter_wavelet,
    &filter_log,
    &filter_lbp2d,
    &filter_lbp3d,
    NULL,
};

const struct profile profile_pyradiomics = {
    .name = "pyradiomics",
    .summary = "the features, image types, settings and numbers of pyradiomics 3.0.1",
    .read = pyradiomics_read,
    .families = pyradiomics_families,
    .filters = filters,
    .keys = pyradiomics_keys,
    .presets = pyradiomics_presets,
    .preprocess = &preprocess_rules,
    .discretise = levels_create,
    .arithmetic = &arithmetic_numpy,
};
