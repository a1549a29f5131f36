/* What the packed classes are made of: for files of this room. */
#ifndef RADMILL_ENGINE_PACKED_PACKED_WORK_H
#define RADMILL_ENGINE_PACKED_PACKED_WORK_H

#include "engine/packed/packed_class.h"
#include "engine/packed/packed_glcm.h"
#include "engine/packed/packed_sizes.h"

struct packed_way;

struct packed_class {
    struct packed_task task;
    const struct packed_way *way;
    struct packed volume;
    struct packed_kernel kernel;
    struct packed_tables tables;
    struct directions directions; /* one of each pair, distance 1 */
    int *formula;                 /* [task.n] the way's numbers of the features, -1: gone */
    struct packed_sizes sizes;    /* of runs, zones and dependences */
    struct packed_lanes lanes;    /* likewise */
    struct packed_zones {
        uint64_t of_level[PACKED_LEVELS + 1][PACKED_PLANES]; /* empty between kernels */
    } zones;
    uint8_t dependence[PACKED_PLACES];
    struct packed_tones {
        uint32_t levels[PACKED_PLACES + 2 * PACKED_MARGIN]; /* zeros around the kernel's places */
        uint32_t sums[PACKED_PLACES + 2 * PACKED_MARGIN];   /* likewise */
        double s[PACKED_LEVELS + 1];
        /* of the levels that occur: level, voxels, voxels * s, and 1; zeros to the end of a quad */
        double level[PACKED_LEVELS + 1], count[PACKED_LEVELS + 1], weighted[PACKED_LEVELS + 1];
        double here[PACKED_LEVELS + 1], share[PACKED_LEVELS + 1]; /* share: level * voxels / all */
        double busyness, complexity;                              /* sums over pairs */
    } tones;
    struct packed_pairs_work *pairs; /* of glcm, else NULL */
    double *maximal; /* where its maximal correlation coefficient belongs, or NULL */
};

/* A class that can be packed. */
struct packed_way {
    /* of the families that it replaces */
    bool (*measure)(const struct family *self, const struct family_input *in, const bool *wanted,
                    struct fvalue *out, struct err *e);
    bool directions;                                 /* it has a matrix for each */
    bool (*fits)(const struct packed_task *task);    /* beside what all classes ask; may be NULL */
    int (*formula)(const struct family *f, int row); /* its number for a row, -1: not known */
    bool (*kernel)(struct packed_class *c, double *value, int64_t stride); /* of c->kernel */
};
extern const struct packed_way packed_glcm, packed_glrlm, packed_glszm, packed_gldm, packed_ngtdm;

#endif
