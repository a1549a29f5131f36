/* Which co-occurrence directions have voxel pairs in which kernels: pyradiomics computes a batch of
 * kernels at once, so that a direction which is empty in one kernel but not in another shows in two
 * of its features (specification 9). */
#ifndef RADMILL_ENGINE_VOXEL_PAIRS_H
#define RADMILL_ENGINE_VOXEL_PAIRS_H

#include "engine/matrices/aggregation.h"
#include "engine/matrices/directions.h"
#include "engine/voxel/voxel_kernel.h"

enum pairs_state {
    PAIRS_COMPLETE, /* pairs in every direction that any kernel of the batch has pairs in */
    PAIRS_SOME,     /* pairs, but not in all of those */
    PAIRS_NONE,
};

struct pairs {
    struct directions directions;
    bool merged; /* weightingNorm: all directions make one matrix */
    bool *seen;  /* per direction, in any kernel of the batch */
    int n_seen;
    bool beside; /* the directions are those of other pairs */
};

/* extent: size that the directions are drawn from. ERR_REFUSED as directions_create. */
bool pairs_open(struct pairs *p, const struct family_settings *s, int dims, const int64_t extent[3],
                struct err *e);
void pairs_close(struct pairs *p);

/* Other pairs of the same directions, for another thread; `of` stays open longer. */
bool pairs_open_beside(struct pairs *p, const struct pairs *of, struct err *e);

/* Starts a new batch; then pairs_note is called once for each of its kernels. */
void pairs_begin(struct pairs *p);
void pairs_note(struct pairs *p, const struct kernel *k);

/* How many directions have no pair in any kernel of the noted batch: pyradiomics drops those where
 * there are several and no weights merge them. */
int pairs_left_out(const struct pairs *p);

/* Are all directions left out (pairs_left_out), so that none remains? */
bool pairs_dropped(const struct pairs *p);

/* In which directions one kernel of the noted batch has pairs. */
enum pairs_state pairs_of(const struct pairs *p, const struct kernel *k);

/* The same of a kernel that has pairs in `some` of those directions. */
enum pairs_state pairs_state_of(const struct pairs *p, int some);

#endif
