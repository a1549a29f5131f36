#include "course/sets.h"

#include "base/mem.h"
#include "course/sop_class.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text(const struct course_file *f, enum dicom_text which)
{
    return f->header.text[which];
}

static bool is_seg(const struct course_file *f)
{
    return sop_class_of(text(f, DICOM_SOP_CLASS))->kind == SOP_SEG;
}

/* A set that is not used, and each of its ROIs. */
static void leave_set(struct left_out_list *l, const struct course_file *f, const char *reason)
{
    char of_roi[700];
    snprintf(of_roi, sizeof of_roi, "its structure set was left out: %.600s", reason);
    left_out_add(l, "structure_set", f, text(f, DICOM_LABEL), reason);
    for (size_t i = 0; i < f->header.rois; i++)
        left_out_add(l, "roi", f, f->header.roi[i].name, of_roi);
}

/* A DICOM date or time without the separators of old writers ("2008.09.18", "12:19:05"): its
 * digits, and the point before the fraction of a time. */
static void digits_of(const char *value, bool is_time, char out[32])
{
    size_t n = 0;
    for (; *value && n < 31; value++)
        if ((*value >= '0' && *value <= '9') || (*value == '.' && is_time))
            out[n++] = *value;
    while (is_time && n && (out[n - 1] == '0' || out[n - 1] == '.'))
        n--; /* 1200, 120000 and 120000.00 are one time */
    out[n] = '\0';
}

static const enum dicom_text moments[] = {DICOM_SET_DATE, DICOM_SET_TIME};

/* > 0 when a has the later date (or time), or has one and b has none. */
static int compare(const struct course_file *a, const struct course_file *b, enum dicom_text which)
{
    char x[32], y[32];
    bool a_has = text(a, which)[0], b_has = text(b, which)[0];
    digits_of(text(a, which), which == DICOM_SET_TIME, x);
    digits_of(text(b, which), which == DICOM_SET_TIME, y);
    return a_has == b_has ? strcmp(x, y) : a_has - b_has;
}

/* > 0 when a is newer. */
static int age(const struct course_file *a, const struct course_file *b)
{
    int c = 0;
    for (int i = 0; i < 2 && !c; i++)
        c = compare(a, b, moments[i]);
    c = c ? c : strcmp(text(a, DICOM_SOP_UID), text(b, DICOM_SOP_UID));
    return c ? c : strcmp(b->path, a->path);
}

/* Which rule decided that `used` is used and f is not. */
static void explain(const struct course_file *used, const struct course_file *f, char reason[512])
{
    const char *name = course_file_name(used);
    char when[2][64];
    for (int i = 0; i < 2; i++) {
        const struct course_file *it = i ? f : used;
        const char *date = text(it, DICOM_SET_DATE), *time = text(it, DICOM_SET_TIME);
        snprintf(when[i], sizeof when[i], "%.16s%s%.16s", date[0] ? date : "no date",
                 time[0] ? " " : ", no time", time);
    }
    bool by_date = compare(used, f, DICOM_SET_DATE), by_time = compare(used, f, DICOM_SET_TIME);
    enum dicom_text rule = by_date ? DICOM_SET_DATE : DICOM_SET_TIME;
    if (!by_date && !by_time)
        snprintf(reason, 512,
                 "superseded: %.200s is of the same date and time as this (%s); the SOP Instance "
                 "UIDs decide: its is the later in order",
                 name, when[1]);
    else if (!text(f, rule)[0])
        snprintf(reason, 512, "superseded: %.200s (%s) has a %s, this has none (%s)", name, when[0],
                 by_date ? "date" : "time", when[1]);
    else
        snprintf(reason, 512, "superseded: %.200s (%s) %s than this (%s)", name, when[0],
                 text(f, DICOM_SET_DATE)[0] ? "is newer" : "has a later time", when[1]);
}

static int newest_first(const void *a, const void *b)
{
    const struct course_file *x = *(const struct course_file *const *)a;
    const struct course_file *y = *(const struct course_file *const *)b;
    if (is_seg(x) != is_seg(y))
        return is_seg(x) ? 1 : -1;
    return age(y, x);
}

