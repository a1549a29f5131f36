/* make_volume OUT.nii KIND NX NY NZ [dx dy dz [oblique]]: small NIfTI volumes for tests, the same
 * on every machine. Kinds: noise (int16, 0..999), noisef (float32), ball (uint8 label 1 around the
 * centre, radius a third of the shortest side), ball2 (the same with label 2 in its upper half),
 * empty. NZ 0: a 2-D image. */
#include "io/nii.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static double inside(const struct grid *g, int64_t i)
{
    int64_t at[3] = {i % g->size[0], i / g->size[0] % g->size[1], i / g->size[0] / g->size[1]};
    double square = 0, shortest = 1e9;
    for (int d = 0; d < g->dims; d++) {
        double offset = (double)at[d] - (double)(g->size[d] - 1) / 2;
        square += offset * offset;
        if ((double)g->size[d] < shortest)
            shortest = (double)g->size[d];
    }
    if (square > shortest * shortest / 9)
        return 0;
    return at[g->dims - 1] >= g->size[g->dims - 1] / 2 ? 2 : 1;
}

static void fill(struct volume *v, const char *kind)
{
    uint32_t state = 12345;
    for (int64_t i = 0; i < grid_voxels(&v->grid); i++) {
        double in = inside(&v->grid, i);
        if (strcmp(kind, "noise") == 0)
            ((int16_t *)v->data)[i] = (int16_t)(next(&state) % 1000);
        else if (strcmp(kind, "noisef") == 0)
            ((float *)v->data)[i] = (float)(next(&state) % 100000) / 64.0f;
        else if (strcmp(kind, "ball") == 0)
            ((uint8_t *)v->data)[i] = in > 0;
        else if (strcmp(kind, "ball2") == 0)
            ((uint8_t *)v->data)[i] = (uint8_t)in;
    }
}

/* Turned about z and then about x by angles with short sines and cosines. */
static void tilt(struct grid *g)
{
    static const double direction[9] = {0.8, -0.6, 0, 0.576, 0.768, -0.28, 0.168, 0.224, 0.96};
    memcpy(g->direction, direction, sizeof direction);
}

int main(int argc, char **argv)
{
    if (argc != 6 && argc != 9 && argc != 10) {
        fputs("usage: make_volume OUT.nii KIND NX NY NZ [dx dy dz [oblique]]\n", stderr);
        return 2;
    }
    struct grid g = grid_unit();
    g.dims = atoi(argv[5]) == 0 ? 2 : 3;
    for (int d = 0; d < 3; d++) {
        g.size[d] = d < g.dims ? atoi(argv[3 + d]) : 1;
        g.spacing_mm[d] = argc >= 9 ? strtod(argv[6 + d], NULL) : 1;
    }
    if (argc == 10)
        tilt(&g);
    enum pixel_type type = strcmp(argv[2], "noise") == 0    ? PIXEL_I16
                           : strcmp(argv[2], "noisef") == 0 ? PIXEL_F32
                                                            : PIXEL_U8;
    struct volume v;
    struct err e = {0};
    bool good = volume_alloc(&v, &g, type, &e);
    if (good) {
        fill(&v, argv[2]);
        good = nii_write(argv[1], &v, false, &e);
        volume_free(&v);
    }
    if (!good)
        fprintf(stderr, "make_volume: %s\n", e.text);
    return good ? 0 : 1;
}
