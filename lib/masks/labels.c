#include "masks/labels.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Values in the order in which they turned up; runs of one value hit `last`. */
struct finder {
    struct labels *labels;
    struct label_value *found;
    size_t n, last;
    int last_channel;
    double last_value;
};

static bool refuse_value(double value, struct err *e)
{
    if (isnan(value))
        return err_set(e, ERR_REFUSED, "no label map: a voxel is not a number");
    return err_set(e, ERR_REFUSED, "no label map: a voxel holds %.9g, which is no whole number",
                   value);
}

/* The place of a value in f->found, added when it is new; false when it is no label. */
static bool place_of(struct finder *f, double value, int channel, size_t *place, struct err *e)
{
    for (size_t i = 0; i < f->n; i++) {
        if (f->found[i].value == (int64_t)value && f->found[i].channel == channel) {
            *place = i;
            return true;
        }
    }
    if (f->n == LABELS_MOST)
        return err_set(e, ERR_REFUSED, "no label map: more than %d different values", LABELS_MOST);
    f->found = mem_grow(f->found, f->n + 1, sizeof *f->found);
    f->found[f->n] = (struct label_value){.value = (int64_t)value, .channel = channel};
    *place = f->n++;
    return true;
}

static bool take(struct finder *f, double value, int channel, size_t *place, struct err *e)
{
    if (value == f->last_value && channel == f->last_channel) {
        *place = f->last;
        return true;
    }
    if (value != floor(value) || fabs(value) > 9e15)
        return refuse_value(value, e);
    if (!place_of(f, value, channel, place, e))
        return false;
    f->last_value = value;
    f->last_channel = channel;
    f->last = *place;
    return true;
}

static bool find_all(struct finder *f, const struct volume *v, struct err *e)
{
    const int64_t *size = v->grid.size;
    int64_t at = 0;
    for (int64_t k = 0; k < size[2]; k++) {
        for (int64_t j = 0; j < size[1]; j++) {
            for (int64_t i = 0; i < size[0]; i++) {
                for (int c = 0; c < v->channels; c++, at++) {
                    double value = volume_get(v, at);
                    size_t place = 0;
                    if (value == 0)
                        continue;
                    if (!take(f, value, c, &place, e))
                        return false;
                    f->labels->index[at] = (uint16_t)(place + 1);
                    struct box voxel = {{i, j, k}, {1, 1, 1}};
                    box_join(&f->found[place].bounds, &voxel);
                }
            }
        }
    }
    return true;
}

static int by_value(const void *a, const void *b)
{
    const struct label_value *x = a, *y = b;
    if (x->channel != y->channel)
        return x->channel < y->channel ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

/* From the order of appearance to the order of values, in the list and in the voxels. */
static bool sort_values(struct finder *f, struct err *e)
{
    struct labels *l = f->labels;
    uint16_t *to = mem_array(f->n + 1, sizeof *to, e);
    l->value = mem_array(f->n, sizeof *l->value, e);
    if (to && l->value) {
        l->n = f->n;
        if (f->n)
            memcpy(l->value, f->found, f->n * sizeof *l->value);
        qsort(l->value, l->n, sizeof *l->value, by_value);
        for (size_t i = 0; i < f->n; i++)
            to[i + 1] =
                (uint16_t)(1 + (labels_get(l, f->found[i].value, f->found[i].channel) - l->value));
        int64_t voxels = grid_voxels(&l->grid) * l->channels;
        for (int64_t i = 0; i < voxels; i++)
            l->index[i] = to[l->index[i]];
    }
    bool ok = to && l->value;
    free(to);
    return ok;
}

bool labels_find(const struct volume *v, struct labels *out, struct err *e)
{
    *out = (struct labels){.grid = v->grid, .channels = v->channels};
    struct finder f = {.labels = out, .last_value = NAN};
    out->index =
        mem_big((size_t)grid_voxels(&v->grid) * (size_t)v->channels, sizeof *out->index, e);
    bool ok = out->index && find_all(&f, v, e) && sort_values(&f, e);
    free(f.found);
    if (!ok)
        labels_free(out);
    return ok;
}

void labels_free(struct labels *l)
{
    mem_big_free(l->index);
    free(l->value);
    *l = (struct labels){0};
}

const struct label_value *labels_get(const struct labels *l, int64_t value, int channel)
{
    struct label_value key = {.value = value, .channel = channel};
    return l->n ? bsearch(&key, l->value, l->n, sizeof key, by_value) : NULL;
}

void labels_cut(const struct labels *l, const struct label_value *v, uint8_t *out)
{
    const struct box *b = &v->bounds;
    uint16_t wanted = (uint16_t)(1 + (v - l->value));
    for (int64_t k = b->lo[2]; k < b->lo[2] + b->size[2]; k++) {
        for (int64_t j = b->lo[1]; j < b->lo[1] + b->size[1]; j++) {
            const uint16_t *row =
                l->index + ((k * l->grid.size[1] + j) * l->grid.size[0] + b->lo[0]) * l->channels +
                v->channel;
            for (int64_t i = 0; i < b->size[0]; i++)
                *out++ = row[i * l->channels] == wanted;
        }
    }
}
