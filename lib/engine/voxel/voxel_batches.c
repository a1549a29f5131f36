/* The maps of a class: batches of kernels, as pyradiomics measures them, which show where a
 * direction is empty in one kernel and not in another.
 *
 * Threads share the kernels of a batch or, where batches are small, whole batches. */
#include "base/mem.h"
#include "engine/features/texture_cache.h"
#include "engine/packed/packed_class.h"
#include "engine/voxel/voxel_adjust.h"
#include "engine/voxel/voxel_parts.h"
#include "pool/share.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE = 128 }; /* kernels that a thread takes at a time */

/* What a thread needs to measure kernels. */
struct tools {
    struct kernel kernel;
    struct kernel_sample listed;
    struct pairs pairs;          /* for batches that it measures alone */
    struct packed_class *packed; /* the short way, where there is one */
    double *short_value;         /* [request->n] */
    int maximal;                 /* glcm's maximal correlation coefficient in the request, or -1 */
    struct fvalue *value;
    bool *wanted; /* features of the class, in a batch */
};

/* A batch of ROI voxels from, from + 1, .., to - 1. */
struct batch {
    struct mapping *s;
    const struct pairs *pairs; /* of glcm, else NULL */
    int64_t from, to;
    bool complete;             /* every kernel has pairs in the same directions */
    bool alone;                /* one kernel, whose directions are those of the batch: not noted */
    struct kernel_batch shape; /* for the order of NumPy's sums */
};

static const struct class_request *request_of(const struct mapping *s)
{
    return s->maps.request;
}

static bool has_pairs(const struct mapping *s)
{
    return request_of(s)->family->kernel_way == KERNEL_PAIRS;
}

static void tools_close(void *user, void *tools)
{
    struct tools *t = tools;
    (void)user;
    kernel_close(&t->kernel);
    kernel_sample_close(&t->listed);
    pairs_close(&t->pairs);
    packed_class_close(t->packed);
    free(t->short_value);
    free(t->value);
    free(t->wanted);
    free(t);
}

static bool open_packed(const struct mapping *s, struct packed_class **out, struct err *e)
{
    const struct packed_task task = {.family = request_of(s)->family,
                                     .feature = request_of(s)->feature,
                                     .n = request_of(s)->n,
                                     .settings = &s->settings->family,
                                     .aggregation = &s->aggregation,
                                     .arithmetic = s->params->profile->arithmetic,
                                     .levels = &s->levels,
                                     .radius = s->kernel.radius,
                                     .extent = s->response->box.size,
                                     .dims = s->response->grid.dims};
    return packed_class_open(&task, out, e);
}

static bool tools_fill(const struct mapping *s, struct tools *t, struct err *e)
{
    const struct family *family = request_of(s)->family;
    size_t n = (size_t)family->n_features;
    t->value = mem_array(n, sizeof *t->value, e);
    t->wanted = t->value ? mem_array(n, sizeof *t->wanted, e) : NULL;
    if (!t->wanted || !kernel_open_beside(&t->kernel, &s->kernel, e) ||
        !open_packed(s, &t->packed, e) ||
        !(t->short_value = mem_array((size_t)request_of(s)->n, sizeof *t->short_value, e)))
        return false;
    t->maximal = -1;
    memcpy(t->wanted, request_of(s)->wanted, n * sizeof *t->wanted);
    for (size_t i = 0; i < n; i++)
        t->value[i].absent = family_row(family, (int)i)->status == FEATURE_GONE;
    if (family->kernel_way == KERNEL_SAMPLE)
        return kernel_sample_open_beside(&t->listed, &s->listed, e);
    return !has_pairs(s) || pairs_open_beside(&t->pairs, &s->pairs, e);
}

static bool tools_open(const struct mapping *s, void **tools, struct err *e)
{
    struct tools *t = mem_array(1, sizeof *t, e);
    if (!t)
        return false;
    *tools = t;
    if (tools_fill(s, t, e))
        return true;
    tools_close(NULL, t);
    return false;
}

