#include "engine/voxel/voxel_maps.h"

#include "base/mem.h"

#include <stdlib.h>

bool class_maps_open(struct class_maps *m, struct err *e)
{
    int64_t n = m->request->n * m->n_voxels;
    m->value = mem_big((size_t)n, sizeof *m->value, e);
    for (int64_t k = 0; m->value && k < n; k++)
        m->value[k] = m->init_value;
    return m->value != NULL;
}

void class_maps_close(struct class_maps *m)
{
    mem_big_free(m->value);
    m->value = NULL;
}

struct delivering {
    const struct class_maps *maps;
    const struct delivery *to;
};

static struct column column_of(const struct delivering *d, int i)
{
    const struct class_request *r = d->maps->request;
    return (struct column){d->to->response->name, r->family, family_row(r->family, r->feature[i]),
                           d->to->code};
}

/* A thread's volume, which has the values of all voxels that are not in the ROI. */
static bool open_volume(void *user, void **tools, struct err *e)
{
    const struct delivering *d = user;
    const struct response *r = d->to->response;
    struct volume *map = mem_array(1, sizeof *map, e);
    if (!map || !volume_alloc(map, &r->grid, PIXEL_F64, e)) {
        free(map);
        return false;
    }
    double *voxel = map->data;
    for (int64_t k = 0, n = box_voxels(&r->box); k < n; k++)
        voxel[k] = d->maps->init_value;
    *tools = map;
    return true;
}

static void close_volume(void *user, void *tools)
{
    (void)user;
    volume_free(tools);
    free(tools);
}

static bool hand_over(void *user, void *tools, int64_t i, struct err *e)
{
    const struct delivering *d = user;
    const struct class_maps *m = d->maps;
    const struct voxel_sink *sink = d->to->sink;
    const struct column column = column_of(d, (int)i);
    struct volume *map = tools;
    double *voxel = map->data;
    for (int64_t k = 0; k < m->n_voxels; k++)
        voxel[m->roi[k]] = m->value[i * m->n_voxels + k];
    return sink->take(sink->user, d->to->first + i, &column, map, e);
}

bool class_maps_deliver(const struct class_maps *m, const struct delivery *to, struct err *e)
{
    struct delivering d = {m, to};
    const struct share share = {&d, open_volume, close_volume, hand_over};
    for (int i = 0; to->sink->announce && i < m->request->n; i++) {
        const struct column column = column_of(&d, i);
        if (!to->sink->announce(to->sink->user, &column, e))
            return false;
    }
    return share_out(&share, to->sink->in_threads ? to->pool : NULL, m->request->n, e);
}
