#include "engine/settings/settings.h"

/* Only read: whoever replaces a list of the defaults replaces the whole struct real_list. */
static double default_distances[] = {1};

struct settings settings_default(void)
{
    return (struct settings){
        .label = 1,
        .minimum_roi_dimensions = 2,
        .normalize_scale = 1,
        .additional_info = true,
        .interpolator = INTERP_BSPLINE,
        .pad_distance = 5,
        .resegment_mode = RESEGMENT_ABSOLUTE,
        .bin_width = 25,
        .bin_width_is_int = true,
        .distances = {.item = default_distances, .n = 1},
        .symmetrical_glcm = true,
        .level = 1,
        .wavelet = "coif1",
        .gradient_use_spacing = true,
        .lbp2d_radius = 1,
        .lbp2d_samples = 8,
        .lbp2d_method = LBP2D_UNIFORM,
        .lbp3d_levels = 2,
        .lbp3d_icosphere_radius = 1,
        .lbp3d_icosphere_subdivision = 1,
        .kernel_radius = 1,
        .masked_kernel = true,
        .voxel_batch = -1,
    };
}