/* Drops second copies and, unless all are wanted, everything but the newest of each kind. */
static void choose(struct sets_of_group *sets, bool all, struct left_out_list *left_out)
{
    qsort(sets->file, sets->n, sizeof *sets->file, newest_first);
    size_t kept = 0;
    for (size_t i = 0; i < sets->n; i++) {
        const struct course_file *f = sets->file[i], *before = kept ? sets->file[kept - 1] : NULL;
        char reason[512];
        if (before && strcmp(text(before, DICOM_SOP_UID), text(f, DICOM_SOP_UID)) == 0) {
            snprintf(reason, sizeof reason, "second copy of a SOP instance: %.200s",
                     course_file_name(before));
            left_out_add(left_out, "file", f, text(f, DICOM_LABEL), reason);
        } else if (before && !all && is_seg(before) == is_seg(f)) {
            explain(before, f, reason);
            leave_set(left_out, f, reason);
        } else {
            sets->file[kept++] = f;
        }
    }
    sets->n = kept;
}

void sets_assign(const struct file_list *files, const struct group_list *groups, bool all,
                 struct sets_of_group *sets, struct left_out_list *left_out)
{
    for (size_t i = 0; i < files->n; i++) {
        const struct course_file *f = &files->file[i];
        const struct group *g = NULL;
        struct err why = {0};
        if (f->state != FILE_SET)
            continue;
        if (!group_of_set(groups, &f->header, &g, &why)) {
            leave_set(left_out, f, why.text);
            continue;
        }
        struct sets_of_group *its = &sets[g - groups->group];
        its->file = mem_grow(its->file, its->n + 1, sizeof *its->file);
        its->file[its->n++] = f;
    }
    for (size_t i = 0; i < groups->n; i++)
        if (sets[i].n)
            choose(&sets[i], all, left_out);
}

/* Contours or frames whose number is nobody's. */
static const char *unnamed_problem(const struct dicom_roi *r, bool seg, char *text, size_t room)
{
    const char *parts = seg ? "frames" : "contours", *region = seg ? "segment" : "ROI";
    if (r->number < 0)
        snprintf(text, room, "%" PRId64 " %s that name no %s number", r->contours, parts, region);
    else
        snprintf(text, room, "%" PRId64 " %s of %s number %" PRId64 ", which no %s has",
                 r->contours, parts, region, r->number, region);
    return text;
}

/* Why an ROI of a set in use cannot be used; NULL when it can. text: room for the reason. */
static const char *roi_problem(const struct course_file *f, size_t i, const char *frame, char *text,
                               size_t room)
{
    const struct dicom_header *set = &f->header;
    const struct dicom_roi *r = &set->roi[i];
    if (r->unnamed)
        return unnamed_problem(r, is_seg(f), text, room);
    if (r->number < 0)
        return "ROI without a number: no contours can belong to it";
    for (size_t k = 0; k < set->rois; k++)
        if (k != i && set->roi[k].number == r->number)
            return "ROI number used twice in its structure set: contours cannot be told apart";
    if (*frame && r->frame_of_reference[0] && strcmp(frame, r->frame_of_reference) != 0)
        return "its contours are in another frame of reference than the series";
    return NULL;
}

static void take_set(const struct course_file *f, struct course *c, struct left_out_list *left_out)
{
    const struct dicom_header *h = &f->header;
    c->set[c->sets++] = (struct course_set){f, is_seg(f) ? "SEG" : "RTSTRUCT"};
    c->roi = mem_grow(c->roi, c->rois + h->rois + 1, sizeof *c->roi);
    for (size_t i = 0; i < h->rois; i++) {
        char text[128];
        const char *frame = course_text(c, DICOM_FRAME_OF_REFERENCE);
        const char *problem = roi_problem(f, i, frame, text, sizeof text);
        if (problem) {
            struct left_out *entry = left_out_add(left_out, "roi", f, h->roi[i].name, problem);
            free(entry->course_id);
            entry->course_id = mem_strdup(c->id);
        } else {
            c->roi[c->rois++] = (struct course_roi){.roi = &h->roi[i], .set = c->sets - 1};
        }
    }
}

void sets_take(const struct sets_of_group *sets, struct course *c, struct left_out_list *left_out)
{
    c->set = mem_must(calloc(sets->n + 1, sizeof *c->set));
    for (size_t i = 0; i < sets->n; i++)
        take_set(sets->file[i], c, left_out);
}

void sets_refuse(const struct sets_of_group *sets, struct left_out_list *left_out, const char *what,
                 const char *why)
{
    char reason[600];
    snprintf(reason, sizeof reason, "%s: %.500s", what, why);
    for (size_t i = 0; i < sets->n; i++)
        leave_set(left_out, sets->file[i], reason);
}

void sets_free(struct sets_of_group *sets, size_t n)
{
    for (size_t i = 0; sets && i < n; i++)
        free(sets[i].file);
    free(sets);
}
