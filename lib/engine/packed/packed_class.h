/* Feature classes of packed kernels: the same values as the families' own functions give kernel by
 * kernel, many times as fast. What is not simple (several distances, weights, more than 255 levels,
 * large kernels, formulas that are not known here) is left to those. */
#ifndef RADMILL_ENGINE_PACKED_PACKED_CLASS_H
#define RADMILL_ENGINE_PACKED_PACKED_CLASS_H

#include "engine/features/family.h"
#include "engine/packed/packed.h"

/* Features of a class over the voxels of a ROI. */
struct packed_task {
    const struct family *family;
    const int *feature; /* [n] rows of the family */
    int n;
    const struct family_settings *settings;
    const struct aggregation *aggregation;
    const struct arithmetic *arithmetic;
    const struct levels *levels; /* of all voxels that count in kernels */
    const int64_t *radius;       /* [3] of the kernels, voxels */
    const int64_t *extent;       /* [3] that limits neighbour directions */
    int dims;
};

struct packed_class;

/* *out: NULL when the task is for the family's own function. The task's pointers are borrowed.
 * Errors: ERR_FAILED without memory. */
bool packed_class_open(const struct packed_task *task, struct packed_class **out, struct err *e);
void packed_class_close(struct packed_class *c); /* NULL is fine */

/* The kernel around a voxel (index into the response): value[i * stride] is feature i. Features
 * that are gone are left alone. false: this kernel is for the family's own function, since
 * round-off decides about one of its values. A kernel's values depend on nothing but the kernel. Of
 * co-occurrence, what depends on a batch of kernels (voxel_adjust.h) is not done here.
 * maximal: where its maximal correlation coefficient is wanted beside value[], or NULL. That of
 * more than one level, with pairs, is there only behind one of the next calls, at the latest behind
 * packed_class_finish. */
bool packed_class_kernel(struct packed_class *c, int64_t voxel, double *maximal, double *value,
                         int64_t stride);
void packed_class_finish(struct packed_class *c);

/* Of the kernel that was measured last: directions of co-occurrence that have pairs, and levels
 * that occur. */
int packed_class_directions(const struct packed_class *c);
int packed_class_levels(const struct packed_class *c);

#endif
