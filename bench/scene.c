#include "scene.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MARGIN = 5 };

double scene_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool take_room(struct scene *s, int64_t side, int levels, struct err *e)
{
    size_t n = (size_t)(side * side * side);
    s->image = mem_array(n, sizeof *s->image, e);
    s->mask = mem_array(n, 1, e);
    s->tight = mem_array(n, 1, e);
    s->sample = mem_array(n, sizeof *s->sample, e);
    s->levels.level = mem_array(n, sizeof *s->levels.level, e);
    s->levels.count = mem_array((size_t)levels + 1, sizeof *s->levels.count, e);
    return s->image && s->mask && s->tight && s->sample && s->levels.level && s->levels.count;
}

static void fill(struct scene *s, int64_t side, int radius)
{
    struct levels *l = &s->levels;
    uint64_t bits = 88172645463325252ull;
    for (int64_t i = 0; i < side * side * side; i++) {
        double x = (double)(i % side - side / 2), y = (double)(i / side % side - side / 2);
        double z = (double)(i / side / side - side / 2), noise = 0;
        bool inside = x * x + y * y + z * z <= (double)radius * radius + radius;
        for (int k = 0; k < 4; k++) {
            bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
            noise += (double)(bits >> 11) * 0x1p-53 - 0.5;
        }
        double value = 0.5 + 0.15 * (sin(x / 9) + sin(y / 11) + cos(z / 13)) + 0.12 * noise;
        int code = 1 + (int)(value * l->n_levels);
        s->image[i] = (int16_t)(value * 1000);
        if (!inside)
            continue;
        l->level[l->n_voxels] = (uint16_t)(code < 1 ? 1 : code > l->n_levels ? l->n_levels : code);
        l->n_present += l->count[l->level[l->n_voxels]]++ == 0;
        s->sample[l->n_voxels++] = s->image[i];
        s->mask[i] = 1;
    }
}

static void lay_out(struct scene *s, int64_t side)
{
    struct response *r = &s->response;
    struct label_mask *m = &s->view.intensity;
    r->grid = grid_unit();
    for (int a = 0; a < 3; a++) {
        r->grid.size[a] = r->box.size[a] = s->levels.size[a] = side;
        s->levels.spacing_mm[a] = 1;
        m->box.lo[a] = MARGIN;
        m->box.size[a] = side - 2 * MARGIN;
    }
    r->mask = s->levels.mask = s->mask;
    r->sample = s->sample;
    r->n_voxels = m->n_voxels = s->levels.n_voxels;
    r->type = PIXEL_F64;
    m->grid = r->grid;
    m->in = s->tight;
    for (int64_t z = 0, k = 0; z < m->box.size[2]; z++)
        for (int64_t y = 0; y < m->box.size[1]; y++, k += m->box.size[0])
            memcpy(m->in + k, s->mask + ((z + MARGIN) * side + y + MARGIN) * side + MARGIN,
                   (size_t)m->box.size[0]);
    s->view.morphology = *m;
    s->view.image =
        (struct volume){r->grid, PIXEL_I16, .channels = 1, .data = s->image, .borrowed = true};
}

bool scene_make(struct scene *s, int radius, int levels, struct err *e)
{
    int64_t side = 2 * radius + 1 + 2 * MARGIN;
    *s = (struct scene){.levels = {.n_levels = levels}};
    if (!take_room(s, side, levels, e)) {
        scene_free(s);
        return false;
    }
    fill(s, side, radius);
    lay_out(s, side);
    return true;
}

void scene_free(struct scene *s)
{
    free(s->image);
    free(s->mask);
    free(s->tight);
    free(s->sample);
    free(s->levels.level);
    free(s->levels.count);
    *s = (struct scene){0};
}
