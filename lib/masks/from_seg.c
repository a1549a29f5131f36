/* DICOM Segmentations as a source of masks. */
#include "base/mem.h"
#include "masks/regions.h"
#include "masks/seg_grid.h"
#include "shim/dicom_class.h"
#include "shim/dicom_header.h"
#include "shim/dicom_seg.h"
#include "vol/regrid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool recognise(const char *path)
{
    char sop_class[DICOM_UID_SIZE];
    return dicom_class(path, sop_class) && (strcmp(sop_class, DICOM_CLASS_OF_SEG) == 0 ||
                                            strcmp(sop_class, DICOM_CLASS_OF_LABELMAP) == 0);
}

static bool open_seg(const char *path, bool names_only, struct mask_source *s, struct err *e)
{
    struct seg *seg = mem_must(calloc(1, sizeof *seg));
    s->state = seg;
    if (!seg_read(path, !names_only, seg, e))
        return false;
    s->uid = mem_strdup(seg->sop_uid);
    s->label = mem_strdup(seg->label);
    for (size_t i = 0; i < seg->segments; i++) {
        const struct seg_segment *segment = &seg->segment[i];
        struct mask_roi *added = source_add(s, segment->name, segment->number);
        source_refuse_number(added, segment->ambiguous, segment->unnamed, "segment", "frames");
        source_remark_name(added, segment->guessed);
    }
    source_remark(s, seg->forgiven);
    return true;
}

static bool belongs(const struct seg_frame *frame, int64_t segment)
{
    return frame->segment < 0 || frame->segment == segment;
}

/* Sets the pixels of a frame that lies on the target's own voxels. row: room for one. */
static void place(const struct seg *seg, size_t f, int64_t segment, const struct seg_place *at,
                  const struct mask_target *t, uint8_t *row)
{
    for (int64_t r = 0; r < seg->rows; r++) {
        seg_row(seg, f, r, segment, row);
        uint8_t *out = t->voxel + at->start + r * at->row_step;
        for (int64_t c = 0; c < seg->columns; c++)
            out[c * at->column_step] |= row[c];
    }
}

static bool resample(const struct seg *seg, int64_t segment, const struct mask_target *t,
                     struct mask_paint *out, struct err *e)
{
    struct grid own;
    uint8_t *voxel;
    if (!seg_volume(seg, segment, &own, &voxel, out->reason, sizeof out->reason, e))
        return false;
    if (!voxel) {
        out->refused = true;
        return true;
    }
    out->touched = regrid_reach(&own, &t->grid);
    bool ok = regrid_nearest(&own, voxel, &t->grid, &out->touched, REGRID_TIE_LOWER, t->voxel, e);
    mem_big_free(voxel);
    if (ok)
        str_list_add(&out->notes, "resampled from another grid, nearest neighbour");
    return ok;
}

/* Frames that lie exactly on the target's voxels are copied; otherwise the whole segment is
 * resampled, or refused. */
static bool paint_frames(const struct seg *seg, int64_t segment, const struct mask_target *t,
                         struct mask_paint *out, struct err *e)
{
    uint8_t *row = mem_array((size_t)seg->columns, 1, e);
    struct seg_place *at = mem_array(seg->frames, sizeof *at, e);
    bool ok = row && at, fits = true;
    size_t n = 0;
    for (size_t f = 0; ok && fits && f < seg->frames; f++) {
        if (!belongs(&seg->frame[f], segment))
            continue;
        n++;
        fits = seg_find_place(seg, f, &t->grid, &at[f]) || seg_is_empty(seg, f, segment, row);
    }
    if (ok && n == 0) {
        snprintf(out->reason, sizeof out->reason, "no frames");
    } else if (ok && fits) {
        for (size_t f = 0; f < seg->frames; f++) {
            if (!belongs(&seg->frame[f], segment) || !at[f].found)
                continue;
            place(seg, f, segment, &at[f], t, row);
            box_join(&out->touched, &at[f].box);
        }
    } else if (ok && t->resample) {
        ok = resample(seg, segment, t, out, e);
    } else if (ok) {
        out->refused = true;
        seg_explain(seg, segment, &t->grid, out->reason, sizeof out->reason);
    }
    free(at);
    free(row);
    return ok;
}

static bool paint(const struct mask_source *s, size_t roi, const struct mask_target *t,
                  struct mask_paint *out, struct err *e)
{
    const struct seg *seg = s->state;
    return !mask_frame_fits(t, &s->roi[roi], seg->frame_of_reference, out) ||
           paint_frames(seg, seg->segment[roi].number, t, out, e);
}

static void close_seg(struct mask_source *s)
{
    if (s->state)
        seg_free(s->state);
    free(s->state);
}

const struct mask_format mask_format_seg = {
    .name = "SEG",
    .recognise = recognise,
    .open = open_seg,
    .name_regions = source_name_dicom,
    .paint = paint,
    .close = close_seg,
};
