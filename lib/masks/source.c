#include "masks/source.h"

#include "base/mem.h"
#include "shim/dicom_header.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct mask_format *const FORMATS[] = {&mask_format_rtstruct, &mask_format_seg,
                                                    &mask_format_labels};
enum { N_FORMATS = sizeof FORMATS / sizeof *FORMATS };

void mask_paint_free(struct mask_paint *p)
{
    str_list_free(&p->notes);
    *p = (struct mask_paint){0};
}

bool mask_frame_fits(const struct mask_target *t, const char *frame_uid, struct mask_paint *out)
{
    if (!t->frame_uid || !t->frame_uid[0] || !frame_uid[0] || strcmp(t->frame_uid, frame_uid) == 0)
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

bool source_open(const char *path, bool names_only, struct mask_source *s, struct err *e)
{
    *s = (struct mask_source){0};
    for (int f = 0; f < N_FORMATS; f++) {
        if (!FORMATS[f]->recognise(path))
            continue;
        s->format = FORMATS[f];
        s->path = mem_strdup(path);
        if (FORMATS[f]->open(path, names_only, s, e))
            return true;
        source_close(s);
        return false;
    }
    return err_set(e, ERR_REFUSED, "%s: no structure set, segmentation or label map", path);
}

/* The reason without the path that it begins with: masks.json says whose it is. */
static const char *without_path(const char *why, const char *path)
{
    size_t n = strlen(path);
    return strncmp(why, path, n) == 0 && strncmp(why + n, ": ", 2) == 0 ? why + n + 2 : why;
}

bool source_open_refused(const char *path, const char *why, struct mask_source *s, struct err *e)
{
    *s = (struct mask_source){0};
    for (int f = 0; f < N_FORMATS && !s->format; f++)
        if (FORMATS[f]->recognise(path))
            s->format = FORMATS[f];
    if (!s->format)
        return err_set(e, ERR_REFUSED, "%s", why);
    s->path = mem_strdup(path);
    s->refusal = mem_strdup(without_path(why, path));
    if (s->format->name_regions(path, s, e) && s->rois)
        return true;
    source_close(s);
    return err_set(e, ERR_REFUSED, "%s", why);
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

bool source_paint(const struct mask_source *s, size_t roi, const struct mask_target *t,
                  struct mask_paint *out, struct err *e)
{
    const char *refusal = s->refusal ? s->refusal : s->roi[roi].refusal;
    if (refusal) {
        out->refused = true;
        snprintf(out->reason, sizeof out->reason, "%s", refusal);
        return true;
    }
    return s->format->paint(s, roi, t, out, e) || err_wrap(e, "%s", s->path);
}

void source_close(struct mask_source *s)
{
    if (s->format)
        s->format->close(s);
    for (size_t i = 0; i < s->rois; i++) {
        free(s->roi[i].name);
        free(s->roi[i].refusal);
    }
    free(s->roi);
    free(s->path);
    free(s->uid);
    free(s->label);
    free(s->refusal);
    *s = (struct mask_source){0};
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
