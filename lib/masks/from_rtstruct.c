/* DICOM RT Structure Sets as a source of masks. */
#include "base/mem.h"
#include "contour/fill.h"
#include "masks/regions.h"
#include "shim/dicom_class.h"
#include "shim/dicom_header.h"
#include "shim/dicom_rtstruct.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool recognise(const char *path)
{
    char sop_class[DICOM_UID_SIZE];
    return dicom_class(path, sop_class) && strcmp(sop_class, DICOM_CLASS_OF_RTSTRUCT) == 0;
}

static bool open_set(const char *path, bool names_only, struct mask_source *s, struct err *e)
{
    struct rtstruct *set = mem_must(calloc(1, sizeof *set));
    s->state = set;
    if (!rtstruct_read(path, !names_only, set, e))
        return false;
    s->uid = mem_strdup(set->sop_uid);
    s->label = mem_strdup(set->label);
    for (size_t i = 0; i < set->rois; i++) {
        const struct rtstruct_roi *roi = &set->roi[i];
        struct mask_roi *added = source_add(s, roi->name, roi->number);
        source_refuse_number(added, roi->ambiguous, roi->unnamed, "ROI", "contours");
        source_remark_name(added, roi->guessed);
        if (roi->by_observation)
            str_list_add(&added->notes, DICOM_NOTE_BY_OBSERVATION);
    }
    source_remark(s, set->forgiven);
    return true;
}

/* Why nothing was filled, if that is due to the contours. */
static void explain(const struct fill_report *report, struct mask_paint *out)
{
    if (report->contours == 0)
        snprintf(out->reason, sizeof out->reason, "no contours");
    else if (report->filled == 0)
        snprintf(out->reason, sizeof out->reason, "none of its %zu contours can be filled",
                 report->contours);
}

static bool paint(const struct mask_source *s, size_t roi, const struct mask_target *t,
                  struct mask_paint *out, struct err *e)
{
    const struct rtstruct *set = s->state;
    const struct rtstruct_roi *from = &set->roi[roi];
    struct fill_report report;
    if (!mask_frame_fits(t, &s->roi[roi], from->frame_of_reference, out))
        return true;
    if (!fill_contours(from->contour, from->contours, &t->grid, t->voxel, &out->touched, &report,
                       e))
        return false;
    fill_notes(&report, &out->notes);
    explain(&report, out);
    return true;
}

static void close_set(struct mask_source *s)
{
    if (s->state)
        rtstruct_free(s->state);
    free(s->state);
}

const struct mask_format mask_format_rtstruct = {
    .name = "RTSTRUCT",
    .recognise = recognise,
    .open = open_set,
    .name_regions = source_name_dicom,
    .paint = paint,
    .close = close_set,
};
