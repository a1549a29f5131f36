/* Kernels of voxel mode as bytes and bits: thousands of small neighbourhoods are measured one after
 * the other, and in this form most of the work on one is a few operations on whole planes.
 *
 * A kernel is a cube of at most 7 x 7 x 7 voxels in a block of 8 x 8 x 8 bytes: the grey level of
 * each voxel, 0 where nothing counts. Voxel (x, y, z) has place x + 8 y + 64 z. The eighth row,
 * column and plane stay empty, so that a neighbour one step away has place + step without a check
 * of the borders: what lies beyond a border is an empty voxel. A set of voxels is eight words, one
 * a plane, with the bit of a voxel at its place. */
#ifndef RADMILL_ENGINE_PACKED_PACKED_H
#define RADMILL_ENGINE_PACKED_PACKED_H

#include "engine/discretise/levels.h"
#include "engine/matrices/directions.h"

enum {
    PACKED_RADIUS = 3,   /* at most */
    PACKED_LEVELS = 255, /* at most */
    PACKED_PLANES = 8,
    PACKED_PLACES = 512,
    PACKED_VOXELS = 343,
    PACKED_MARGIN = 128, /* bytes before the first place and behind the last: zeros */
    PACKED_DIRECTIONS = 13,
};

/* The grey levels of a response, ready to be cut into kernels. */
struct packed {
    int64_t radius[3]; /* of the kernels, voxels */
    int64_t size[3];   /* of the response */
    int64_t row, plane;
    uint8_t *level; /* of the response within a border of zeros, [plane * planes + 8] */
};

struct packed_kernel {
    int64_t side[3];
    uint64_t row; /* the bytes of a row that belong to the kernel */
    uint8_t before[PACKED_MARGIN];
    uint8_t level[PACKED_PLACES + PACKED_MARGIN];
    uint64_t in[PACKED_PLANES]; /* the voxels that count */
    int n;                      /* how many */
    int n_present;
    uint16_t place[PACKED_VOXELS];      /* [n] of them, ascending */
    uint16_t count[PACKED_LEVELS + 1];  /* voxels of each level */
    uint8_t present[PACKED_LEVELS + 1]; /* [n_present] the levels that occur */
};

/* Can kernels of this radius (voxels per axis) and of these levels be packed? */
bool packed_fits(const struct levels *levels, const int64_t radius[3]);

/* levels: of the voxels of levels->mask, which count in kernels. Errors: ERR_FAILED without memory.
 * Release with packed_close. */
bool packed_open(struct packed *p, const struct levels *levels, const int64_t radius[3],
                 struct err *e);
void packed_close(struct packed *p);

/* Prepares k, which is all zeros, for kernels of p. */
void packed_begin(const struct packed *p, struct packed_kernel *k);

/* Makes k the kernel around a voxel (index into the response). */
void packed_take(const struct packed *p, int64_t voxel, struct packed_kernel *k);

/* Places from a voxel to its neighbour. */
static inline int packed_step(const int32_t d[3])
{
    return d[0] + 8 * d[1] + 64 * d[2];
}

static inline bool packed_has(const uint64_t set[PACKED_PLANES], int place)
{
    return set[place >> 6] >> (place & 63) & 1;
}

static inline bool packed_empty(const uint64_t set[PACKED_PLANES])
{
    uint64_t all = 0;
    for (int z = 0; z < PACKED_PLANES; z++)
        all |= set[z];
    return all == 0;
}

/* The voxels of k whose neighbour `step` > 0 places on counts and has the same level. */
void packed_equal(const struct packed_kernel *k, int step, uint64_t set[PACKED_PLANES]);

/* The voxels of plane z whose neighbour `step` > 0 places on counts. */
static inline uint64_t packed_with_neighbour(const struct packed_kernel *k, int step, int z)
{
    int plane = z + step / 64, bits = step % 64;
    uint64_t there = plane < PACKED_PLANES ? k->in[plane] >> bits : 0;
    if (bits && plane + 1 < PACKED_PLANES)
        there |= k->in[plane + 1] << (64 - bits);
    return k->in[z] & there;
}

/* Has k two voxels that are neighbours along `step`? */
bool packed_pair(const struct packed_kernel *k, int step);

/* Has k two voxels that lie a multiple of d apart? */
bool packed_line(const struct packed_kernel *k, const int32_t d[3]);

#endif
