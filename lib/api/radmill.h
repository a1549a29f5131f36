/* libradmill: radiomics from a program, in C. Everything here is also a tool; this is the same
 * engine.
 *
 *     struct radmill_error why = RADMILL_INIT(radmill_error);
 *     struct radmill_source source = RADMILL_INIT(radmill_source);
 *     struct radmill_value v = RADMILL_INIT(radmill_value);
 *     struct radmill_params *params;
 *     struct radmill_result *result;
 *     source.file = "Params.yaml";
 *     if (!radmill_params_create(&source, &params, &why) ||
 *         !radmill_measure(params, &image, &mask, NULL, &result, &why))
 *         fprintf(stderr, "%s\n", why.text);
 *     for (size_t i = 0; radmill_result_value(result, i, &v); i++)
 *         printf("%s %g %s\n", v.name, v.value, v.unit);
 *
 * Nothing here prints, exits, or changes the locale; without memory a call fails and nothing is
 * lost. Calls may run in several threads at once, also with the same parameters, and a call may use
 * several (radmill_options). No thread outlives a call, and a process may fork before and after.
 * Every struct begins with its size, set by RADMILL_INIT, so that a program and a library of
 * another release understand each other. Compile and link with `pkg-config --cflags --libs
 * radmill`. */
#ifndef RADMILL_H
#define RADMILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RADMILL_INTERFACE 2

/* A zeroed struct of a type, with its size. */
#define RADMILL_INIT(type)                                                                         \
    {                                                                                              \
        .size = sizeof(struct type)                                                                \
    }

const char *radmill_version(void);
int radmill_interface(void); /* RADMILL_INTERFACE of the library that is loaded */

/* The exit statuses of the tools: 1 failed, 2 wrong use, 3 input refused, 130 interrupted. Every
 * function that takes an error takes NULL, too. */
struct radmill_error {
    size_t size;
    int code;
    char text[1024]; /* one line */
};

/* --- images --- */

enum radmill_pixel {
    RADMILL_U8,
    RADMILL_I8,
    RADMILL_U16,
    RADMILL_I16,
    RADMILL_U32,
    RADMILL_I32,
    RADMILL_U64,
    RADMILL_I64,
    RADMILL_F32,
    RADMILL_F64,
};

/* Voxels in memory: x fastest, LPS millimetres; index (0, 0, 0) is the centre of the first voxel
 * and column c of direction (direction[3 * r + c]) the unit vector of index axis c. An image of two
 * axes has shape[2] = 1; its spacing_mm[2] and third axis are not looked at. */
struct radmill_image {
    size_t size;
    int dims; /* 2 or 3 */
    int64_t shape[3];
    double spacing_mm[3];
    double origin_mm[3];
    double direction[9];
    enum radmill_pixel pixel;
    int components;     /* interleaved, of each voxel; 0 is 1. Masks may have several, images one */
    const void *voxels; /* never written to and not copied; borrowed during the call */
};

/* --- parameters --- */

/* What to measure and how. At most one of file, preset and text; none: the defaults. */
struct radmill_source {
    size_t size;
    const char *profile;          /* NULL: that of the preset, else "pyradiomics" */
    const char *file;             /* path of a parameter file, YAML or JSON */
    const char *preset;           /* name of built-in parameters */
    const char *text;             /* a parameter file in memory, YAML */
    const char *const *overrides; /* "key=value", in order */
    size_t n_overrides;
    bool voxel_mode; /* the parameters are for radmill_maps */
};

/* Parameters that have been read and checked; they do not change and may be shared by threads.
 * Code 3 names file, line and cause; 2 is a bad override, preset or profile. */
struct radmill_params;
bool radmill_params_create(const struct radmill_source *source, struct radmill_params **out,
                           struct radmill_error *e);
void radmill_params_destroy(struct radmill_params *p); /* NULL is fine */

/* --- measuring --- */

/* How one call is made. NULL in place of it, and 0 and NULL in it, mean: as the parameters say,
 * without a listener. */
struct radmill_options {
    size_t size;
    int64_t label;       /* value of the ROI in the mask */
    const char *family;  /* this class alone, e.g. "glcm"; the parameters must have it */
    bool as_it_is;       /* the image as it is given: no step of preprocessing, no image type but
                          * the image itself */
    bool no_diagnostics; /* whatever the parameters say */

    void *user; /* first argument of the functions, which are called in the caller's thread */
    void (*warning)(void *user, const char *text);
    /* `done` of `all` values are computed; image and family come next. false: the call ends with
     * code 130. */
    bool (*progress)(void *user, size_t done, size_t all, const char *image, const char *family);

    int threads; /* that work on this call; 0 is 1. Whatever their number, values and messages are
                  * the same and come in the same order; each keeps an image of its own */

    /* Is the result still wanted? Asked before any other function is called, and before every
     * class, then no sooner than wanted_ms after it was asked last. false, which it must say again
     * when it is asked again: the call ends with code 130. */
    bool (*wanted)(void *user);
    int wanted_ms;
};

/* The values of the voxels of `mask` that equal the label. The pixel type of the image matters as
 * it does in pyradiomics. Refused cases (mask check, other grid) give false with code 3. Release
 * *out with radmill_result_destroy. */
struct radmill_result;
bool radmill_measure(const struct radmill_params *p, const struct radmill_image *image,
                     const struct radmill_image *mask, const struct radmill_options *options,
                     struct radmill_result **out, struct radmill_error *e);
void radmill_result_destroy(struct radmill_result *r); /* NULL is fine */

