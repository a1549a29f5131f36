#include "engine/voxel.h"

#include "base/mem.h"
#include "engine/features/texture_cache.h"
#include "engine/preprocess/preprocess.h"
#include "engine/rows/columns.h"
#include "engine/voxel_pairs.h"
#include "vol/runs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One response with everything that its maps are made from. */
struct mapping {
    const struct params *params;
    const struct settings *settings;
    const struct response *response; /* mask: the ROI */
    struct response counted;         /* the same; mask: the voxels that count in kernels */
    struct levels levels;
    struct kernel kernel;
    double *sample; /* of counted */
    int64_t *roi;   /* index of every ROI voxel in the response */
    int64_t n_roi;
    struct fvalue *value; /* of one kernel and class */
    struct volume *map;   /* per wanted feature of the class */
};

static void locate(const struct mapping *s, int64_t voxel, int64_t at[3])
{
    const int64_t *n = s->response->box.size;
    at[0] = s->roi[voxel] % n[0];
    at[1] = s->roi[voxel] / n[0] % n[1];
    at[2] = s->roi[voxel] / n[0] / n[1];
}

/* GLCM features of one kernel as a batch of pyradiomics shows them: nothing without pairs,
 * JointAverage only with pairs in every direction, and one level among several is no perfect
 * correlation. */
static void adjust_glcm(const struct mapping *s, const struct pairs *pairs,
                        const struct family *family)
{
    enum pairs_state state = pairs_of(pairs, &s->kernel);
    for (int f = 0; f < family->n_features; f++)
        if (state == PAIRS_NONE)
            s->value[f].value = NAN;
    struct fvalue *correlation = &s->value[family_feature(family, "MCC")];
    if (state == PAIRS_SOME)
        s->value[family_feature(family, "JointAverage")].value = NAN;
    if (state != PAIRS_NONE && s->kernel.part.n_present == 1 && s->levels.n_present > 1)
        correlation->value = 0;
    if (state == PAIRS_NONE && s->levels.n_present == 1) {
        correlation->value = 1;
        if (!pairs_dropped(pairs)) /* levels never differ: a sum over nothing, also of no pairs */
            s->value[family_feature(family, "InverseVariance")].value = 0;
    }
}

static bool measure(struct mapping *s, const struct class_request *request, struct err *e)
{
    struct texture_cache cache = {0};
    const struct family_input in = {&s->kernel.response, &s->kernel.part, s->settings, &cache,
                                    s->response->box.size};
    bool good = request->family->compute(&in, request->wanted, s->value, e);
    texture_cache_free(&cache);
    return good;
}

/* The maps of one batch of ROI voxels. *complete: every kernel has pairs in the same directions. */
static bool measure_batch(struct mapping *s, const struct class_request *request,
                          struct pairs *pairs, int64_t from, int64_t to, struct err *e)
{
    bool complete = true;
    int64_t at[3];
    for (int64_t v = from; pairs && v < to; v++) {
        if (v == from)
            pairs_begin(pairs);
        locate(s, v, at);
        kernel_move(&s->kernel, at);
        pairs_note(pairs, &s->kernel);
    }
    for (int64_t v = from; v < to; v++) {
        locate(s, v, at);
        kernel_move(&s->kernel, at);
        if (!measure(s, request, e))
            return false;
        if (pairs) {
            complete &= pairs_dropped(pairs) || pairs_of(pairs, &s->kernel) == PAIRS_COMPLETE;
            adjust_glcm(s, pairs, request->family);
        }
        for (int i = 0; i < request->n; i++)
            if (!s->value[request->feature[i]].absent)
                ((double *)s->map[i].data)[s->roi[v]] = s->value[request->feature[i]].value;
    }
    for (int i = 0; pairs && !complete && i < request->n; i++)
        if (request->feature[i] == family_feature(request->family, "MCC"))
            for (int64_t v = from; v < to; v++)
                ((double *)s->map[i].data)[s->roi[v]] = s->settings->init_value;
    return true;
}

static bool measure_maps(struct mapping *s, const struct class_request *request, struct err *e)
{
    int64_t batch = s->settings->voxel_batch > 0 ? s->settings->voxel_batch : s->n_roi;
    struct pairs pairs;
    bool glcm = strcmp(request->family->name, "glcm") == 0, good = true;
    if (glcm && !pairs_open(&pairs, s->settings, s->response->grid.dims, s->response->box.size, e))
        return false;
    for (int64_t from = 0; good && from < s->n_roi; from += batch) {
        int64_t to = s->n_roi - from < batch ? s->n_roi : from + batch;
        good = measure_batch(s, request, glcm ? &pairs : NULL, from, to, e);
    }
    if (glcm)
        pairs_close(&pairs);
    return good;
}

