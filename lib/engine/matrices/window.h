/* Sums over a box around every voxel, for codes that are grey levels: running sums along z and y,
 * shifted additions along x. Level and "is there a voxel" travel in one 32-bit word. */
#ifndef RADMILL_ENGINE_MATRICES_WINDOW_H
#define RADMILL_ENGINE_MATRICES_WINDOW_H

#include "engine/matrices/codes.h"

struct window {
    const struct codes *codes; /* borrowed; padded by at least r */
    int64_t r[3];              /* the box is 2 r + 1 voxels long per axis */
    int shift;                 /* word = number << shift | sum of levels */
    int64_t line;              /* words per line of `column`, multiple of 8 */
    uint32_t *column;          /* sums along z, one plane */
    uint32_t *row;             /* sums along z and y of one line, zeros around */
};

/* r per axis, at most the padding of the codes. shift: as for the largest box that the caller adds
 * up. Errors: ERR_FAILED without memory. Release with window_close. */
bool window_open(struct window *w, const struct codes *c, const int64_t r[3], int shift,
                 struct err *e);
void window_close(struct window *w);

/* Moves to plane z; call for z = 0, 1, ... */
void window_plane(struct window *w, int64_t z);

/* Moves to line y of the plane; call for y = 0, 1, ... */
void window_line(struct window *w, int64_t y);

/* out[x] += sign * word of the box around voxel x of the line, x = 0..size[0] - 1; writes up to 8
 * words beyond. */
void window_add(const struct window *w, uint32_t sign, uint32_t *out);

/* The word of a single voxel. */
static inline uint32_t window_word(uint32_t level, int shift)
{
    return level + ((uint32_t)(level != 0) << shift);
}

#endif