/* One value; all texts belong to the result, and none is NULL. */
struct radmill_value {
    size_t size;
    const char *name;        /* of its column: "original_glcm_Contrast" */
    const char *image;       /* "original", "wavelet-LLH", ... */
    const char *family;      /* "glcm" */
    const char *feature;     /* "Contrast" */
    const char *aggregation; /* IBSI's code: "DHQ4", "ITBB", ...; "" where there is none */
    const char *code;        /* IBSI's code of the feature; "" where there is none */
    const char *unit;
    const char *reason; /* why it is not defined; "" when it is */
    double value;       /* NaN when it is not defined */
};

/* The i-th value in the order of the columns; false after the last one. */
bool radmill_result_value(const struct radmill_result *r, size_t i, struct radmill_value *out);
size_t radmill_result_count(const struct radmill_result *r);

enum radmill_kind { RADMILL_TEXT, RADMILL_NUMBER, RADMILL_LIST };

/* One diagnostic, as pyradiomics names and prints it: a text, a number or a list "(1, 2, 3)". */
struct radmill_diagnostic {
    size_t size;
    const char *name; /* "diagnostics_Mask-original_VoxelNum" */
    const char *text;
    enum radmill_kind kind;
};
bool radmill_result_diagnostic(const struct radmill_result *r, size_t i,
                               struct radmill_diagnostic *out);

/* The whole of a result by one call, for languages in which every call is dear. Texts stand one
 * behind the other, each ended by a zero byte. Everything belongs to the result. */
struct radmill_table {
    size_t size;
    size_t values;
    const double *value; /* [values], as radmill_result_value gives them, and in its order */
    const char *texts;   /* name, image, family, feature, aggregation, code, unit of each value; the
                          * same bytes where parameters and number of axes are the same, unless a
                          * class is skipped */
    size_t texts_bytes;
    const char *reasons; /* of each value */
    size_t reasons_bytes;
    size_t diagnostics;
    const char *diagnostic_texts; /* name, text, kind (a digit: enum radmill_kind) of each */
    size_t diagnostic_texts_bytes;
};
bool radmill_result_table(const struct radmill_result *r, struct radmill_table *out);

/* Takes an image of doubles. about: whose it is; value and reason say nothing. Both are borrowed.
 * false: the call ends with code 130. */
typedef bool radmill_image_function(void *user, const struct radmill_value *about,
                                    const struct radmill_image *image);

/* Voxel mode: one map per feature, of the ROI's box and its kernels, handed over one by one. The
 * parameters were made for voxel_mode. out: diagnostics of the case; NULL: not wanted. */
bool radmill_maps(const struct radmill_params *p, const struct radmill_image *image,
                  const struct radmill_image *mask, const struct radmill_options *options,
                  radmill_image_function *take, void *user, struct radmill_result **out,
                  struct radmill_error *e);

/* The images that features are computed from, whole, after preprocessing: the image itself and the
 * responses of the filters, in their order. about has name and image alone. mask NULL: the whole
 * image is the ROI, and there is no preprocessing. */
bool radmill_filtered(const struct radmill_params *p, const struct radmill_image *image,
                      const struct radmill_image *mask, const struct radmill_options *options,
                      radmill_image_function *take, void *user, struct radmill_error *e);

/* --- what there is --- */

/* The i-th row of a list; false after the last one. Texts are static. */
struct radmill_feature {
    size_t size;
    const char *profile, *family, *name;
    const char *code, *unit; /* "" where there is none */
    const char *status;      /* "current", "deprecated" (only by name) or "gone" (never a value) */
    char aggregations[160];  /* IBSI's codes, one blank apart */
};
bool radmill_feature_at(size_t i, struct radmill_feature *out);

struct radmill_family {
    size_t size;
    const char *profile, *name;
    size_t features;
};
bool radmill_family_at(size_t i, struct radmill_family *out);

struct radmill_filter {
    size_t size;
    const char *profile, *name, *summary;
};
bool radmill_filter_at(size_t i, struct radmill_filter *out);

struct radmill_setting {
    size_t size;
    const char *profile, *name, *summary;
    const char *filter;   /* whose it is; "" for those of all */
    const char *fallback; /* the default, as Python prints it */
    bool voxel;           /* of voxelSetting */
    char type[320];       /* type and range in words */
};
bool radmill_setting_at(size_t i, struct radmill_setting *out);

struct radmill_preset {
    size_t size;
    const char *profile, *name, *summary, *text;
};
bool radmill_preset_at(size_t i, struct radmill_preset *out);

/* --- cohorts --- */

/* What `make DICOM_ROOT= OUTDIR=` takes. NULL and 0 mean the default. */
struct radmill_config {
    size_t size;
    const char *dicom_root;
    const char *output_root;       /* needed */
    const char *logs_root;         /* NULL: inside the output root */
    const char *params;            /* parameter file */
    const char *custom_structures; /* recipe */
    const char *tools;             /* folder of the executables; NULL: where they were installed */
    bool enable_parallel;          /* false: one ROI at a time */
    int workers;                   /* with enable_parallel; 0: automatic */
};

/* A whole cohort: scan, graph, every stale ROI in a process of its own, tables in
 * output_root/_RESULTS. false with code 1 when a ROI failed: the tables are made all the same. */
bool radmill_run(const struct radmill_config *c, struct radmill_error *e);

/* The radiomics of one course folder (image.nii, masks/<source>/<roi>.nii.gz) with the custom
 * structures of a recipe (NULL: those of the configuration, or none): masks/Custom, features and
 * <course_dir>/radiomics.csv. Works on folders that radmill made and on folders laid out alike. */
bool radmill_course(const struct radmill_config *c, const char *course_dir,
                    const char *custom_structures, struct radmill_error *e);

#ifdef __cplusplus
}
#endif
#endif
