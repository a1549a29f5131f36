/* The voxels of a series. */
#ifndef RADMILL_COURSE_ASSEMBLE_H
#define RADMILL_COURSE_ASSEMBLE_H

#include "course/values.h"
#include "pool/pool.h"
#include "vol/volume.h"

/* Facts about a volume for image.json, computed while it is made. */
struct volume_facts {
    char sha1[41]; /* of the voxels, in their type, little endian */
    double minimum, maximum, mean;
    int64_t beyond; /* samples that used bits beyond the stored ones */
};

/* How stored values become voxels. */
struct assembly {
    const double *factor; /* for each file, what its values are multiplied with (SUV), or NULL */
    enum stored_bits stored_bits; /* how samples that use more than the stored bits are treated */
    struct pool *pool; /* the digest of a large volume is found by a thread of it; may be NULL */
};

/* Reads the planes of s (paths relative to root) into `out` (volume_free), rescaled. The type is
 * int16 when slopes, intercepts and values allow it, int32 when they do not fit, float32 for
 * everything else (float64 for double pixels): value = slope * stored + intercept, formed in
 * double. */
bool assemble(const char *root, const struct series *s, const struct assembly *how,
              struct volume *out, struct volume_facts *facts, struct err *e);

/* The same, written to an uncompressed NIfTI file plane by plane, so that one plane is in memory.
 * out: grid and type, without data. */
bool assemble_to_file(const char *root, const struct series *s, const struct assembly *how,
                      const char *path, struct volume *out, struct volume_facts *facts,
                      struct err *e);

#endif
