#include "engine/preprocess/resample.h"

#include "base/mem.h"
#include "engine/preprocess/index_map.h"
#include "engine/preprocess/interpolate.h"
#include "vol/runs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool resample_roi_inside(const struct label_mask *mask, const struct grid *image, struct err *e)
{
    const double tolerance = 1e-3;
    struct frame from, to;
    if (!frame_create(&from, &mask->grid, e) || !frame_create(&to, image, e))
        return false;
    double lo[3], hi[3], point[3], a[3], b[3];
    for (int i = 0; i < 3; i++) {
        lo[i] = (double)mask->box.lo[i] - 0.5;
        hi[i] = (double)(mask->box.lo[i] + mask->box.size[i]) - 0.5;
    }
    if (mask->grid.dims < 3)
        lo[2] = hi[2] = 0;
    frame_to_patient(&from, lo, point);
    frame_to_index(&to, point, a);
    frame_to_patient(&from, hi, point);
    frame_to_index(&to, point, b);
    for (int i = 0; i < image->dims; i++)
        if (fmin(a[i], b[i]) < -0.5 - tolerance ||
            fmax(a[i], b[i]) > (double)image->size[i] - 0.5 + tolerance)
            return err_set(e, ERR_REFUSED,
                           "the ROI leaves the image: along axis %d it spans %.4g to %.4g of %lld "
                           "voxels",
                           i, fmin(a[i], b[i]), fmax(a[i], b[i]), (long long)image->size[i]);
    return true;
}

/* The wanted spacing of every axis; an axis on which the ROI is one voxel thick keeps its own. */
static bool target_spacing(const struct label_mask *mask, const struct resample_settings *s,
                           double spacing_mm[3], struct err *e)
{
    const int dims = mask->grid.dims;
    const struct real_list *wanted = &s->resampled_pixel_spacing;
    if (wanted->n != dims)
        return err_set(e, ERR_REFUSED, "resampledPixelSpacing has %d entries, the mask %d axes",
                       wanted->n, dims);
    memcpy(spacing_mm, mask->grid.spacing_mm, 3 * sizeof *spacing_mm);
    for (int i = 0; i < dims; i++)
        if (wanted->item[i] != 0 && mask->box.size[i] != 1)
            spacing_mm[i] = wanted->item[i];
    return true;
}

static bool spacing_is(const struct grid *g, const double spacing_mm[3])
{
    for (int i = 0; i < g->dims; i++)
        if (!(fabs(g->spacing_mm[i] - spacing_mm[i]) <= 1e-8 + 1e-5 * fabs(spacing_mm[i])))
            return false;
    return true;
}

/* Specification 3.3, in its order of operations; the first voxel's corner stays where it was. */
static struct grid grid_around(const struct label_mask *mask, const double spacing_mm[3],
                               int64_t pad, const struct frame *frame)
{
    struct grid out = mask->grid;
    double origin_index[3] = {0, 0, 0};
    for (int i = 0; i < mask->grid.dims; i++) {
        double old_mm = mask->grid.spacing_mm[i], ratio = old_mm / spacing_mm[i];
        double lo = (double)mask->box.lo[i], hi = lo + (double)mask->box.size[i];
        double first = floor((lo - 0.5) * ratio - (double)pad);
        double last = ceil((hi - 0.5) * ratio + (double)pad);
        double limit = ceil((double)mask->grid.size[i] * ratio) - 1;
        first = first < 0 ? 0 : first;
        last = last > limit ? limit : last;
        out.size[i] = (int64_t)fmin(last - first + 1, 1e15); /* grid_settle refuses so many */
        out.spacing_mm[i] = spacing_mm[i];
        origin_index[i] = 0.5 * (spacing_mm[i] - old_mm) / old_mm + first / ratio;
    }
    for (int r = 0; r < 3; r++) {
        double sum = 0;
        for (int c = 0; c < 3; c++)
            sum += frame->to_patient[r][c] * origin_index[c];
        out.origin_mm[r] = sum + frame->origin_mm[r];
    }
    return out;
}

