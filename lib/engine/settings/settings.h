/* The settings of pyradiomics (specification 1.3), one struct for one image type of one case.
 * Optional numbers have a `has_` flag; null in the file clears it. Lists are owned by the struct
 * params that the settings belong to (params.h), never by a copy of the settings. */
#ifndef RADMILL_ENGINE_PARAMS_SETTINGS_H
#define RADMILL_ENGINE_PARAMS_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

enum interpolator { /* order and names of specification 3.5; INTERP_NONE: null, no resampling */
                    INTERP_NONE,
                    INTERP_NEAREST,
                    INTERP_LINEAR,
                    INTERP_BSPLINE,
                    INTERP_GAUSSIAN,
                    INTERP_LABEL_GAUSSIAN,
                    INTERP_HAMMING_SINC,
                    INTERP_COSINE_SINC,
                    INTERP_WELCH_SINC,
                    INTERP_LANCZOS_SINC,
                    INTERP_BLACKMAN_SINC,
};

enum resegment_mode { RESEGMENT_ABSOLUTE, RESEGMENT_RELATIVE, RESEGMENT_SIGMA };
enum weighting_norm {
    WEIGHT_NONE,
    WEIGHT_MANHATTAN,
    WEIGHT_EUCLIDEAN,
    WEIGHT_INFINITY,
    WEIGHT_NO_WEIGHTING
};
enum lbp2d_method { LBP2D_DEFAULT, LBP2D_ROR, LBP2D_UNIFORM, LBP2D_VAR };

struct real_list {
    double *item;
    bool *is_int; /* parallel to item, may be NULL: written as an integer in the file (LoG names) */
    int n;
};

struct settings {
    uint64_t unset; /* keys that are null, by their number in the table of keys: not to be used */

    /* case */
    int64_t label, label_channel;
    int64_t minimum_roi_dimensions;
    bool has_minimum_roi_size;
    int64_t minimum_roi_size;
    bool has_geometry_tolerance;
    double geometry_tolerance;
    bool correct_mask, additional_info;
    bool normalize;
    double normalize_scale;
    bool has_remove_outliers;
    double remove_outliers;
    bool has_resampled_pixel_spacing;
    struct real_list resampled_pixel_spacing; /* x, y[, z] */
    enum interpolator interpolator;
    int64_t pad_distance;
    bool pre_crop;
    bool has_resegment_range;
    struct real_list resegment_range;
    enum resegment_mode resegment_mode;
    bool resegment_shape;

    /* discretisation */
    double bin_width;
    bool bin_width_is_int; /* integer arithmetic on integer images (specification 4.2) */
    bool has_bin_count;
    int64_t bin_count;

    /* texture and first order */
    struct real_list distances; /* integers > 0 */
    bool force_2d;
    int64_t force_2d_dimension; /* 0 = z, 1 = y, 2 = x */
    enum weighting_norm weighting_norm;
    bool symmetrical_glcm;
    int64_t gldm_a;
    int64_t voxel_array_shift;

    /* filters */
    struct real_list sigma_mm;
    int64_t start_level, level;
    char wavelet[24];
    bool gradient_use_spacing;
    double lbp2d_radius;
    int64_t lbp2d_samples;
    enum lbp2d_method lbp2d_method;
    int64_t lbp3d_levels;
    double lbp3d_icosphere_radius;
    int64_t lbp3d_icosphere_subdivision;

    /* voxel mode */
    int64_t kernel_radius;
    bool masked_kernel;
    double init_value;
    int64_t voxel_batch; /* -1: unlimited */
};

/* The defaults of specification 1.3; lists that have a default point at static storage. */
struct settings settings_default(void);

#endif