static bool open_maps(struct mapping *s, const struct class_request *request, struct err *e)
{
    int64_t n = box_voxels(&s->response->box);
    s->value = mem_array((size_t)request->family->n_features, sizeof *s->value, e);
    s->map = mem_array((size_t)request->n, sizeof *s->map, e);
    bool good = s->value && s->map;
    for (int i = 0; good && i < request->n; i++) {
        good = volume_alloc(&s->map[i], &s->response->grid, PIXEL_F64, e);
        for (int64_t v = 0; good && v < n; v++)
            ((double *)s->map[i].data)[v] = s->settings->init_value;
    }
    return good;
}

static void close_maps(struct mapping *s, const struct class_request *request)
{
    for (int i = 0; s->map && i < request->n; i++)
        volume_free(&s->map[i]);
    free(s->map);
    free(s->value);
    s->map = NULL;
    s->value = NULL;
}

static bool hand_over(const struct mapping *s, const struct class_request *request,
                      const struct voxel_sink *sink, struct err *e)
{
    bool good = true;
    for (int i = 0; good && i < request->n; i++) {
        struct str name = {0};
        column_name(&name, s->response->name, request->family, request->feature[i]);
        good = sink->take(sink->user, str_text(&name), &s->map[i], e);
        str_free(&name);
    }
    return good;
}

static bool map_class(struct mapping *s, const struct class_request *request,
                      const struct voxel_sink *sink, struct err *e)
{
    if (s->response->grid.dims != 3 && request->family->tap == TAP_RESPONSE)
        return err_set(e, ERR_REFUSED, "%s has no maps of a flat image", request->family->name);
    bool good =
        open_maps(s, request, e) && measure_maps(s, request, e) && hand_over(s, request, sink, e);
    close_maps(s, request);
    return good || err_wrap(e, "%s of %s", request->family->name, s->response->name);
}

static void kernel_radius(const struct settings *s, int dims, int64_t radius[3])
{
    for (int a = 0; a < 3; a++)
        radius[a] = a == directions_flat_axis(s, dims) || a >= dims ? 0 : s->kernel_radius;
}

/* counted, levels, kernel and the list of the ROI's voxels. all: a mask of ones, or NULL. */
static bool open_stage(struct mapping *s, const uint8_t *all, struct err *e)
{
    int64_t n = box_voxels(&s->response->box), radius[3];
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
    if (!s->roi || !levels_create(&s->counted, s->settings, &s->levels, e))
        return false;
    for (int64_t i = 0; i < n; i++)
        if (s->response->mask[i])
            s->roi[s->n_roi++] = i;
    kernel_radius(s->settings, s->response->grid.dims, radius);
    return kernel_open(&s->kernel, &s->counted, &s->levels, radius, e);
}

static bool map_response(const struct params *p, const struct response *response,
                         const struct settings *settings, const struct voxel_sink *sink,
                         struct err *e)
{
    struct mapping s = {.params = p, .settings = settings, .response = response};
    size_t n = (size_t)box_voxels(&response->box);
    uint8_t *all = settings->masked_kernel ? NULL : mem_array(n, 1, e);
    if (all)
        memset(all, 1, n);
    bool good = (all || settings->masked_kernel) && open_stage(&s, all, e);
    for (int i = 0; good && i < p->n_requests; i++)
        if (p->request[i].family->tap != TAP_SHAPE)
            good = map_class(&s, &p->request[i], sink, e);
    kernel_close(&s.kernel);
    levels_free(&s.levels);
    mem_big_free(s.sample);
    free(s.roi);
    free(all);
    return good;
}

static bool map_view(const struct params *p, const struct roi_view *view,
                     const struct voxel_sink *sink, struct err *e)
{
    struct bank *bank;
    struct response response;
    const struct settings *settings;
    bool more = true, good = true;
    if (!bank_create(view, p->image_type, p->n_image_types, p->settings.kernel_radius, &bank, e))
        return false;
    while (good && (good = bank_next(bank, &response, &settings, &more, e)) && more)
        good = map_response(p, &response, settings, sink, e);
    bank_destroy(bank);
    return good;
}

bool voxel_run(const struct params *p, const struct load_request *request, struct snapshots *log,
               const struct voxel_sink *sink, struct err *e)
{
    struct rcase c;
    struct prepared ready = {0};
    bool good = load_case(request, &p->settings, log, &c, e) &&
                preprocess(&c, &p->settings, log, &ready, e) && map_view(p, &ready.view, sink, e);
    prepared_free(&ready);
    rcase_free(&c);
    return good;
}