bool resample_grid(const struct grid *image, const struct label_mask *mask,
                   const struct resample_settings *s, struct grid *out, bool *same, struct err *e)
{
    double spacing_mm[3];
    struct frame frame;
    if (!target_spacing(mask, s, spacing_mm, e) || !resample_roi_inside(mask, image, e) ||
        !frame_create(&frame, &mask->grid, e))
        return false;
    *same = spacing_is(image, spacing_mm);
    *out = *same ? *image : grid_around(mask, spacing_mm, s->pad_distance, &frame);
    for (int i = 0; i < 3; i++)
        if (out->size[i] < 1)
            return err_set(e, ERR_REFUSED, "the resampled ROI has no extent along axis %d", i);
    return grid_settle(out, e) || err_wrap(e, "the resampled grid");
}

/* What of the input the voxels of grid `to` reach, as doubles. */
static bool samples_read(struct samples *s, const struct volume *in, const struct grid *to,
                         const struct interpolation *by, struct err *e)
{
    struct box all = {{0, 0, 0}, {to->size[0], to->size[1], to->size[2]}};
    *s = (struct samples){
        .dims = in->grid.dims, .pool = s->pool, .box = index_map_box(to, &all, &in->grid)};
    for (int i = 0; i < 3; i++) {
        int64_t lo = s->box.lo[i] - by->reach, end = s->box.lo[i] + s->box.size[i] + by->reach;
        s->full[i] = in->grid.size[i];
        s->spacing_mm[i] = in->grid.spacing_mm[i];
        s->box.lo[i] = lo > 0 ? lo : 0;
        s->box.size[i] = (end < s->full[i] ? end : s->full[i]) - s->box.lo[i];
    }
    s->value = mem_big_unset((size_t)box_voxels(&s->box), sizeof *s->value, e);
    if (!s->value)
        return false;
    volume_read_box(in, &s->box, s->value);
    return true;
}

/* Planes of the output, one a piece. */
struct filling {
    const struct samples *s;
    const struct interpolation *by;
    const struct index_map *map;
    struct volume *out;
};

static bool open_row(void *user, void **row, struct err *e)
{
    const struct filling *f = user;
    *row = mem_array((size_t)f->out->grid.size[0], sizeof(double), e);
    return *row != NULL;
}

static void close_row(void *user, void *row)
{
    (void)user;
    free(row);
}

static bool fill_plane(void *user, void *row, int64_t k, struct err *e)
{
    const struct filling *f = user;
    const int64_t *n = f->out->grid.size;
    (void)e;
    for (int64_t j = 0; j < n[1]; j++) {
        struct line_map line = index_map_line(f->map, j, k);
        struct run r = samples_inside(f->s, &line, n[0]);
        f->by->line(f->s, &line, r.start, r.n, row);
        volume_write(f->out, (k * n[1] + j) * n[0] + r.start, r.n, row);
    }
    return true;
}

static bool resample_fill(const struct samples *s, const struct interpolation *by,
                          const struct index_map *map, struct volume *out, struct err *e)
{
    bool done = false;
    if (by->whole && !by->whole(s, map, out, &done, e))
        return false;
    struct filling filling = {s, by, map, out};
    const struct share share = {&filling, open_row, close_row, fill_plane};
    return done || share_out(&share, s->pool, out->grid.size[2], e);
}

bool resample_image(const struct volume *in, const struct grid *to, enum interpolator how,
                    struct pool *pool, struct volume *out, struct err *e)
{
    const struct interpolation *by = interpolation_find(how);
    *out = (struct volume){0};
    if (!by)
        return err_set(e, ERR_FAILED, "no interpolator is set");
    struct index_map map;
    struct samples s = {.pool = pool};
    bool ok = index_map_create(&map, to, &in->grid, e) && volume_alloc(out, to, in->type, e);
    ok = ok && samples_read(&s, in, to, by, e) && (!by->prepare || by->prepare(&s, e)) &&
         resample_fill(&s, by, &map, out, e);
    mem_big_free(s.value);
    if (!ok)
        volume_free(out);
    return ok;
}

