#include "engine/packed/packed_work.h"

#include "base/mem.h"

#include <stdlib.h>

static const struct packed_way *const ways[] = {&packed_glcm, &packed_glrlm, &packed_glszm,
                                                &packed_gldm, &packed_ngtdm, NULL};

static const struct packed_way *way_of(const struct family *f)
{
    for (int k = 0; ways[k]; k++)
        if (ways[k]->measure == f->measure)
            return ways[k];
    return NULL;
}

static bool is_gone(const struct family *f, int row)
{
    return family_row(f, row)->status == FEATURE_GONE;
}

static bool knows_features(const struct packed_way *way, const struct packed_task *t)
{
    for (int i = 0; i < t->n; i++)
        if (!is_gone(t->family, t->feature[i]) && way->formula(t->family, t->feature[i]) < 0)
            return false;
    return true;
}

/* Neighbours in the planes of the kernels, or in space with all of them. */
static bool fits(const struct packed_way *way, const struct packed_task *t)
{
    const struct aggregation *a = t->aggregation;
    const struct real_list *distances = &t->settings->distances;
    bool near = !t->family->uses_distances || (distances->n == 1 && distances->item[0] == 1);
    bool apart = !way->directions ||
                 (a->directions == COMBINE_AVERAGE && t->settings->weighting_norm == WEIGHT_NONE);
    return near && apart && a->slices == COMBINE_MERGE && t->arithmetic->follows_numpy &&
           aggregation_flat_axis(a, t->settings, t->dims) ==
               settings_flat_axis(t->settings, t->dims) &&
           packed_fits(t->levels, t->radius) && knows_features(way, t) &&
           (!way->fits || way->fits(t));
}

static bool open_parts(struct packed_class *c, struct err *e)
{
    static const double neighbours[] = {1};
    const struct packed_task *t = &c->task;
    c->formula = mem_array((size_t)t->n, sizeof *c->formula, e);
    if (!c->formula || !packed_open(&c->volume, t->levels, t->radius, e) ||
        !directions_create(t->extent, neighbours, 1, settings_flat_axis(t->settings, t->dims),
                           DIRECTIONS_HALF, &c->directions, e))
        return false;
    for (int i = 0; i < t->n; i++)
        c->formula[i] =
            is_gone(t->family, t->feature[i]) ? -1 : c->way->formula(t->family, t->feature[i]);
    packed_begin(&c->volume, &c->kernel);
    packed_tables_fill(&c->tables);
    c->sizes.tables = &c->tables;
    if (c->way != &packed_glcm)
        return true;
    c->pairs = mem_big(1, sizeof *c->pairs, e);
    return c->pairs && packed_pairs_open(c->pairs, &c->tables, t->levels->n_levels, e);
}

bool packed_class_open(const struct packed_task *task, struct packed_class **out, struct err *e)
{
    const struct packed_way *way = way_of(task->family);
    *out = NULL;
    if (!way || !fits(way, task))
        return true;
    struct packed_class *c = mem_big(1, sizeof *c, e);
    if (!c)
        return false;
    c->task = *task;
    c->way = way;
    if (!open_parts(c, e)) {
        packed_class_close(c);
        return false;
    }
    *out = c;
    return true;
}

void packed_class_close(struct packed_class *c)
{
    if (!c)
        return;
    packed_close(&c->volume);
    directions_free(&c->directions);
    free(c->formula);
    if (c->pairs)
        packed_pairs_close(c->pairs);
    mem_big_free(c->pairs);
    mem_big_free(c);
}

bool packed_class_kernel(struct packed_class *c, int64_t voxel, double *maximal, double *value,
                         int64_t stride)
{
    c->maximal = maximal;
    packed_take(&c->volume, voxel, &c->kernel);
    return c->way->kernel(c, value, stride);
}

void packed_class_finish(struct packed_class *c)
{
    if (c->pairs)
        packed_mcc_finish(&c->pairs->maximal);
}

int packed_class_directions(const struct packed_class *c)
{
    return c->pairs->pairs.n;
}

int packed_class_levels(const struct packed_class *c)
{
    return c->kernel.n_present;
}
