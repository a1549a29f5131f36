#include "engine/params/keys.h"

#include "base/mem.h"
#include "cli/opt.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const resegment_modes[] = {"absolute", "relative", "sigma", NULL};
static const char *const norms[] = {"manhattan", "euclidean", "infinity", "no_weighting", NULL};
static const char *const lbp_methods[] = {"default", "ror", "uniform", "var", NULL};

#define AT(field) offsetof(struct settings, field)

/* Upper limits of counts that would run for ever: pyradiomics accepts them and does. */
const struct key keys[] = {
    {"minimumROIDimensions", KEY_INT, AT(minimum_roi_dimensions), NO_FLAG, 1, 3, .fallback = "2",
     .in_diagnostics = true},
    {"minimumROISize", KEY_INT, AT(minimum_roi_size), AT(has_minimum_roi_size), 1, INFINITY,
     .fallback = "None", .in_diagnostics = true},
    {"normalize", KEY_BOOL, AT(normalize), NO_FLAG, .fallback = "False", .in_diagnostics = true},
    {"normalizeScale", KEY_REAL, AT(normalize_scale), NO_FLAG, 0, INFINITY, true, .fallback = "1",
     .in_diagnostics = true, .use = USE_NORMALIZE},
    {"removeOutliers", KEY_REAL, AT(remove_outliers), AT(has_remove_outliers), 0, INFINITY, true,
     .fallback = "None", .in_diagnostics = true},
    {"resampledPixelSpacing", KEY_REALS, AT(resampled_pixel_spacing),
     AT(has_resampled_pixel_spacing), 0, INFINITY, .fallback = "None", .in_diagnostics = true},
    {"interpolator", KEY_INTERPOLATOR, AT(interpolator), NO_FLAG, .fallback = "'sitkBSpline'",
     .in_diagnostics = true},
    {"preCrop", KEY_BOOL, AT(pre_crop), NO_FLAG, .fallback = "False", .in_diagnostics = true},
    {"padDistance", KEY_INT, AT(pad_distance), NO_FLAG, 0, INFINITY, .fallback = "5",
     .in_diagnostics = true, .use = USE_PADDING},
    {"distances", KEY_INTS, AT(distances), NO_FLAG, 1, INFINITY, .fallback = "[1]",
     .in_diagnostics = true},
    {"force2D", KEY_BOOL, AT(force_2d), NO_FLAG, .fallback = "False", .in_diagnostics = true},
    {"force2Ddimension", KEY_INT, AT(force_2d_dimension), NO_FLAG, 0, 2, .fallback = "0",
     .in_diagnostics = true},
    {"resegmentRange", KEY_REALS, AT(resegment_range), AT(has_resegment_range), -INFINITY, INFINITY,
     .fallback = "None", .in_diagnostics = true},
    {"label", KEY_INT, AT(label), NO_FLAG, 1, INFINITY, .fallback = "1", .in_diagnostics = true},
    {"additionalInfo", KEY_BOOL, AT(additional_info), NO_FLAG, .fallback = "True",
     .in_diagnostics = true},
    {"label_channel", KEY_INT, AT(label_channel), NO_FLAG, 0, INFINITY, .fallback = "0",
     .use = USE_VECTOR_MASK},
    {"geometryTolerance", KEY_REAL, AT(geometry_tolerance), AT(has_geometry_tolerance), 0, INFINITY,
     true, .fallback = "None"},
    {"correctMask", KEY_BOOL, AT(correct_mask), NO_FLAG, .fallback = "False"},
    {"resegmentMode", KEY_CHOICE, AT(resegment_mode), NO_FLAG, .choices = resegment_modes,
     .fallback = "'absolute'", .use = USE_RESEGMENT},
    {"resegmentShape", KEY_BOOL, AT(resegment_shape), NO_FLAG, .fallback = "False"},
    {"binWidth", KEY_REAL, AT(bin_width), NO_FLAG, 0, INFINITY, true, .fallback = "25",
     .use = USE_WIDTH},
    {"binCount", KEY_INT, AT(bin_count), AT(has_bin_count), 1, INFINITY, .fallback = "None"},
    {"weightingNorm", KEY_CHOICE, AT(weighting_norm), AT(weighting_norm), .choices = norms,
     .fallback = "None"},
    {"symmetricalGLCM", KEY_BOOL, AT(symmetrical_glcm), NO_FLAG, .fallback = "True"},
    {"gldm_a", KEY_INT, AT(gldm_a), NO_FLAG, 0, INFINITY, .fallback = "0"},
    {"voxelArrayShift", KEY_INT, AT(voxel_array_shift), NO_FLAG, -INFINITY, INFINITY,
     .fallback = "0"},
    {"sigma", KEY_REALS, AT(sigma_mm), NO_FLAG, 0, INFINITY, true, .fallback = "[]",
     .use = USE_FILTER, .filter = "LoG"},
    {"start_level", KEY_INT, AT(start_level), NO_FLAG, 0, 100, .fallback = "0", .use = USE_FILTER,
     .filter = "Wavelet"},
    {"level", KEY_INT, AT(level), NO_FLAG, 1, 100, .fallback = "1", .use = USE_FILTER,
     .filter = "Wavelet"},
    {"wavelet", KEY_WAVELET, AT(wavelet), NO_FLAG, .fallback = "'coif1'"},
    {"gradientUseSpacing", KEY_BOOL, AT(gradient_use_spacing), NO_FLAG, .fallback = "True"},
    {"lbp2DRadius", KEY_REAL, AT(lbp2d_radius), NO_FLAG, 0, INFINITY, true, .fallback = "1",
     .use = USE_FILTER, .filter = "LBP2D"},
    {"lbp2DSamples", KEY_INT, AT(lbp2d_samples), NO_FLAG, 1, 1024, .fallback = "8",
     .use = USE_FILTER, .filter = "LBP2D"},
    {"lbp2DMethod", KEY_CHOICE, AT(lbp2d_method), NO_FLAG, .choices = lbp_methods,
     .fallback = "'uniform'", .use = USE_FILTER, .filter = "LBP2D"},
    {"lbp3DLevels", KEY_INT, AT(lbp3d_levels), NO_FLAG, 1, 64, .fallback = "2", .use = USE_FILTER,
     .filter = "LBP3D"},
    {"lbp3DIcosphereRadius", KEY_REAL, AT(lbp3d_icosphere_radius), NO_FLAG, 0, INFINITY, true,
     .fallback = "1", .use = USE_FILTER, .filter = "LBP3D"},
    {"lbp3DIcosphereSubdivision", KEY_INT, AT(lbp3d_icosphere_subdivision), NO_FLAG, 0, 8,
     .fallback = "1", .use = USE_FILTER, .filter = "LBP3D"},
    {"kernelRadius", KEY_INT, AT(kernel_radius), NO_FLAG, 1, 64, .fallback = "1", .voxel = true,
     .use = USE_VOXEL},
    {"maskedKernel", KEY_BOOL, AT(masked_kernel), NO_FLAG, .fallback = "True", .voxel = true},
    {"initValue", KEY_REAL, AT(init_value), NO_FLAG, -INFINITY, INFINITY, .fallback = "0",
     .voxel = true, .use = USE_VOXEL},
    {"voxelBatch", KEY_INT, AT(voxel_batch), NO_FLAG, 1, INFINITY, .fallback = "-1", .voxel = true,
     .use = USE_VOXEL},
    {0},
};

static_assert(sizeof keys / sizeof *keys <= 64, "settings.unset has a bit for every key");

uint64_t key_bit(const struct key *k)
{
    return (uint64_t)1 << (k - keys);
}

const struct key *key_find(const char *name, bool voxel)
{
    for (const struct key *k = keys; k->name; k++)
        if (k->voxel == voxel && strcmp(k->name, name) == 0)
            return k;
    return NULL;
}

const char *key_nearest(const char *name, bool voxel)
{
    const char *names[sizeof keys / sizeof *keys] = {0};
    size_t n = 0;
    for (const struct key *k = keys; k->name; k++)
        if (k->voxel == voxel)
            names[n++] = k->name;
    return opt_nearest(name, names);
}
