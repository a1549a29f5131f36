#include "masks/regions.h"

#include "base/mem.h"
#include "shim/dicom_header.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool mask_frame_fits(const struct mask_target *t, const struct mask_roi *r, const char *frame_uid,
                     struct mask_paint *out)
{
    if (r->any_frame || !t->frame_uid || !t->frame_uid[0] || !frame_uid[0] ||
        strcmp(t->frame_uid, frame_uid) == 0)
        return true;
    if (t->any_frame) {
        str_list_add(&out->notes, "drawn in another frame of reference than the image's");
        return true;
    }
    out->refused = true;
    snprintf(out->reason, sizeof out->reason,
             "drawn in the frame of reference %.64s, the image is in %.64s (--any-frame takes it "
             "nevertheless)",
             frame_uid, t->frame_uid);
    return false;
}

struct mask_roi *source_add(struct mask_source *s, const char *name, int64_t number)
{
    s->roi = mem_grow(s->roi, s->rois + 1, sizeof *s->roi);
    s->roi[s->rois] = (struct mask_roi){.name = mem_strdup(name), .number = number};
    return &s->roi[s->rois++];
}

void source_refuse_number(struct mask_roi *r, bool ambiguous, bool unnamed, const char *region,
                          const char *part)
{
    struct str text = {0};
    r->unnamed = unnamed;
    if (unnamed && r->number < 0)
        str_addf(&text, "these %s name no %s number", part, region);
    else if (unnamed)
        str_addf(&text, "no %s has the number %" PRId64 " that these %s belong to", region,
                 r->number, part);
    else if (r->number < 0)
        str_addf(&text, "%s without a number: no %s can belong to it", region, part);
    else if (ambiguous)
        str_addf(&text,
                 "%s number %" PRId64 " is used more than once, so its %s cannot be told from "
                 "another's",
                 region, r->number, part);
    if (text.len)
        r->refusal = mem_strdup(text.text);
    str_free(&text);
}

static void source_note(struct mask_source *s, const char *note)
{
    for (size_t i = 0; i < s->rois; i++)
        str_list_add(&s->roi[i].notes, note);
}

void source_remark(struct mask_source *s, int64_t forgiven)
{
    for (int bit = 0; bit < DICOM_FORGAVE_BITS; bit++)
        if ((forgiven >> bit & 1) && 1 << bit != DICOM_FORGAVE_TEXT)
            source_note(s, dicom_forgiven_note(bit));
}

void source_remark_name(struct mask_roi *r, bool guessed)
{
    if (guessed)
        str_list_add(&r->notes, DICOM_GUESSED_NAME);
}

/* The header as the scan reads it: up to the contours or pixels. */
bool source_name_dicom(const char *path, struct mask_source *s, struct err *e)
{
    struct dicom_header h;
    if (!dicom_header_read(path, &h, e))
        return false;
    s->uid = mem_strdup(h.text[DICOM_SOP_UID]);
    s->label = mem_strdup(h.text[DICOM_LABEL]);
    for (size_t i = 0; i < h.rois; i++)
        source_add(s, h.roi[i].name, h.roi[i].number)->unnamed = h.roi[i].unnamed;
    dicom_header_free(&h);
    return true;
}
