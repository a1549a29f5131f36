#include "engine/engine.h"

#include "base/mem.h"
#include "engine/conductor.h"
#include "engine/load/load.h"
#include "engine/preprocess/preprocess.h"

#include <math.h>

bool engine_begin(const struct params *p, struct result *out, struct err *e)
{
    *out = (struct result){.watch = out->watch, .observer = out->observer};
    if (p->settings.load.additional_info)
        out->log = mem_array(1, sizeof *out->log, e);
    return out->log || !p->settings.load.additional_info;
}

void engine_surroundings(const void *of, const struct grid *g, int64_t voxels[3])
{
    const struct params *p = of;
    for (int a = 0; a < 3; a++)
        voxels[a] = 0;
    for (int i = 0; i < p->n_image_types; i++) {
        int64_t halo[3];
        filter_halo(&p->image_type[i], g, halo);
        for (int a = 0; a < 3; a++)
            voxels[a] = halo[a] > voxels[a] ? halo[a] : voxels[a];
    }
    for (int i = 0; i < p->n_requests; i++)
        for (int a = 0; a < g->dims; a++) {
            double reach = ceil(p->request[i].family->surroundings_mm / g->spacing_mm[a]);
            voxels[a] = (int64_t)reach > voxels[a] ? (int64_t)reach : voxels[a];
        }
}

bool engine_measure(const struct params *p, struct rcase *c, struct result *out, struct err *e)
{
    struct roi_view view;
    const struct surroundings around = {engine_surroundings, p};
    if (!columns_create(p, c->image.grid.dims, &out->columns, e))
        return false;
    double start = stopwatch_now(out->watch);
    bool good = preprocess(c, p->profile->preprocess, &p->settings, &around, out->log, &view, e);
    stopwatch_add(out->watch, "preprocess", start);
    good = good && conduct(p, &view, c->pool, out, e);
    load_complete(c, out->log);
    return good;
}
