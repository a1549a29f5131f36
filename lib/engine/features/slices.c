#include "engine/features/slices.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The levels of one slice, and how to find them among those of the whole ROI. */
struct slices {
    const struct levels *whole;
    int axis; /* across the slices */
    struct levels part;
    uint8_t *mask;
    int64_t *count;
    int64_t *first; /* per line of the box: index of its first ROI voxel in whole->level */
};

static void slices_close(struct slices *s)
{
    free(s->mask);
    free(s->part.level);
    free(s->count);
    free(s->first);
}

/* Where each line (along x) of the box begins among the ROI's voxels. */
static void number_lines(struct slices *s)
{
    const struct levels *l = s->whole;
    int64_t n = 0, lines = l->size[1] * l->size[2];
    for (int64_t k = 0; k < lines; k++) {
        s->first[k] = n;
        for (int64_t x = 0; x < l->size[0]; x++)
            n += l->mask[k * l->size[0] + x];
    }
}

static bool slices_open(struct slices *s, const struct levels *whole, int axis, struct err *e)
{
    *s = (struct slices){.whole = whole, .axis = axis, .part = *whole};
    if (axis >= 0)
        s->part.size[axis] = 1;
    size_t voxels = (size_t)(s->part.size[0] * s->part.size[1] * s->part.size[2]);
    s->mask = mem_array(voxels, 1, e);
    s->part.level = mem_array(voxels, sizeof *s->part.level, e);
    s->count = mem_array((size_t)whole->n_levels + 1, sizeof *s->count, e);
    s->first = mem_array((size_t)(whole->size[1] * whole->size[2]), sizeof *s->first, e);
    s->part.mask = s->mask;
    s->part.count = s->count;
    if (!s->mask || !s->part.level || !s->count || !s->first) {
        slices_close(s);
        return false;
    }
    number_lines(s);
    return true;
}

/* Index of the voxel (x, line) of the whole box among the ROI's, when it is in the ROI. */
static void take_line(struct slices *s, int64_t line, int64_t from, int64_t to, uint8_t *mask)
{
    const struct levels *l = s->whole;
    const uint8_t *inside = l->mask + line * l->size[0];
    int64_t at = s->first[line];
    for (int64_t x = 0; x < from; x++)
        at += inside[x];
    for (int64_t x = from; x < to; x++) {
        mask[x - from] = inside[x];
        if (!inside[x])
            continue;
        s->part.n_present += s->count[l->level[at]]++ == 0;
        s->part.level[s->part.n_voxels++] = l->level[at++];
    }
}

/* Makes s->part the slice at index k along the axis. */
static void take_slice(struct slices *s, int64_t k)
{
    const int64_t *n = s->whole->size;
    int64_t lo[3] = {0, 0, 0}, hi[3] = {n[0], n[1], n[2]};
    if (s->axis >= 0) {
        lo[s->axis] = k;
        hi[s->axis] = k + 1;
    }
    memset(s->count, 0, ((size_t)s->whole->n_levels + 1) * sizeof *s->count);
    s->part.n_voxels = s->part.n_present = 0;
    uint8_t *mask = s->mask;
    for (int64_t z = lo[2]; z < hi[2]; z++)
        for (int64_t y = lo[1]; y < hi[1]; y++, mask += hi[0] - lo[0])
            take_line(s, z * n[1] + y, lo[0], hi[0], mask);
}

static void add_values(const struct family *f, const bool *wanted, const struct fvalue *value,
                       double *sum, int *defined)
{
    for (int i = 0; i < f->n_features; i++)
        if (wanted[i] && !isnan(value[i].value)) {
            sum[i] += value[i].value;
            defined[i]++;
        }
}

static void deliver_means(const struct family *f, const bool *wanted, const double *sum,
                          const int *defined, struct fvalue *out)
{
    for (int i = 0; i < f->n_features; i++) {
        if (!wanted[i] || out[i].absent)
            continue;
        out[i].value = defined[i] ? sum[i] / defined[i] : NAN;
        out[i].reason = defined[i] ? NULL : "not defined in any slice";
    }
}

bool slices_measure(const struct family *f, const struct family_input *in, const bool *wanted,
                    struct fvalue *out, struct err *e)
{
    struct slices s;
    struct family_input one = *in;
    int axis = aggregation_flat_axis(in->aggregation, in->settings, in->response->grid.dims);
    int64_t n = axis >= 0 ? in->levels->size[axis] : 1;
    if (!slices_open(&s, in->levels, axis, e))
        return false;
    double *sum = mem_array((size_t)f->n_features, sizeof *sum, e);
    int *defined = mem_array((size_t)f->n_features, sizeof *defined, e);
    bool ok = sum && defined;
    one.levels = &s.part;
    one.texture = NULL;
    struct slice slice = {axis, 0};
    one.slice = &slice;
    for (int64_t k = 0; ok && k < n; k++) {
        take_slice(&s, k);
        slice.at = k;
        if (s.part.n_voxels == 0)
            continue;
        ok = f->measure(f, &one, wanted, out, e);
        if (ok)
            add_values(f, wanted, out, sum, defined);
    }
    if (ok)
        deliver_means(f, wanted, sum, defined, out);
    free(sum);
    free(defined);
    slices_close(&s);
    return ok;
}
