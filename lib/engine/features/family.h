/* The registry of feature families ("classes" in pyradiomics). A family is a row: its features in
 * the order of specification 6 (ASCII order, deprecated ones last) and one function that computes
 * the wanted ones. Adding a family is adding a row to families[] (family.c); nothing else branches
 * on names. */
#ifndef RADMILL_ENGINE_FEATURES_FAMILY_H
#define RADMILL_ENGINE_FEATURES_FAMILY_H

#include "base/err.h"
#include "engine/discretise/levels.h"
#include "engine/features/fvalue.h"
#include "engine/filters/response.h"
#include "engine/settings/settings.h"

struct feature {
    const char *name;      /* pyradiomics' name, e.g. "JointEntropy" */
    const char *ibsi_code; /* four characters, or NULL where IBSI has no such feature */
    const char *unit;      /* "mm", "mm2", "mm3", "1", "intensity", ... */
    bool deprecated;       /* left out of "all features" */
    bool without_formula;  /* deprecated for good: legal to ask for, but there is never a value */
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

struct family_input {
    const struct response *response; /* TAP_SHAPE: mask = shape mask, value may be NULL */
    const struct levels *levels;     /* NULL for TAP_SHAPE */
    const struct settings *settings;
    struct texture_cache *texture; /* texture_cache.h; NULL: each family makes its own */
    const int64_t *extent; /* size (x, y, z) that limits neighbour directions; NULL: the ROI's box.
                            * Voxel mode measures small kernels with the directions of the image */
    const struct kernel_batch *batch; /* NULL: not a kernel */
};

struct family {
    const char *name; /* "glcm" */
    enum family_tap tap;
    const struct feature *feature;
    int n_features;
    /* Writes out[i] for every i with wanted[i]; others are left alone. false aborts the case, as an
     * exception outside a feature formula does in pyradiomics. */
    bool (*compute)(const struct family_input *in, const bool *wanted, struct fvalue *out,
                    struct err *e);
};

extern const struct family *const families[]; /* NULL-terminated; order of specification 1.4 */

const struct family *family_find(const char *name);              /* NULL when unknown */
int family_feature(const struct family *f, const char *feature); /* index, -1 when unknown */

#endif
