/* A box of an image as doubles: what the steps of a linear filter hand to each other. */
#ifndef RADMILL_ENGINE_SIGNAL_PATCH_H
#define RADMILL_ENGINE_SIGNAL_PATCH_H

#include "base/err.h"
#include "engine/signal/border.h"

struct patch {
    struct box box; /* in indices of the whole image */
    double *value;  /* box voxels, x fastest */
};

/* Zeroed values; patch_free releases them. ERR_FAILED: no memory. */
bool patch_alloc(struct patch *p, const struct box *box, struct err *e);

/* The same, but what its voxels are is not known: for who writes each of them. */
bool patch_alloc_unset(struct patch *p, const struct box *box, struct err *e);
void patch_free(struct patch *p); /* zeroed p is fine; leaves it zeroed */

/* Distance in value[] between neighbours along an axis. */
int64_t patch_stride(const struct patch *p, int axis);

/* The values of `in` on `box`, which may reach beyond the image: there the border decides. Every
 * voxel of the image that is read must lie in `in`. Release *out with patch_free. */
bool patch_extend(const struct patch *in, const struct border *border, const struct box *box,
                  struct patch *out, struct err *e);

/* Copies the part `box` of p, which must hold it, to out[box voxels]. */
void patch_read(const struct patch *p, const struct box *box, double *out);

#endif