static void move_to(const struct mapping *s, struct kernel *k, int64_t voxel, int64_t at[3])
{
    const int64_t *n = s->response->box.size;
    at[0] = s->roi[voxel] % n[0];
    at[1] = s->roi[voxel] / n[0] % n[1];
    at[2] = s->roi[voxel] / n[0] / n[1];
    kernel_move(k, at);
}

static bool measure_kernel(const struct batch *b, struct tools *t, int64_t voxel, struct err *e)
{
    const struct mapping *s = b->s;
    const struct family *family = request_of(s)->family;
    int64_t at[3];
    move_to(s, &t->kernel, voxel, at);
    if (family->kernel_way == KERNEL_SAMPLE)
        kernel_sample_take(&t->listed, &t->kernel, at);
    struct texture_cache cache = {0};
    const struct family_input in = {.response = &t->kernel.response,
                                    .levels = &t->kernel.part,
                                    .settings = &s->settings->family,
                                    .texture = &cache,
                                    .extent = s->response->box.size,
                                    .batch = &b->shape,
                                    .aggregation = &s->aggregation,
                                    .arithmetic = s->params->profile->arithmetic};
    bool good = family_measure(family, &in, t->wanted, t->value, e);
    texture_cache_free(&cache);
    return good;
}

static void note_pairs(const struct mapping *s, struct kernel *k, struct pairs *pairs, int64_t from,
                       int64_t to)
{
    int64_t at[3];
    pairs_begin(pairs);
    for (int64_t v = from; v < to && pairs->n_seen < pairs->directions.n; v++) {
        move_to(s, k, v, at);
        pairs_note(pairs, k);
    }
}

/* The same with what adjust_glcm wants to know. */
static bool measure_plainly(struct batch *b, struct tools *t, int64_t voxel,
                            struct kernel_facts *facts, struct err *e)
{
    if (b->alone) {
        note_pairs(b->s, &t->kernel, &t->pairs, voxel, voxel + 1);
        b->shape.directions_left_out = pairs_left_out(&t->pairs);
    }
    if (!measure_kernel(b, t, voxel, e))
        return false;
    facts->n_present = t->kernel.part.n_present;
    if (b->pairs)
        facts->state = pairs_of(b->pairs, &t->kernel);
    return true;
}

/* The short way. false: there is none for this kernel. */
static bool measure_packed(const struct batch *b, struct tools *t, int64_t voxel,
                           struct kernel_facts *facts)
{
    const struct class_request *request = request_of(b->s);
    const struct class_maps *maps = &b->s->maps;
    double *maximal = t->maximal < 0 ? NULL : &maps->value[t->maximal * maps->n_voxels + voxel];
    if (!packed_class_kernel(t->packed, b->s->roi[voxel], maximal, t->short_value, 1))
        return false;
    for (int i = 0; i < request->n; i++)
        t->value[request->feature[i]].value = t->short_value[i];
    facts->n_present = packed_class_levels(t->packed);
    if (b->alone)
        facts->state = packed_class_directions(t->packed) ? PAIRS_COMPLETE : PAIRS_NONE;
    else if (b->pairs)
        facts->state = pairs_state_of(b->pairs, packed_class_directions(t->packed));
    return true;
}

/* The maps at voxels from ... to - 1 of the batch. */
static bool measure_kernels(struct batch *b, struct tools *t, int64_t from, int64_t to,
                            struct err *e)
{
    const struct class_request *request = request_of(b->s);
    const struct class_maps *maps = &b->s->maps;
    if (b->pairs)
        t->maximal = adjust_wanted(request, b->complete, t->wanted);
    for (int64_t v = from; v < to; v++) {
        struct kernel_facts facts = {.all_present = b->s->levels.n_present};
        if (!(t->packed && measure_packed(b, t, v, &facts)) && !measure_plainly(b, t, v, &facts, e))
            return false;
        if (b->pairs)
            adjust_glcm(b->pairs, &facts, request->family, t->value);
        for (int i = 0; i < request->n; i++)
            if (!t->value[request->feature[i]].absent)
                maps->value[i * maps->n_voxels + v] = t->value[request->feature[i]].value;
    }
    return true;
}

/* Has every kernel of the batch pairs in the same directions? In a ragged ROI one of the first has
 * not. */
