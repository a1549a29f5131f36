/* An image and a ball in it, for the examples. */
#ifndef BALL_H
#define BALL_H

#include <radmill.h>

#include <math.h>

enum { SIDE = 32 };

struct ball {
    struct radmill_image image, mask;
};

static struct ball ball_make(void)
{
    static int16_t image[SIDE * SIDE * SIDE];
    static uint8_t mask[SIDE * SIDE * SIDE];
    for (int z = 0; z < SIDE; z++) {
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int at = (z * SIDE + y) * SIDE + x;
                double dx = x - 15.5, dy = y - 15.5, dz = z - 15.5;
                image[at] = (int16_t)(100 * sin(0.5 * x) * cos(0.4 * y) + 5 * z);
                mask[at] = dx * dx + dy * dy + dz * dz <= 100;
            }
        }
    }
    struct ball out = {.image = {.size = sizeof out.image,
                                 .dims = 3,
                                 .shape = {SIDE, SIDE, SIDE},
                                 .spacing_mm = {1, 1, 1},
                                 .direction = {1, 0, 0, 0, 1, 0, 0, 0, 1},
                                 .pixel = RADMILL_I16,
                                 .voxels = image}};
    out.mask = out.image;
    out.mask.pixel = RADMILL_U8;
    out.mask.voxels = mask;
    return out;
}

#endif
