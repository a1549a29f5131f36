/* The values of a kernel one by one as pyradiomics lists them, for the classes that work on values:
 * in this order and with its gaps NumPy adds them up, and in a kernel of equal values the order
 * decides whether the variance is 0 or round-off (a skewness of 0, 1 or -1). */
#ifndef RADMILL_ENGINE_VOXEL_SAMPLE_H
#define RADMILL_ENGINE_VOXEL_SAMPLE_H

#include "engine/matrices/aggregation.h"
#include "engine/matrices/directions.h"
#include "engine/voxel/voxel_kernel.h"

struct kernel_sample {
    const struct response *whole; /* borrowed; whole->mask: the voxels that count */
    struct directions offsets;    /* of the kernel, without its centre */
    bool beside;                  /* the offsets are another sample's */
    double *value;                /* [offsets.n + 1], the centre last; NaN where nothing counts */
};

/* Offsets within radius (voxels) along every axis but the settings' flat one, smaller than the box
 * of the voxels that count. Errors: ERR_REFUSED without any offset, as in pyradiomics. Release with
 * kernel_sample_close. */
bool kernel_sample_open(struct kernel_sample *s, const struct response *whole,
                        const struct family_settings *settings, int64_t radius, struct err *e);
void kernel_sample_close(struct kernel_sample *s);

/* A second sample with the offsets of another, for another thread; `of` stays open longer. */
bool kernel_sample_open_beside(struct kernel_sample *s, const struct kernel_sample *of,
                               struct err *e);

/* Makes these values the sample of the kernel, which stands at a voxel of the whole response. */
void kernel_sample_take(struct kernel_sample *s, struct kernel *k, const int64_t at[3]);

#endif
