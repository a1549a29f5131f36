/* A small image and a ball in it, for the tests of the library. */
#ifndef RADMILL_TESTS_BALL_H
#define RADMILL_TESTS_BALL_H

#include "api/radmill.h"

#include <math.h>

enum { BALL_X = 12, BALL_Y = 11, BALL_Z = 9, BALL_N = BALL_X * BALL_Y * BALL_Z };

struct ball {
    int16_t voxel[BALL_N];
    uint8_t inside[BALL_N];
    struct radmill_image image, mask;
};

static inline struct radmill_image ball_image(const void *voxels, enum radmill_pixel pixel)
{
    struct radmill_image out = {.size = sizeof out,
                                .dims = 3,
                                .shape = {BALL_X, BALL_Y, BALL_Z},
                                .spacing_mm = {1, 1.5, 2},
                                .direction = {1, 0, 0, 0, 1, 0, 0, 0, 1},
                                .pixel = pixel,
                                .voxels = voxels};
    return out;
}

static inline void ball_fill(struct ball *b)
{
    int i = 0;
    for (int z = 0; z < BALL_Z; z++)
        for (int y = 0; y < BALL_Y; y++)
            for (int x = 0; x < BALL_X; x++, i++) {
                double dx = x - 5.5, dy = 1.5 * (y - 5), dz = 2 * (z - 4);
                b->voxel[i] = (int16_t)(100 * sin(0.9 * x) * cos(0.7 * y) + 9 * z + x * y % 7);
                b->inside[i] = dx * dx + dy * dy + dz * dz <= 30;
            }
    b->image = ball_image(b->voxel, RADMILL_I16);
    b->mask = ball_image(b->inside, RADMILL_U8);
}

#endif
