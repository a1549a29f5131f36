#include "engine/voxel/voxel.h"

#include "base/mem.h"
#include "engine/load/load.h"
#include "engine/preprocess/preprocess.h"
#include "engine/voxel/voxel_adjust.h"
#include "engine/voxel/voxel_parts.h"
#include "engine/voxel/voxel_values.h"
#include "vol/runs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void kernel_radius(const struct mapping *s, int dims, int64_t radius[3])
{
    for (int a = 0; a < 3; a++)
        radius[a] = a == settings_flat_axis(&s->settings->family, dims) || a >= dims
                        ? 0
                        : s->voxel->kernel_radius;
}

/* Levels and kernel of a class. pyradiomics makes doubles of the values of first order before it
 * bins them: edges between single or integer values may fall another way than those of textures. */
static bool open_kernel(struct mapping *s, const struct family *family, struct err *e)
{
    int64_t radius[3];
    s->counted.type = family->kernel_way == KERNEL_SAMPLE ? PIXEL_F64 : s->response->type;
    kernel_radius(s, s->response->grid.dims, radius);
    return s->params->profile->discretise(&s->counted, &s->settings->discretise, &s->levels, e) &&
           kernel_open(&s->kernel, &s->counted, &s->levels, radius, e);
}

/* What the batches of a class share. */
static bool open_class(struct mapping *s, const struct class_request *request, struct err *e)
{
    const struct family *family = request->family;
    const struct family_settings *settings = &s->settings->family;
    const int64_t *extent = s->response->box.size;
    int dims = s->response->grid.dims;
    s->single_runs = false;
    s->aggregation =
        request->aggregation ? *request->aggregation : family_aggregation(family, settings);
    if (!open_kernel(s, family, e))
        return false;
    switch (family->kernel_way) {
    case KERNEL_RUNS:
        return adjust_single_runs(settings, dims, extent, &s->single_runs, e);
    case KERNEL_PAIRS:
        return pairs_open(&s->pairs, settings, dims, extent, e);
    case KERNEL_SAMPLE:
        return kernel_sample_open(&s->listed, &s->counted, settings, s->voxel->kernel_radius, e) &&
               (!values_fit(s) || value_codes_open(&s->codes, &s->counted, s->kernel.radius, e));
    default:
        return true;
    }
}

static void close_class(struct mapping *s)
{
    class_maps_close(&s->maps);
    pairs_close(&s->pairs);
    kernel_sample_close(&s->listed);
    value_codes_close(&s->codes);
    kernel_close(&s->kernel);
    levels_free(&s->levels);
}

static bool open_maps(struct mapping *s, const struct class_request *request, struct err *e)
{
    s->maps = (struct class_maps){.request = request,
                                  .roi = s->roi,
                                  .n_voxels = s->n_roi,
                                  .init_value = s->voxel->init_value};
    return class_maps_open(&s->maps, e);
}

static bool measure_class(struct mapping *s, struct err *e)
{
    return s->codes.code ? measure_values(s, e) : measure_batches(s, e);
}

/* *s->done counts the maps of this class, too. */
static bool deliver_class(const struct mapping *s, const struct voxel_sink *sink, struct err *e)
{
    const struct delivery to = {.response = s->response,
                                .code = s->aggregation.code,
                                .sink = sink,
                                .first = (int64_t)*s->done - s->maps.request->n,
                                .pool = s->pool};
    return class_maps_deliver(&s->maps, &to, e);
}

static bool map_class(struct mapping *s, const struct class_request *request,
                      const struct voxel_sink *sink, struct err *e)
{
    if (s->response->grid.dims != 3 && request->family->kernel_way == KERNEL_SAMPLE)
        return err_set(e, ERR_REFUSED, "%s has no maps of a flat image", request->family->name);
    const struct observer *o = s->observer;
    if (o && !o->progress(o->user, *s->done, s->all, s->response->name, request->family->name))
        return err_set(e, ERR_INTERRUPTED, "interrupted by the caller");
    *s->done += (size_t)request->n;
    bool good = open_maps(s, request, e) && open_class(s, request, e) && measure_class(s, e) &&
                deliver_class(s, sink, e);
    close_class(s);
    return good || err_wrap(e, "%s of %s", request->family->name, s->response->name);
}

/* counted and the list of the ROI's voxels. all: a mask of ones, or NULL. */
static bool open_stage(struct mapping *s, const uint8_t *all, struct err *e)
{
    int64_t n = box_voxels(&s->response->box);
    s->counted = *s->response;
    if (all) {
        s->counted.mask = all;
        s->counted.n_voxels = n;
    }
    s->sample = mem_big((size_t)s->counted.n_voxels, sizeof *s->sample, e);
    if (!s->sample)
        return false;
    runs_gather(s->response->value, s->counted.mask, n, s->sample);
    s->counted.sample = s->sample;
    s->roi = mem_array((size_t)s->response->n_voxels, sizeof *s->roi, e);
    for (int64_t i = 0; s->roi && i < n; i++)
        if (s->response->mask[i])
            s->roi[s->n_roi++] = i;
    return s->roi != NULL;
}

static bool map_response(const struct mapping *task, const struct response *response,
                         const struct image_settings *settings, const struct voxel_sink *sink,
                         struct err *e)
{
    const struct params *p = task->params;
    struct mapping s = *task;
    s.settings = settings;
    s.response = response;
    size_t n = (size_t)box_voxels(&response->box);
    uint8_t *all = s.voxel->masked_kernel ? NULL : mem_array(n, 1, e);
    if (all)
        memset(all, 1, n);
    bool good = (all || s.voxel->masked_kernel) && open_stage(&s, all, e);
    for (int i = 0; good && i < p->n_requests; i++)
        if (p->request[i].family->tap != TAP_SHAPE)
            good = map_class(&s, &p->request[i], sink, e);
    mem_big_free(s.sample);
    free(s.roi);
    free(all);
    return good;
}

static bool map_view(const struct mapping *task, const struct roi_view *view,
                     const struct voxel_sink *sink, struct err *e)
{
    const struct params *p = task->params;
    struct bank *bank;
    struct response response;
    const struct image_settings *settings;
    bool more = true, good = true;
    if (!bank_create(view, p->image_type, p->n_image_types, task->voxel->kernel_radius, &bank, e))
        return false;
    while (good && (good = bank_next(bank, &response, &settings, &more, e)) && more)
        good = map_response(task, &response, settings, sink, e);
    bank_destroy(bank);
    return good;
}

bool voxel_measure(const struct params *p, struct rcase *c, struct snapshots *log,
                   const struct observer *observer, const struct voxel_sink *sink, struct err *e)
{
    struct roi_view view;
    struct columns columns = {0};
    size_t done = 0;
    bool good = !observer || columns_create(p, c->image.grid.dims, &columns, e);
    const struct mapping task = {.params = p,
                                 .observer = observer,
                                 .pool = c->pool,
                                 .voxel = &p->settings.voxel,
                                 .done = &done,
                                 .all = columns.n};
    good = good && preprocess(c, p->profile->preprocess, &p->settings, NULL, log, &view, e) &&
           map_view(&task, &view, sink, e);
    load_complete(c, log);
    columns_free(&columns);
    return good;
}
