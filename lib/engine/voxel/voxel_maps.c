#include "engine/voxel/voxel_maps.h"

#include "base/mem.h"

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

bool class_maps_deliver(const struct class_maps *m, const struct response *response,
                        const char *code, const struct voxel_sink *sink, struct err *e)
{
    struct volume map;
    const struct family *family = m->request->family;
    if (!volume_alloc(&map, &response->grid, PIXEL_F64, e))
        return false;
    double *voxel = map.data;
    for (int64_t k = 0, n = box_voxels(&response->box); k < n; k++)
        voxel[k] = m->init_value;
    bool good = true;
    for (int i = 0; good && i < m->request->n; i++) {
        const struct column column = {response->name, family,
                                      family_row(family, m->request->feature[i]), code};
        for (int64_t k = 0; k < m->n_voxels; k++)
            voxel[m->roi[k]] = m->value[i * m->n_voxels + k];
        good = sink->take(sink->user, &column, &map, e);
    }
    volume_free(&map);
    return good;
}
