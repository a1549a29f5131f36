#include "engine/engine.h"

#include "base/log.h"
#include "base/mem.h"
#include "engine/discretise/levels.h"
#include "engine/features/texture_cache.h"
#include "engine/preprocess/preprocess.h"

#include <math.h>
#include <stdlib.h>

/* Reports progress to the observer. */
static bool go_on(const struct result *out, const char *image, const char *family, struct err *e)
{
    const struct observer *o = out->observer;
    return !o || o->progress(o->user, out->n, out->columns.n, image, family) ||
           err_set(e, ERR_INTERRUPTED, "interrupted by the caller");
}

/* Class request r of a response; shape: in->response is that of the shape. */
static bool measure_class(const struct params *p, int r, const struct family_input *in, bool shape,
                          struct result *out, struct err *e)
{
    const struct class_request *request = &p->request[r];
    const struct family *family = request->family;
    struct aggregation asked =
        request->aggregation ? *request->aggregation : family_aggregation(family, in->settings);
    struct family_input full = *in;
    full.aggregation = &asked;
    struct fvalue *value = mem_array((size_t)family->n_features, sizeof *value, e);
    if (!value || !go_on(out, in->response->name, family->name, e)) {
        free(value);
        return false;
    }
    double start = stopwatch_now(out->watch);
    bool good = family_measure(family, &full, request->wanted, value, e);
    stopwatch_add(out->watch, family->name, start);
    if (good)
        good = result_add(out, p, shape ? NULL : in->response, r, asked.code, value, e);
    else
        err_wrap(e, "%s of %s", family->name, in->response->name);
    free(value);
    return good;
}

static bool measure_shape(const struct params *p, const struct roi_view *view, struct result *out,
                          struct err *e)
{
    struct response shape = {.name = "original",
                             .grid = grid_crop(&view->image.grid, &view->morphology.box),
                             .box = view->morphology.box,
                             .type = view->image.type,
                             .mask = view->morphology.in,
                             .n_voxels = view->morphology.n_voxels};
    const struct family_settings *s = &p->settings.image.family;
    const struct family_input in = {
        .response = &shape, .settings = s, .arithmetic = p->profile->arithmetic, .view = view};
    for (int i = 0; i < p->n_requests; i++) {
        const char *why = NULL;
        const struct class_request *r = &p->request[i];
        if (r->family->tap != TAP_SHAPE)
            continue;
        if (r->family->gate && !r->family->gate(view, s, &why))
            log_info("%s is left out: %s", r->family->name, why);
        else if (!measure_class(p, i, &in, true, out, e))
            return false;
    }
    return true;
}

static bool measure_response(const struct params *p, const struct roi_view *view,
                             const struct response *response, const struct image_settings *s,
                             struct texture_cache *shared, struct result *out, struct err *e)
{
    struct levels levels;
    double start = stopwatch_now(out->watch);
    if (!p->profile->discretise(response, &s->discretise, &levels, e))
        return err_wrap(e, "%s", response->name);
    stopwatch_add(out->watch, "discretise", start);
    const struct family_input in = {.response = response,
                                    .levels = &levels,
                                    .settings = &s->family,
                                    .texture = shared,
                                    .arithmetic = p->profile->arithmetic,
                                    .view = view};
    bool good = true;
    for (int i = 0; good && i < p->n_requests; i++)
        if (p->request[i].family->tap != TAP_SHAPE)
            good = measure_class(p, i, &in, false, out, e);
    texture_cache_next(shared);
    levels_free(&levels);
    return good;
}

static bool wants_responses(const struct params *p)
{
    for (int i = 0; i < p->n_requests; i++)
        if (p->request[i].family->tap != TAP_SHAPE)
            return true;
    return false;
}

static bool measure_responses(const struct params *p, const struct roi_view *view,
                              struct result *out, struct err *e)
{
    struct bank *bank;
    if (!wants_responses(p))
        return true;
    if (!bank_create(view, p->image_type, p->n_image_types, 0, &bank, e))
        return false;
    struct response response;
    const struct image_settings *s;
    struct texture_cache shared = {0};
    bool more = true, good = true;
    while (good) {
        double start = stopwatch_now(out->watch);
        good = bank_next(bank, &response, &s, &more, e);
        if (!good || !more)
            break;
        bank_gather(bank, &response);
        stopwatch_add(out->watch, bank_current(bank), start);
        good = measure_response(p, view, &response, s, &shared, out, e);
    }
    texture_cache_free(&shared);
    bank_destroy(bank);
    return good;
}

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
    return good && measure_shape(p, &view, out, e) && measure_responses(p, &view, out, e);
}
