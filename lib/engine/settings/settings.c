#include "engine/settings/settings.h"

/* Only read: whoever replaces a list of the defaults replaces the whole struct real_list. */
static double default_distances[] = {1};

struct settings settings_default(void)
{
    return (struct settings){
        .load = {.label = 1, .additional_info = true},
        .check = {.minimum_roi_dimensions = 2},
        .normalise = {.normalize_scale = 1},
        .resample = {.interpolator = INTERP_BSPLINE, .pad_distance = 5},
        .resegment = {.resegment_mode = RESEGMENT_ABSOLUTE},
        .image = {.discretise = {.bin_width = 25},
                  .family = {.distances = {.item = default_distances, .n = 1},
                             .symmetrical_glcm = true}},
        .voxel = {.kernel_radius = 1, .masked_kernel = true, .voxel_batch = -1},
    };
}

bool settings_resample(const struct resample_settings *s)
{
    return s->interpolator != INTERP_NONE && s->has_resampled_pixel_spacing;
}