static bool pairs_complete(const struct mapping *s, struct kernel *k, const struct pairs *pairs,
                           int64_t from, int64_t to)
{
    int64_t at[3];
    bool complete = true;
    for (int64_t v = from; complete && !pairs_dropped(pairs) && v < to; v++) {
        move_to(s, k, v, at);
        complete = pairs_of(pairs, k) == PAIRS_COMPLETE;
    }
    return complete;
}

/* Batch number i; k, pairs and packed (or NULL) belong to this thread. */
static struct batch begin_batch(struct mapping *s, int64_t i, int64_t size, struct kernel *k,
                                struct pairs *pairs, struct packed_class *packed)
{
    int64_t from = i * size, to = s->n_roi - from < size ? s->n_roi : from + size;
    struct batch b = {.s = s, .from = from, .to = to, .complete = true};
    b.alone = has_pairs(s) && packed && to - from == 1;
    if (b.alone) {
        pairs_begin(pairs);
        b.pairs = pairs;
    } else if (has_pairs(s)) {
        note_pairs(s, k, pairs, from, to);
        b.complete = pairs_complete(s, k, pairs, from, to);
        b.pairs = pairs;
    }
    b.shape = (struct kernel_batch){to - from, &s->levels, b.pairs ? pairs_left_out(pairs) : 0};
    return b;
}

static void end_batch(const struct batch *b)
{
    const struct mapping *s = b->s;
    const struct batch_maps maps = {request_of(s), s->maps.value + b->from, s->n_roi,
                                    b->to - b->from};
    if (!b->complete)
        adjust_mcc(&maps, s->voxel->init_value);
    if (s->single_runs)
        adjust_glrlm(&maps);
}

/* Values that were promised to maps. */
static bool finish_kernels(struct tools *t)
{
    if (t->packed)
        packed_class_finish(t->packed);
    return true;
}

/* --- a batch shared among threads --- */

static bool open_for_batch(void *user, void **tools, struct err *e)
{
    const struct batch *b = user;
    return tools_open(b->s, tools, e);
}

static bool work_on_batch(void *user, void *tools, int64_t piece, struct err *e)
{
    struct batch *b = user;
    int64_t from = b->from + piece * PIECE, to = from + PIECE < b->to ? from + PIECE : b->to;
    return measure_kernels(b, tools, from, to, e) && finish_kernels(tools);
}

static bool share_batch(struct mapping *s, int64_t i, int64_t size, struct err *e)
{
    struct batch b = begin_batch(s, i, size, &s->kernel, &s->pairs, NULL);
    const struct share share = {&b, open_for_batch, tools_close, work_on_batch};
    if (!share_out(&share, s->pool, (b.to - b.from + PIECE - 1) / PIECE, e))
        return false;
    end_batch(&b);
    return true;
}

/* --- batches shared among threads --- */

static bool open_for_batches(void *user, void **tools, struct err *e)
{
    return tools_open(user, tools, e);
}

static bool work_on_batches(void *user, void *tools, int64_t piece, struct err *e)
{
    struct mapping *s = user;
    struct tools *t = tools;
    int64_t size = s->voxel->voxel_batch, per_piece = PIECE / size;
    int64_t first = piece * per_piece;
    for (int64_t i = first; i < first + per_piece && i * size < s->n_roi; i++) {
        struct batch b = begin_batch(s, i, size, &t->kernel, &t->pairs, t->packed);
        if (!measure_kernels(&b, t, b.from, b.to, e))
            return false;
        end_batch(&b);
    }
    return finish_kernels(t);
}

bool measure_batches(struct mapping *s, struct err *e)
{
    int64_t size = s->voxel->voxel_batch > 0 ? s->voxel->voxel_batch : s->n_roi;
    const struct share share = {s, open_for_batches, tools_close, work_on_batches};
    if (size <= PIECE && size < s->n_roi) {
        int64_t voxels = PIECE / size * size;
        return share_out(&share, s->pool, (s->n_roi + voxels - 1) / voxels, e);
    }
    bool good = true;
    for (int64_t i = 0; good && i * size < s->n_roi; i++)
        good = share_batch(s, i, size, e);
    return good;
}
