#include "engine/features/gldzm.h"

#include "base/mem.h"
#include "engine/matrices/gldzm.h"

#include <stdlib.h>
#include <string.h>

/* Distances to the border of the morphological mask, on a part of its box. */
struct border_map {
    struct box box; /* in indices of the view's image */
    uint16_t *distance;
};

/* The first voxel of the codes' tight box, in indices of the view's image. */
static void corner_of(const struct family_input *in, const struct outline *outline, int64_t lo[3])
{
    for (int a = 0; a < 3; a++)
        lo[a] = in->response->box.lo[a] + outline->tight.lo[a];
    if (in->slice && in->slice->axis >= 0)
        lo[in->slice->axis] += in->slice->at;
}

/* The bytes of the mask in a box of its own: those that it has, where it has them alone. */
static const uint8_t *mask_in(const struct label_mask *shape, const struct box *box, uint8_t **own,
                              struct err *e)
{
    *own = NULL;
    if (memcmp(box, &shape->box, sizeof *box) == 0)
        return shape->in;
    *own = mem_big_unset((size_t)box_voxels(box), 1, e);
    if (*own)
        label_mask_read(shape, box, *own);
    return *own;
}

/* Distances within planes need only the planes that the codes lie in. */
static bool map_border(const struct family_input *in, const int64_t lo[3], const int64_t size[3],
                       struct border_map *map, struct err *e)
{
    const struct label_mask *shape = &in->view->morphology;
    int flat = aggregation_flat_axis(in->aggregation, in->settings, in->response->grid.dims);
    uint8_t *own;
    map->box = shape->box;
    if (flat >= 0) {
        map->box.lo[flat] = lo[flat];
        map->box.size[flat] = size[flat];
    }
    const uint8_t *mask = mask_in(shape, &map->box, &own, e);
    map->distance =
        mask ? mem_big_unset((size_t)box_voxels(&map->box), sizeof *map->distance, e) : NULL;
    if (map->distance)
        border_distances(mask, map->box.size, flat, map->distance);
    mem_big_free(own);
    return map->distance != NULL;
}

/* Where the distances of each run of the codes begin. free() */
static const uint16_t **runs_of(const struct codes *c, const struct border_map *map,
                                const int64_t lo[3], struct err *e)
{
    const uint16_t **out = mem_array((size_t)c->n_runs, sizeof *out, e);
    const struct box *b = &map->box;
    for (int64_t r = 0; out && r < c->n_runs; r++) {
        int64_t i = c->run[r].start - c->first;
        int64_t z = i / c->stride[2] + lo[2] - b->lo[2];
        int64_t y = i % c->stride[2] / c->stride[1] + lo[1] - b->lo[1];
        int64_t x = i % c->stride[1] + lo[0] - b->lo[0];
        out[r] = map->distance + (z * b->size[1] + y) * b->size[0] + x;
    }
    return out;
}

static bool count(const struct family_input *in, const struct texture *t,
                  const struct outline *outline, struct cells *zones, struct err *e)
{
    struct border_map map = {.distance = NULL};
    int64_t lo[3];
    corner_of(in, outline, lo);
    bool good = map_border(in, lo, t->codes->size, &map, e);
    const uint16_t **distance = good ? runs_of(t->codes, &map, lo, e) : NULL;
    good = distance && gldzm_count(t->codes, &t->directions, distance, zones, e);
    mem_big_free(map.distance);
    free(distance);
    return good;
}

bool gldzm_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                   struct fvalue *out, struct err *e)
{
    static const double neighbours[] = {1};
    struct texture t = {0};
    struct cells zones = {0};
    bool good = texture_open(in, CODES_DENSE, DIRECTIONS_HALF, neighbours, 1, &t, e);
    const struct outline *outline = in->texture ? &in->texture->outline : &t.own.outline;
    good = good && count(in, &t, outline, &zones, e) &&
           sizes_deliver(self, in, &zones, t.codes->level, wanted, out, e);
    cells_free(&zones);
    texture_close(&t);
    return good;
}
