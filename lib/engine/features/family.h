/* Feature families ("classes" in pyradiomics) as rows. A family is a row: its name, its features as
 * rows of their own, and one function that measures the wanted ones. Which families there are, and
 * under which names and codes, is said by a list of rows such as pyradiomics.c; formulas belong to
 * no list, and two lists may name one formula differently. */
#ifndef RADMILL_ENGINE_FEATURES_FAMILY_H
#define RADMILL_ENGINE_FEATURES_FAMILY_H

#include "base/err.h"
#include "engine/discretise/levels.h"
#include "engine/features/fvalue.h"
#include "engine/filters/response.h"
#include "engine/matrices/aggregation.h"
#include "engine/preprocess/roi_view.h"
#include "engine/settings/settings.h"

#include <stddef.h>

enum feature_status {
    FEATURE_CURRENT,
    FEATURE_DEPRECATED, /* left out of "all features" */
    FEATURE_GONE,       /* deprecated, and legal to ask for, but there is never a value */
};

/* A kind of families has rows of its own that begin with this and go on with the formula, so that a
 * name, its code and its formula stand in one row and a formula of other sums does not compile. */
struct feature {
    const char *name;      /* e.g. "JointEntropy" */
    const char *ibsi_code; /* four characters, or NULL where IBSI has no such feature */
    const char *unit;      /* "mm", "mm2", "mm3", "1", "intensity", ... */
    enum feature_status status;
};

enum family_tap {               /* the product that the family works on */
                  TAP_SHAPE,    /* the shape mask, once per case; response = "original" */
                  TAP_RESPONSE, /* values and levels of each response */
                  TAP_LEVELS,   /* levels of each response */
};

struct texture_cache;

/* Voxel mode: the kernels that pyradiomics measures in one go. The shape of its arrays decides the
 * order of NumPy's sums. */
struct kernel_batch {
    int64_t n_kernels;
    const struct levels *levels; /* of all voxels that count */
    int directions_left_out;     /* without a pair in any kernel */
};

/* What a profile adds to zero and which sums follow NumPy's order. */
struct arithmetic {
    double added_to_zero;   /* inside logarithms and divisions */
    bool follows_numpy;     /* where rounding decides about a value: NumPy's order of summation, and
                             * its sums over nothing for a matrix without cells */
    bool counts_lone_tones; /* ngtdm: voxels without a neighbour count */
};
extern const struct arithmetic arithmetic_numpy; /* of pyradiomics */
extern const struct arithmetic arithmetic_plain; /* nothing is added, undefined is undefined */

/* Where the levels lie in the box of their response when they are those of one slice. */
struct slice {
    int axis; /* across it; -1: the whole box is the slice */
    int64_t at;
};

struct family_input {
    const struct response *response; /* TAP_SHAPE: mask = shape mask, value may be NULL */
    const struct levels *levels;     /* NULL for TAP_SHAPE */
    const struct family_settings *settings;
    struct texture_cache *texture; /* texture_cache.h; NULL: each family makes its own */
    const int64_t *extent; /* size (x, y, z) that limits neighbour directions; NULL: the ROI's box.
                            * Voxel mode measures small kernels with the directions of the image */
    const struct kernel_batch *batch;      /* NULL: not a kernel */
    const struct roi_view *view;           /* the prepared image and its masks; NULL: a kernel */
    const struct slice *slice;             /* of the response's box; NULL: the whole of it */
    const struct aggregation *aggregation; /* NULL: as the settings ask for */
    const struct arithmetic *arithmetic;   /* NULL: NumPy's */
};

/* How voxel mode measures kernels with a family. */
enum kernel_way {
    KERNEL_LEVELS, /* levels of the kernel */
    KERNEL_SAMPLE, /* values of the kernel, in pyradiomics' order */
    KERNEL_PAIRS,  /* levels; directions without a pair in any kernel of a batch show */
    KERNEL_RUNS,   /* levels; a batch without any run shows */
};

struct family {
    const char *name; /* "glcm" */
    enum family_tap tap;
    enum kernel_way kernel_way;
    bool on_request; /* measured only when a parameter file is there (shape2D) */
    /* Has it columns for images of `dims` axes? NULL: for all. */
    bool (*applies)(const struct family_settings *s, int dims);
    /* false: the ROI is skipped with a warning; *why says why. NULL: no ROI is. */
    bool (*gate)(const struct roi_view *view, const struct family_settings *s, const char **why);
    enum aggregation_kind aggregates;
    double surroundings_mm;    /* around the ROI, that the family reads of the image */
    bool named_by_aggregation; /* columns tell how it was aggregated */
    bool uses_distances;       /* the setting; others have neighbours at distance 1 only */
    const void *row; /* [n_features], each row_bytes long; its first member is a struct feature */
    size_t row_bytes;
    int n_features;
    /* Measures: writes out[i] for every i with wanted[i]; others are left alone. false aborts the
     * case, as an exception outside a feature formula does in pyradiomics. */
    bool (*measure)(const struct family *self, const struct family_input *in, const bool *wanted,
                    struct fvalue *out, struct err *e); /* by family_measure */
};

/* The three members of a family that an array of rows gives. */
#define FAMILY_ROWS(rows)                                                                          \
    .row = (rows), .row_bytes = sizeof *(rows), .n_features = sizeof(rows) / sizeof *(rows)

/* Row i of a family, as the part that all kinds of families share. */
static inline const struct feature *family_row(const struct family *f, int i)
{
    return (const struct feature *)((const char *)f->row + (size_t)i * f->row_bytes);
}

int family_feature(const struct family *f, const char *feature); /* index, -1 when unknown */

/* How the settings aggregate a family; code "" when there are several distances, which IBSI does
 * not define. */
struct aggregation family_aggregation(const struct family *f, const struct family_settings *s);

/* Measures a family: the whole ROI at once or, where the aggregation takes the mean over slices,
 * slice by slice; a feature's mean is over the slices in which it is defined. Arguments and errors
 * as those of f->measure. */
bool family_measure(const struct family *f, const struct family_input *in, const bool *wanted,
                    struct fvalue *out, struct err *e);

#endif
