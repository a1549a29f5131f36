/* make_volume OUT.nii KIND NX NY NZ [dx dy dz [oblique]]: small NIfTI volumes for tests, the same
 * on every machine. NZ 0: a 2-D image.
 *   images  noise (int16, 0..999), noisef (float32), digits (float32, 0..9), waves (int16, smooth,
 *           of both signs), bytes, words, longs, waved (the same as uint8, uint16, int32, float64),
 *           few (int16, 4 values), sparse (uint32, mostly 0)
 *           ibsi (uint8: the digital phantom of the IBSI reference manual, 5 x 4 x 4)
 *   masks   (uint8, label 1) ball around the centre, radius a third of the shortest side (of those
 * longer than a voxel); ball2 (the same with label 2 in its upper half); ragged (a ball with
 * holes); ibsi-roi (of the phantom); pieces (every second block of 3 voxels near the centre);
 * border (the half with small x); slab (a slice of the ball); tiny (2 x 2 x 1); empty */
#include "io/nii.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One voxel: where it lies, and a number of the random sequence (0 .. 2^24 - 1). */
struct voxel {
    const struct grid *grid;
    int64_t at[3];
    uint32_t random;
};

static double noise(const struct voxel *v)
{
    return v->random % 1000;
}

static double noisef(const struct voxel *v)
{
    return (float)(v->random % 100000) / 64.0f;
}

static double digits(const struct voxel *v)
{
    return v->random % 10;
}

/* 0 at 0, `height` half a period on */
static int64_t triangle(int64_t at, int64_t period, int64_t height)
{
    int64_t in = at % period, rise = in < period - in ? in : period - in;
    return rise * 2 * height / period;
}

static double waves(const struct voxel *v)
{
    int64_t sum = triangle(7 * v->at[0] + 3 * v->at[1], 53, 240) +
                  triangle(5 * v->at[1] + 9 * v->at[2] + 11, 71, 300) +
                  triangle(4 * v->at[2] + v->at[0] * v->at[1], 47, 120);
    return (double)(sum - 250 + v->random % 23);
}

static double bytes(const struct voxel *v)
{
    return (waves(v) + 250) / 3;
}

static double words(const struct voxel *v)
{
    return waves(v) + 5000;
}

static double waved(const struct voxel *v)
{
    return waves(v) * 0.3125 + v->random % 1009 / 1024.0;
}

static double few(const struct voxel *v)
{
    return v->random % 4 * 40;
}

static double sparse(const struct voxel *v)
{
    return v->random % 7 ? 0 : 14;
}

static double ball2(const struct voxel *v)
{
    const struct grid *g = v->grid;
    double square = 0, shortest = 1e9;
    for (int d = 0; d < g->dims; d++) {
        double offset = (double)v->at[d] - (double)(g->size[d] - 1) / 2;
        square += offset * offset;
        if (g->size[d] > 1 && (double)g->size[d] < shortest)
            shortest = (double)g->size[d];
    }
    if (square > shortest * shortest / 9)
        return 0;
    return v->at[g->dims - 1] >= g->size[g->dims - 1] / 2 ? 2 : 1;
}

static double ball(const struct voxel *v)
{
    return ball2(v) > 0;
}

static double ragged(const struct voxel *v)
{
    return ball(v) && v->random % 10 < 6;
}

static double pieces(const struct voxel *v)
{
    return ball(v) && (v->at[0] / 3 + v->at[1] / 3 + v->at[2] / 3) % 2;
}

static double border(const struct voxel *v)
{
    return v->at[0] < v->grid->size[0] / 2;
}

static double slab(const struct voxel *v)
{
    return ball(v) && v->at[2] == v->grid->size[2] / 2;
}

static double tiny(const struct voxel *v)
{
    const int64_t *n = v->grid->size;
    return v->at[0] / 2 == n[0] / 4 && v->at[1] / 2 == n[1] / 4 && v->at[2] == n[2] / 2;
}

static double empty(const struct voxel *v)
{
    (void)v;
    return 0;
}

/* Grey levels by slice and line; lower case and 9 stand outside the ROI. */
static const char phantom[4][4][6] = {
    {"14411", "14611", "41641", "44641"},
    {"14411", "11611", "a1311", "44611"},
    {"144aa", "11111", "11911", "11611"},
    {"144aa", "11111", "11111", "11611"},
};

static char phantom_at(const struct voxel *v)
{
    return phantom[v->at[2] % 4][v->at[1] % 4][v->at[0] % 5];
}

static double ibsi(const struct voxel *v)
{
    char c = phantom_at(v);
    return c == 'a' ? 1 : c - '0';
}

static double ibsi_roi(const struct voxel *v)
{
    char c = phantom_at(v);
    return c != 'a' && c != '9';
}

static const struct kind {
    const char *name;
    enum pixel_type type;
    double (*value)(const struct voxel *);
} kinds[] = {
    {"noise", PIXEL_I16, noise},  {"noisef", PIXEL_F32, noisef},    {"waves", PIXEL_I16, waves},
    {"bytes", PIXEL_U8, bytes},   {"words", PIXEL_U16, words},      {"longs", PIXEL_I32, waves},
    {"waved", PIXEL_F64, waved},  {"few", PIXEL_I16, few},          {"sparse", PIXEL_U32, sparse},
    {"ball", PIXEL_U8, ball},     {"ball2", PIXEL_U8, ball2},       {"ragged", PIXEL_U8, ragged},
    {"pieces", PIXEL_U8, pieces}, {"border", PIXEL_U8, border},     {"slab", PIXEL_U8, slab},
    {"tiny", PIXEL_U8, tiny},     {"empty", PIXEL_U8, empty},       {"digits", PIXEL_F32, digits},
    {"ibsi", PIXEL_U8, ibsi},     {"ibsi-roi", PIXEL_U8, ibsi_roi},
};

static const struct kind *find(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}

static void fill(struct volume *v, const struct kind *kind)
{
    const struct grid *g = &v->grid;
    uint32_t state = 12345;
    for (int64_t i = 0; i < grid_voxels(g); i++) {
        state = state * 1664525u + 1013904223u;
        struct voxel at = {
            g,
            {i % g->size[0], i / g->size[0] % g->size[1], i / g->size[0] / g->size[1]},
            state >> 8};
        double value = kind->value(&at);
        volume_write(v, i, 1, &value);
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
    const struct kind *kind = argc > 2 ? find(argv[2]) : NULL;
    if (!kind || (argc != 6 && argc != 9 && argc != 10)) {
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
    struct volume v;
    struct err e = {0};
    bool good = volume_alloc(&v, &g, kind->type, &e);
    if (good) {
        fill(&v, kind);
        good = nii_write(argv[1], &v, false, &e);
        volume_free(&v);
    }
    if (!good)
        fprintf(stderr, "make_volume: %s\n", e.text);
    return good ? 0 : 1;
}
