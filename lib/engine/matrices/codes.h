/* The ROI as the texture kernels want it: the tight box, one small code per voxel, 0 outside, with
 * a border of zeros so that no neighbour needs a bounds check.
 *
 * Codes are either dense (1..n over the levels that occur: absent levels cost no rows in a matrix)
 * or the levels themselves (where arithmetic on levels is counted: ngtdm, gldm with a > 0).
 * One byte a voxel when n <= 255, two when n <= 65535, else four. */
#ifndef RADMILL_ENGINE_MATRICES_CODES_H
#define RADMILL_ENGINE_MATRICES_CODES_H

#include "engine/discretise/levels.h"
#include "engine/matrices/outline.h"

enum codes_kind { CODES_DENSE, CODES_LEVELS };

struct codes {
    int32_t n;           /* codes are 1..n */
    uint32_t *level;     /* [n + 1]: grey level of a code; level[0] = 0 */
    int64_t n_voxels;    /* in the ROI */
    int64_t size[3];     /* tight box, x fastest */
    int64_t stride[3];   /* index step per axis; stride[0] = 1 */
    int64_t first;       /* index of the box's first voxel */
    int64_t n_cells;     /* voxels of the padded volume */
    int width;           /* bytes of a code: 1, 2 or 4 */
    const uint8_t *u8;   /* [n_cells] when width is 1, else NULL */
    const uint16_t *u16; /* [n_cells] when width is 2, else NULL */
    const uint32_t *u32; /* [n_cells] when width is 4, else NULL */
    int64_t n_runs;
    struct run *run; /* in memory order; together all ROI voxels */
    void *memory;
};

/* l       level (or wide), n_levels, and count; count NULL: looked for
 * ol      the ROI's outline
 * reach   zeros needed beyond the tight box per axis (struct directions)
 * out     zeros, or codes of the same outline, whose memory is used again
 * Errors: ERR_FAILED without memory. Release with codes_free. */
bool codes_create(const struct levels *l, const struct outline *ol, const int32_t reach[3],
                  enum codes_kind kind, struct codes *out, struct err *e);
void codes_free(struct codes *c);

static inline int32_t codes_at(const struct codes *c, int64_t i)
{
    return c->width == 1 ? c->u8[i] : c->width == 2 ? c->u16[i] : (int32_t)c->u32[i];
}

/* Index step of an offset. */
static inline int64_t codes_step(const struct codes *c, const int32_t d[3])
{
    return d[0] + d[1] * c->stride[1] + d[2] * c->stride[2];
}

#endif
