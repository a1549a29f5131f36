/* Values that depend on the other kernels of pyradiomics' batch (specification 9). */
#ifndef RADMILL_ENGINE_VOXEL_ADJUST_H
#define RADMILL_ENGINE_VOXEL_ADJUST_H

#include "engine/features/family.h"
#include "engine/params/params.h"
#include "engine/voxel/voxel_pairs.h"

/* The maps of a class, as far as one batch has filled them. */
struct batch_maps {
    const struct class_request *request;
    double *value;  /* of the first voxel of the batch in the first map */
    int64_t stride; /* from map to map */
    int64_t n_voxels;
};

/* What adjust_glcm wants to know of a kernel. */
struct kernel_facts {
    enum pairs_state state;
    int32_t n_present, all_present; /* levels that occur in it, and in all kernels */
};

/* glcm's values of one kernel: nothing without pairs, JointAverage only with pairs in every
 * direction, and one level among several is no perfect correlation. */
void adjust_glcm(const struct pairs *pairs, const struct kernel_facts *kernel,
                 const struct family *family, struct fvalue *value);

/* MCC is not measured in a batch whose kernels have pairs in different directions: adjust_mcc.
 * Returns its place in the request, -1 where it is not measured. */
int adjust_wanted(const struct class_request *request, bool complete, bool *wanted);

/* MCC of a batch whose kernels have pairs in different directions: init_value. */
void adjust_mcc(const struct batch_maps *maps, double init_value);

/* glrlm of a batch without any run, all in a single matrix: sums over no run lengths are 0. (With
 * runs in another kernel of the batch they are 0 divided by 0.) */
void adjust_glrlm(const struct batch_maps *maps);

/* Are all runs in a single matrix, weighted or of the only direction? extent: of the response. */
bool adjust_single_runs(const struct family_settings *s, int dims, const int64_t extent[3],
                        bool *single, struct err *e);

#endif
