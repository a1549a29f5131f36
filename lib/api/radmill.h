/* libradmill: radiomics from a program, in C. Everything here is also a tool; this is the same
 * engine.
 *
 *     struct radmill_error why;
 *     struct radmill_features *f;
 *     if (!radmill_extract(&image, &mask, "Params.yaml", 1, &f, &why))
 *         fprintf(stderr, "%s\n", why.text);
 *     for (size_t i = 0; i < radmill_count(f); i++)
 *         printf("%s %g\n", radmill_name(f, i), radmill_value(f, i));
 *     radmill_features_free(f);
 *
 * Nothing here prints, exits, or changes the locale. Calls may run in several threads at once.
 * Compile and link with `pkg-config --cflags --libs radmill`. */
#ifndef RADMILL_H
#define RADMILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The exit statuses of the tools: 1 failed, 2 wrong use, 3 input refused, 130 interrupted. */
struct radmill_error {
    int code;
    char text[1024]; /* one line */
};

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
 * and column c of direction (direction[3 * r + c]) the unit vector of index axis c. */
struct radmill_image {
    int64_t size[3];
    double spacing_mm[3];
    double origin_mm[3];
    double direction[9];
    enum radmill_pixel pixel;
    const void *voxels; /* size[0] * size[1] * size[2] of them; borrowed during the call */
};

struct radmill_features;

/* Features of the voxels of `mask` that equal `label`, by a pyradiomics parameter file (NULL: the
 * defaults). The pixel type of the image matters as it does in pyradiomics. Refused cases (mask
 * check, other grid) give false with code 3. Release *out with radmill_features_free. */
bool radmill_extract(const struct radmill_image *image, const struct radmill_image *mask,
                     const char *params_path, int64_t label, struct radmill_features **out,
                     struct radmill_error *e);

size_t radmill_count(const struct radmill_features *f);
const char *radmill_name(const struct radmill_features *f, size_t i); /* "original_glcm_Contrast" */
double radmill_value(const struct radmill_features *f, size_t i);     /* NaN when undefined */
void radmill_features_free(struct radmill_features *f);               /* NULL is fine */

/* What `make DICOM_ROOT= OUTDIR=` takes. Zero-initialise; NULL and 0 mean the default. */
struct radmill_config {
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

const char *radmill_version(void);

#ifdef __cplusplus
}
#endif
#endif