/* 1 where the nearest voxel of the input is in the ROI. */
static uint8_t nearest(const struct label_mask *in, const struct line_map *line, int64_t i)
{
    int64_t at[3] = {0, 0, 0};
    for (int axis = 0; axis < 3; axis++) {
        at[axis] = (int64_t)floor(line_map_at(line, i, axis) + 0.5) - in->box.lo[axis];
        if (at[axis] < 0 || at[axis] >= in->box.size[axis])
            return 0;
    }
    return in->in[(at[2] * in->box.size[1] + at[1]) * in->box.size[0] + at[0]];
}

/* The voxel in which an axis of the input stays along a line, if it does: positions rise or fall
 * evenly, rounded or not, so both ends tell. */
static bool stays(const struct label_mask *in, const struct line_map *line, int64_t from,
                  int64_t last, int axis, int64_t *at)
{
    double a = line_map_at(line, from, axis), b = line_map_at(line, last, axis);
    double end = (double)in->grid.size[axis] - 0.5;
    *at = (int64_t)floor(a + 0.5);
    return (int64_t)floor(b + 0.5) == *at &&
           (axis >= in->grid.dims || (a >= -0.5 && a < end && b >= -0.5 && b < end));
}

/* nearest for n voxels of a line that moves along x alone. */
static void nearest_along_x(const struct label_mask *in, const struct line_map *line, int64_t from,
                            int64_t n, int64_t y, int64_t z, uint8_t *out)
{
    const struct box *b = &in->box;
    y -= b->lo[1], z -= b->lo[2];
    bool beside = y < 0 || y >= b->size[1] || z < 0 || z >= b->size[2];
    const uint8_t *row = beside ? NULL : in->in + (z * b->size[1] + y) * b->size[0];
    memset(out, 0, (size_t)n);
    if (!row || !memchr(row, 1, (size_t)b->size[0]))
        return;
    for (int64_t i = 0; i < n; i++) {
        double x = line_map_at(line, from + i, 0);
        if (!(x >= -0.5 && x < (double)in->grid.size[0] - 0.5))
            continue;
        int64_t at = (int64_t)(x + 0.5) - b->lo[0];
        out[i] = at >= 0 && at < b->size[0] ? row[at] : 0;
    }
}

static void resample_mask_line(const struct label_mask *in, const struct line_map *line,
                               int64_t from, int64_t n, uint8_t *out)
{
    int64_t y, z;
    if (stays(in, line, from, from + n - 1, 1, &y) && stays(in, line, from, from + n - 1, 2, &z)) {
        nearest_along_x(in, line, from, n, y, z, out);
        return;
    }
    for (int64_t i = 0; i < n; i++)
        out[i] = line_map_inside(line, from + i, in->grid.size, in->grid.dims) &&
                 nearest(in, line, from + i);
}

bool resample_mask(const struct label_mask *in, const struct grid *to, struct label_mask *out,
                   struct err *e)
{
    struct index_map map;
    struct box box = index_map_box(&in->grid, &in->box, to);
    *out = (struct label_mask){.grid = *to};
    if (!index_map_create(&map, to, &in->grid, e))
        return false;
    uint8_t *bytes = mem_big((size_t)box_voxels(&box), 1, e);
    if (!bytes)
        return false;
    uint8_t *p = bytes;
    for (int64_t k = 0; k < box.size[2]; k++) {
        for (int64_t j = 0; j < box.size[1]; j++) {
            struct line_map line = index_map_line(&map, box.lo[1] + j, box.lo[2] + k);
            resample_mask_line(in, &line, box.lo[0], box.size[0], p);
            p += box.size[0];
        }
    }
    bool ok = label_mask_from(out, to, &box, bytes, e);
    mem_big_free(bytes);
    return ok;
}
