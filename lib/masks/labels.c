#include "masks/labels.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Values in the order of their first occurrence; `last` makes runs of one value quick. */
struct finder {
    struct label_value *found;
    size_t n, last;
    int last_channel;
    double last_value;
};

static bool refuse_value(double value, struct err *e)
{
    if (isnan(value))
        return err_set(e, ERR_REFUSED, "not a label map: a voxel is not a number");
    return err_set(e, ERR_REFUSED,
                   "not a label map: a voxel holds %.9g, which is not a whole number", value);
}

/* The index of a value in f->found, added when it is new; false when it is not a valid label. */
static bool place_of(struct finder *f, double value, int channel, size_t *place, struct err *e)
{
    for (size_t i = 0; i < f->n; i++) {
        if (f->found[i].value == (int64_t)value && f->found[i].channel == channel) {
            *place = i;
            return true;
        }
    }
    if (f->n == LABELS_MOST)
        return err_set(e, ERR_REFUSED, "not a label map: more than %d different values",
                       LABELS_MOST);
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

static bool all_zero(const unsigned char *bytes, size_t n)
{
    return n == 0 || (bytes[0] == 0 && memcmp(bytes, bytes + 1, n - 1) == 0);
}

/* Finds the values in one row of voxels, each with the part of the row that it covers. */
static bool find_row(struct finder *f, const struct volume *v, int64_t j, int64_t k, struct err *e)
{
    int64_t n = v->grid.size[0] * v->channels;
    int64_t first = (k * v->grid.size[1] + j) * n;
    size_t size = pixel_size(v->type);
    if (all_zero((const unsigned char *)v->data + (size_t)first * size, (size_t)n * size))
        return true;
    for (int64_t at = 0; at < n; at++) {
        double value = volume_get(v, first + at);
        size_t place = 0;
        if (value == 0)
            continue;
        if (!take(f, value, (int)(at % v->channels), &place, e))
            return false;
        struct box voxel = {{at / v->channels, j, k}, {1, 1, 1}};
        box_join(&f->found[place].bounds, &voxel);
    }
    return true;
}

static bool find_all(struct finder *f, const struct volume *v, struct err *e)
{
    for (int64_t k = 0; k < v->grid.size[2]; k++)
        for (int64_t j = 0; j < v->grid.size[1]; j++)
            if (!find_row(f, v, j, k, e))
                return false;
    return true;
}

static int by_value(const void *a, const void *b)
{
    const struct label_value *x = a, *y = b;
    if (x->channel != y->channel)
        return x->channel < y->channel ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

bool labels_find(struct volume *v, struct labels *out, struct err *e)
{
    *out = (struct labels){.grid = v->grid, .voxels = *v};
    for (int a = 0; a < 3; a++)
        out->held.size[a] = v->grid.size[a];
    *v = (struct volume){0};
    struct finder f = {.last_value = NAN};
    bool ok = find_all(&f, &out->voxels, e);
    out->value = f.found;
    out->n = f.n;
    if (out->n)
        qsort(out->value, out->n, sizeof *out->value, by_value);
    if (!ok)
        labels_free(out);
    return ok;
}

bool labels_shrink(struct labels *l, struct err *e)
{
    if (l->n > 1 || l->shrunk)
        return true;
    struct volume only = {0};
    if (l->n == 1) {
        struct grid g = grid_crop(&l->grid, &l->value->bounds);
        if (!volume_alloc(&only, &g, PIXEL_U8, e))
            return false;
        labels_cut(l, l->value, only.data);
        l->held = l->value->bounds;
    }
    volume_free(&l->voxels);
    l->voxels = only;
    l->shrunk = true;
    return true;
}

void labels_free(struct labels *l)
{
    volume_free(&l->voxels);
    free(l->value);
    *l = (struct labels){0};
}

const struct label_value *labels_get(const struct labels *l, int64_t value, int channel)
{
    struct label_value key = {.value = value, .channel = channel};
    return l->n ? bsearch(&key, l->value, l->n, sizeof key, by_value) : NULL;
}

/* Compares a row of the voxels in memory, from element `first` on, `step` apart, with one value. */
static void compare_row(const struct volume *v, int64_t first, int64_t step, int64_t n,
                        double value, uint8_t *out)
{
    const uint8_t *bytes = v->data;
    if (v->type == PIXEL_U8 && step == 1) {
        uint8_t wanted = (uint8_t)value;
        for (int64_t i = 0; i < n; i++)
            out[i] = bytes[first + i] == wanted;
        return;
    }
    for (int64_t i = 0; i < n; i++)
        out[i] = volume_get(v, first + i * step) == value;
}

void labels_cut(const struct labels *l, const struct label_value *v, uint8_t *out)
{
    const struct box *b = &v->bounds, *held = &l->held;
    double value = l->shrunk ? 1 : (double)v->value;
    int channel = l->shrunk ? 0 : v->channel;
    for (int64_t k = b->lo[2] - held->lo[2]; k < b->lo[2] - held->lo[2] + b->size[2]; k++) {
        for (int64_t j = b->lo[1] - held->lo[1]; j < b->lo[1] - held->lo[1] + b->size[1]; j++) {
            int64_t voxel = (k * held->size[1] + j) * held->size[0] + b->lo[0] - held->lo[0];
            compare_row(&l->voxels, voxel * l->voxels.channels + channel, l->voxels.channels,
                        b->size[0], value, out);
            out += b->size[0];
        }
    }
}
