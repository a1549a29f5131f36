/* What a case is measured with, one struct for each stage of the engine. A stage gets its own
 * struct and sees no other; names and ranges of the keys that fill them are the profile's
 * (engine/params/profile.h), and what a filter needs for itself is in its own file.
 *
 * Optional numbers have a `has_` flag; null in the file clears it. Lists are owned by the struct
 * params that the settings belong to (engine/params/params.h), never by a copy of the settings. */
#ifndef RADMILL_ENGINE_SETTINGS_SETTINGS_H
#define RADMILL_ENGINE_SETTINGS_SETTINGS_H

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

struct real_list {
    double *item;
    bool *is_int; /* parallel to item, may be NULL: written as an integer in the file (LoG names) */
    int n;
};

struct load_settings {
    int64_t label, label_channel;
    bool additional_info; /* diagnostics are wanted */
};

/* The mask check. */
struct check_settings {
    int64_t minimum_roi_dimensions;
    bool has_minimum_roi_size;
    int64_t minimum_roi_size;
    bool has_geometry_tolerance;
    double geometry_tolerance;
    bool correct_mask;
};

struct normalise_settings {
    bool normalize;
    double normalize_scale;
    bool has_remove_outliers;
    double remove_outliers;
};

struct resample_settings {
    bool has_resampled_pixel_spacing;
    struct real_list resampled_pixel_spacing; /* x, y[, z] in mm */
    enum interpolator interpolator;
    int64_t pad_distance; /* voxels */
    bool pre_crop;
};

/* Interpolation on IBSI's grid. */
enum centred_rule { CENTRED_NEAREST, CENTRED_LINEAR, CENTRED_CUBIC }; /* CUBIC: spline (VWMP) */
struct centred_settings {
    struct real_list spacing_mm; /* x, y[, z]; 0: as the image has it. Empty: nothing is done */
    enum centred_rule image, mask;
    double mask_threshold; /* share of the ROI from which on a voxel belongs to it */
    bool round_image;      /* to whole numbers, halves to even */
    bool whole_image; /* diagnostics tell of the whole interpolated image, not of the ROI only */
};

/* Re-segmentation as IBSI has it: of the intensity mask, by a range and by standard deviations. */
struct keep_settings {
    bool has_range;
    struct real_list range; /* two values, may be infinite; both bounds belong to it */
    bool has_sigma;
    double sigma; /* deviations from the mean, of the ROI before it is cut to the range */
};

struct resegment_settings {
    bool has_resegment_range;
    struct real_list resegment_range;
    enum resegment_mode resegment_mode;
    bool resegment_shape;
};

/* IBSI 2.8: the values are grey levels already, a number of bins, bins of a width. */
enum discretise_rule { DISCRETISE_AS_IS, DISCRETISE_BIN_COUNT, DISCRETISE_BIN_WIDTH };

struct discretise_settings {
    double bin_width;
    bool has_bin_count;
    int64_t bin_count;
    enum discretise_rule rule; /* of IBSI's discretiser */
    bool has_lowest;           /* of IBSI's bins of a width: where the first begins in images that
                                * are not filtered; else at the ROI's minimum */
    double lowest;
};

/* How the intensity-volume histogram finds its grey levels. */
enum ivh_rule { IVH_AS_IS, IVH_BIN_WIDTH, IVH_BIN_COUNT };
struct ivh_settings {
    enum ivh_rule rule;
    double bin_width;
    int64_t bin_count;
    bool has_range;
    double range[2]; /* of the re-segmentation; may be infinite */
};

/* What the feature families measure with. */
struct family_settings {
    struct real_list distances; /* integers > 0, voxels */
    bool force_2d;
    int64_t force_2d_dimension; /* 0 = z, 1 = y, 2 = x */
    enum weighting_norm weighting_norm;
    bool symmetrical_glcm;
    int64_t gldm_a;
    int64_t voxel_array_shift;
    struct ivh_settings ivh;
};

/* What may differ from one image type to the next. */
struct image_settings {
    struct discretise_settings discretise;
    struct family_settings family;
};

struct voxel_settings {
    int64_t kernel_radius; /* voxels */
    bool masked_kernel;
    double init_value;
    int64_t voxel_batch; /* -1: unlimited */
};

struct settings {
    struct load_settings load;
    struct check_settings check;
    struct normalise_settings normalise;
    struct resample_settings resample;
    struct resegment_settings resegment;
    struct centred_settings centred;
    struct keep_settings keep;
    struct image_settings image; /* of image types that say nothing else */
    struct voxel_settings voxel;
};

/* The defaults of specification 1.3; lists that have a default point at static storage. */
struct settings settings_default(void);

/* Do the settings ask for resampling? */
bool settings_resample(const struct resample_settings *s);

#endif
