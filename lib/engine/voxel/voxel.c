#include "engine/voxel/voxel.h"

#include "base/mem.h"
#include "engine/features/texture_cache.h"
#include "engine/preprocess/preprocess.h"
#include "engine/voxel/voxel_adjust.h"
#include "engine/voxel/voxel_maps.h"
#include "engine/voxel/voxel_sample.h"
#include "vol/runs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One response with everything that its maps are made from. */
struct mapping {
    const struct params *params;
    const struct observer *observer;
    size_t *done, all; /* maps, for the observer */
    const struct image_settings *settings;
    const struct voxel_settings *voxel;
    const struct response *response; /* mask: the ROI */
    struct response counted;         /* the same; mask: the voxels that count in kernels */
    struct levels levels;            /* of a class */
    struct kernel kernel;            /* likewise */
    struct kernel_sample listed;     /* the kernel's values for the classes that work on values */
    double *sample;                  /* of counted */
    int64_t *roi;                    /* index of every ROI voxel in the response */
    int64_t n_roi;
    struct aggregation aggregation; /* of the class */
    bool single_runs;               /* the class is glrlm, and all its runs are in one matrix */
    bool *wanted;                   /* features of the class, in a batch */
    struct fvalue *value;           /* of one kernel and class */
    struct class_maps maps;         /* of the class */
};

static void locate(const struct mapping *s, int64_t voxel, int64_t at[3])
{
    const int64_t *n = s->response->box.size;
    at[0] = s->roi[voxel] % n[0];
    at[1] = s->roi[voxel] / n[0] % n[1];
    at[2] = s->roi[voxel] / n[0] / n[1];
}

/* The kernel of one ROI voxel; batch: which kernels pyradiomics measures with it. */
static bool measure_kernel(struct mapping *s, const struct class_request *request,
                           const struct kernel_batch *batch, int64_t voxel, struct err *e)
{
    int64_t at[3];
    locate(s, voxel, at);
    kernel_move(&s->kernel, at);
    if (request->family->kernel_way == KERNEL_SAMPLE)
        kernel_sample_take(&s->listed, &s->kernel, at);
    struct texture_cache cache = {0};
    const struct family_input in = {.response = &s->kernel.response,
                                    .levels = &s->kernel.part,
                                    .settings = &s->settings->family,
                                    .texture = &cache,
                                    .extent = s->response->box.size,
                                    .batch = batch,
                                    .aggregation = &s->aggregation,
                                    .arithmetic = s->params->profile->arithmetic};
    bool good = family_measure(request->family, &in, s->wanted, s->value, e);
    texture_cache_free(&cache);
    return good;
}

static void note_pairs(struct mapping *s, struct pairs *pairs, int64_t from, int64_t to)
{
    int64_t at[3];
    pairs_begin(pairs);
    for (int64_t v = from; v < to; v++) {
        locate(s, v, at);
        kernel_move(&s->kernel, at);
        pairs_note(pairs, &s->kernel);
    }
}

/* Has every kernel of the batch pairs in the same directions? In a ragged ROI one of the first has
 * not. */
static bool pairs_complete(struct mapping *s, const struct pairs *pairs, int64_t from, int64_t to)
{
    int64_t at[3];
    bool complete = true;
    for (int64_t v = from; complete && !pairs_dropped(pairs) && v < to; v++) {
        locate(s, v, at);
        kernel_move(&s->kernel, at);
        complete = pairs_of(pairs, &s->kernel) == PAIRS_COMPLETE;
    }
    return complete;
}

/* The maps of one batch of ROI voxels. pairs: of glcm, else NULL. */
static bool measure_batch(struct mapping *s, const struct class_request *request,
                          struct pairs *pairs, int64_t from, int64_t to, struct err *e)
{
    bool complete = true;
    if (pairs) {
        note_pairs(s, pairs, from, to);
        complete = pairs_complete(s, pairs, from, to);
        adjust_wanted(request, complete, s->wanted);
    }
    const struct kernel_batch batch = {to - from, &s->levels, pairs ? pairs_left_out(pairs) : 0};
    for (int64_t v = from; v < to; v++) {
        if (!measure_kernel(s, request, &batch, v, e))
            return false;
        if (pairs)
            adjust_glcm(pairs, &s->kernel, request->family, s->value);
        for (int i = 0; i < request->n; i++)
            if (!s->value[request->feature[i]].absent)
                s->maps.value[i * s->n_roi + v] = s->value[request->feature[i]].value;
    }
    const struct batch_maps maps = {request, s->maps.value + from, s->n_roi, to - from};
    if (!complete)
        adjust_mcc(&maps, s->voxel->init_value);
    if (s->single_runs)
        adjust_glrlm(&maps);
    return true;
}

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
static bool open_class(struct mapping *s, const struct class_request *request, struct pairs *pairs,
                       struct err *e)
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
        return pairs_open(pairs, settings, dims, extent, e);
    case KERNEL_SAMPLE:
        return kernel_sample_open(&s->listed, &s->counted, settings, s->voxel->kernel_radius, e);
    default:
        return true;
    }
}

static bool measure_maps(struct mapping *s, const struct class_request *request, struct err *e)
{
    int64_t batch = s->voxel->voxel_batch > 0 ? s->voxel->voxel_batch : s->n_roi;
    struct pairs pairs = {0};
    bool glcm = request->family->kernel_way == KERNEL_PAIRS;
    bool good = open_class(s, request, &pairs, e);
    for (int64_t from = 0; good && from < s->n_roi; from += batch) {
        int64_t to = s->n_roi - from < batch ? s->n_roi : from + batch;
        good = measure_batch(s, request, glcm ? &pairs : NULL, from, to, e);
    }
    pairs_close(&pairs);
    kernel_sample_close(&s->listed);
    kernel_close(&s->kernel);
    levels_free(&s->levels);
    return good;
}

static bool open_maps(struct mapping *s, const struct class_request *request, struct err *e)
{
    s->maps = (struct class_maps){.request = request,
                                  .roi = s->roi,
                                  .n_voxels = s->n_roi,
                                  .init_value = s->voxel->init_value};
    s->value = mem_array((size_t)request->family->n_features, sizeof *s->value, e);
    s->wanted = mem_array((size_t)request->family->n_features, sizeof *s->wanted, e);
    bool good = s->value && s->wanted && class_maps_open(&s->maps, e);
    if (good)
        memcpy(s->wanted, request->wanted, (size_t)request->family->n_features * sizeof *s->wanted);
    return good;
}

static void close_maps(struct mapping *s)
{
    class_maps_close(&s->maps);
    free(s->value);
    free(s->wanted);
    s->wanted = NULL;
    s->value = NULL;
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
    bool good = open_maps(s, request, e) && measure_maps(s, request, e) &&
                class_maps_deliver(&s->maps, s->response, s->aggregation.code, sink, e);
    close_maps(s);
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
                                 .voxel = &p->settings.voxel,
                                 .done = &done,
                                 .all = columns.n};
    good = good && preprocess(c, p->profile->preprocess, &p->settings, NULL, log, &view, e) &&
           map_view(&task, &view, sink, e);
    columns_free(&columns);
    return good;
}
