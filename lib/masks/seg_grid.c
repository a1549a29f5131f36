#include "masks/seg_grid.h"

#include "base/mem.h"
#include "vol/regrid.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A volume of one frame: its own plane, and its normal with the given spacing. */
static struct grid frame_grid(const struct seg *s, size_t frame, double slice_mm)
{
    const struct seg_frame *f = &s->frame[frame];
    const double *u = f->direction, *v = f->direction + 3;
    struct grid g = {.dims = 3,
                     .size = {s->columns, s->rows, 1},
                     .spacing_mm = {f->spacing_mm[0], f->spacing_mm[1], slice_mm}};
    const double w[3] = {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2],
                         u[0] * v[1] - u[1] * v[0]};
    for (int r = 0; r < 3; r++) {
        g.origin_mm[r] = f->position_mm[r];
        g.direction[3 * r] = u[r];
        g.direction[3 * r + 1] = v[r];
        g.direction[3 * r + 2] = w[r];
    }
    return g;
}

bool seg_find_place(const struct seg *s, size_t frame, const struct grid *g, struct seg_place *out)
{
    *out = (struct seg_place){0};
    /* The slice of g that the frame's first pixel lies in, across each axis in turn. */
    struct grid own = frame_grid(s, frame, 1);
    double first[3];
    if (!grid_to_index(g, own.origin_mm, first))
        return false;
    const int64_t stride[3] = {1, g->size[0], g->size[0] * g->size[1]};
    for (int across = 2; across >= 0; across--) {
        double slice = round(first[across]);
        if (!(slice >= 0 && slice < (double)g->size[across]))
            continue;
        struct box box = {.size = {g->size[0], g->size[1], g->size[2]}};
        box.lo[across] = (int64_t)slice;
        box.size[across] = 1;
        struct grid plane = grid_crop(g, &box);
        struct regrid_map map;
        own.spacing_mm[2] = g->spacing_mm[across];
        if (!regrid_find(&plane, &own, &map))
            continue;
        int64_t start = box.lo[across] * stride[across];
        for (int a = 0; a < 2; a++)
            start += map.flip[a] ? (own.size[a] - 1) * stride[map.axis[a]] : 0;
        *out = (struct seg_place){.found = true,
                                  .start = start,
                                  .column_step = stride[map.axis[0]] * (map.flip[0] ? -1 : 1),
                                  .row_step = stride[map.axis[1]] * (map.flip[1] ? -1 : 1),
                                  .box = box};
        return true;
    }
    return false;
}

bool seg_is_empty(const struct seg *s, size_t frame, int64_t segment, uint8_t *row)
{
    for (int64_t r = 0; r < s->rows; r++) {
        seg_row(s, frame, r, segment, row);
        if (memchr(row, 1, (size_t)s->columns))
            return false;
    }
    return true;
}

/* A frame and its position along the normal. */
struct slice {
    size_t frame;
    double at_mm;
};

static int by_position(const void *a, const void *b)
{
    const struct slice *x = a, *y = b;
    if (x->at_mm != y->at_mm)
        return x->at_mm < y->at_mm ? -1 : 1;
    return (x->frame > y->frame) - (x->frame < y->frame);
}

/* The frames of a segment in order; their count. */
static size_t gather(const struct seg *s, int64_t segment, struct slice *slice)
{
    size_t n = 0;
    double normal[3] = {0, 0, 0};
    for (size_t f = 0; f < s->frames; f++) {
        if (s->frame[f].segment >= 0 && s->frame[f].segment != segment)
            continue;
        if (n == 0) {
            struct grid g = frame_grid(s, f, 1);
            for (int r = 0; r < 3; r++)
                normal[r] = g.direction[3 * r + 2];
        }
        slice[n].frame = f;
        slice[n].at_mm = 0;
        for (int r = 0; r < 3; r++)
            slice[n].at_mm += normal[r] * s->frame[f].position_mm[r];
        n++;
    }
    qsort(slice, n, sizeof *slice, by_position);
    return n;
}

/* The spacing of the slices: the smallest step between frames; a segment of one plane falls back on
 * what the file says. */
static double slice_spacing(const struct seg *s, const struct slice *slice, size_t n)
{
    double said = s->frame[slice[0].frame].thickness_mm, least = INFINITY;
    for (size_t i = 1; i < n; i++) {
        double step = slice[i].at_mm - slice[i - 1].at_mm;
        if (step > 1e-3 * s->frame[slice[0].frame].spacing_mm[0])
            least = fmin(least, step);
    }
    /* When empty slices are left out, the remaining frames still follow the spacing in the file. */
    if (said > 0 && (!isfinite(least) || fabs(least / said - round(least / said)) < 0.01))
        return said;
    return isfinite(least) ? least : s->frame[slice[0].frame].spacing_mm[0];
}

static bool same_plane(const struct seg *s, size_t a, size_t b)
{
    for (int i = 0; i < 6; i++)
        if (fabs(s->frame[a].direction[i] - s->frame[b].direction[i]) > 1e-4)
            return false;
    for (int i = 0; i < 2; i++)
        if (fabs(s->frame[a].spacing_mm[i] / s->frame[b].spacing_mm[i] - 1) > 1e-4)
            return false;
    return true;
}

/* Number of slices of the volume that the frames form, or 0 with the reason. at: each one's slice.
 */
static int64_t line_up(const struct seg *s, const struct slice *slice, size_t n, double spacing_mm,
                       int64_t *at, char *reason, size_t room)
{
    for (size_t i = 0; i < n; i++) {
        double k = (slice[i].at_mm - slice[0].at_mm) / spacing_mm;
        if (!same_plane(s, slice[0].frame, slice[i].frame)) {
            snprintf(reason, room, "its frames differ in orientation or pixel spacing");
            return 0;
        }
        if (fabs(k - round(k)) > 0.02 || k > 1e5) {
            snprintf(reason, room, "its frames are unevenly spaced: %.6g mm apart at steps of %.6g",
                     slice[i].at_mm - slice[0].at_mm, spacing_mm);
            return 0;
        }
        at[i] = (int64_t)round(k);
    }
    return at[n - 1] + 1;
}

static bool collect(const struct seg *s, int64_t segment, const struct slice *slice,
                    const int64_t *at, size_t n, const struct grid *g, uint8_t **voxel,
                    struct err *e)
{
    uint8_t *row = mem_array((size_t)s->columns, 1, e);
    *voxel = row ? mem_big((size_t)grid_voxels(g), 1, e) : NULL;
    for (size_t i = 0; *voxel && i < n; i++) {
        for (int64_t r = 0; r < s->rows; r++) {
            uint8_t *out = *voxel + (at[i] * s->rows + r) * s->columns;
            seg_row(s, slice[i].frame, r, segment, row);
            for (int64_t c = 0; c < s->columns; c++)
                out[c] |= row[c];
        }
    }
    free(row);
    return *voxel != NULL;
}

bool seg_volume(const struct seg *s, int64_t segment, struct grid *g, uint8_t **voxel, char *reason,
                size_t room, struct err *e)
{
    *voxel = NULL;
    struct slice *slice = mem_array(s->frames, sizeof *slice, e);
    int64_t *at = mem_array(s->frames, sizeof *at, e);
    bool ok = slice && at;
    size_t n = ok ? gather(s, segment, slice) : 0;
    if (ok && n == 0)
        snprintf(reason, room, "no frames");
    if (ok && n > 0) {
        double spacing_mm = slice_spacing(s, slice, n);
        *g = frame_grid(s, slice[0].frame, spacing_mm);
        g->size[2] = line_up(s, slice, n, spacing_mm, at, reason, room);
        if (g->size[2] > 0)
            ok = collect(s, segment, slice, at, n, g, voxel, e);
    }
    free(slice);
    free(at);
    return ok;
}

void seg_explain(const struct seg *s, int64_t segment, const struct grid *g, char *text,
                 size_t room)
{
    struct seg_place place;
    for (size_t f = 0; f < s->frames; f++) {
        const struct seg_frame *frame = &s->frame[f];
        if ((frame->segment >= 0 && frame->segment != segment) || seg_find_place(s, f, g, &place))
            continue;
        double index[3];
        if (!grid_to_index(g, frame->position_mm, index))
            index[0] = index[1] = index[2] = NAN;
        snprintf(text, room,
                 "another grid than the reference: frame %zu is %" PRId64 " x %" PRId64
                 " pixels of %.6g x %.6g mm, its first pixel lies at index %.6g, %.6g, %.6g of "
                 "the reference, which has %" PRId64 " x %" PRId64 " x %" PRId64
                 " voxels of %.6g x %.6g x %.6g mm (--resample takes it nevertheless)",
                 f + 1, s->columns, s->rows, frame->spacing_mm[0], frame->spacing_mm[1], index[0],
                 index[1], index[2], g->size[0], g->size[1], g->size[2], g->spacing_mm[0],
                 g->spacing_mm[1], g->spacing_mm[2]);
        return;
    }
}
