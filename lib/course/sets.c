#include "course/sets.h"

#include "base/mem.h"
#include "course/set_age.h"
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

/* Leaves a region out, unless that has been done. */
static void leave_roi(struct left_out_list *l, const struct course_file *f, struct home *home,
                      size_t i, const char *course_id, const char *reason)
{
    if (home[i].told || i >= f->header.rois)
        return;
    struct left_out *entry = left_out_add(l, "roi", f, f->header.roi[i].name, reason);
    home[i].told = true;
    if (course_id) {
        free(entry->course_id);
        entry->course_id = mem_strdup(course_id);
    }
}

/* Leaves out a set on a series, with those of its regions that belong to the series or to none. */
static void leave_member(struct left_out_list *l, const struct set_member *m, const struct group *g,
                         const char *reason)
{
    char of_roi[700];
    left_out_add(l, "structure_set", m->file, text(m->file, DICOM_LABEL), reason);
    for (size_t i = 0; i < homes_count(m->file); i++) {
        if (m->home[i].group && m->home[i].group != g)
            continue;
        snprintf(of_roi, sizeof of_roi, "its structure set was left out: %.600s",
                 m->home[i].reason ? m->home[i].reason : reason);
        leave_roi(l, m->file, m->home, i, NULL, of_roi);
    }
}

/* Order of two sets of one kind: < 0 when x comes first. */
static int newest_first(const void *a, const void *b)
{
    const struct set_member *x = a, *y = b;
    if (is_seg(x->file) != is_seg(y->file))
        return is_seg(x->file) ? 1 : -1;
    if (x->forgiven != y->forgiven)
        return x->forgiven ? 1 : -1;
    return set_age(y->file, x->file);
}

static void explain_forgiven(const struct set_member *used, const struct set_member *m,
                             const struct group *g, char reason[512])
{
    const char *note = "";
    for (size_t i = 0; i < homes_count(m->file) && !note[0]; i++)
        if (m->home[i].group == g && m->home[i].notes.n)
            note = m->home[i].notes.item[0];
    snprintf(reason, 512,
             "superseded: %.120s fits the series as it is, this one only by forgiveness: %.250s "
             "(STRUCTURE_SETS=all takes both)",
             course_file_name(used->file), note);
}

/* Drops second copies and, unless all are wanted, everything but the first of each kind. */
static void choose(struct sets_of_group *sets, bool all, struct left_out_list *left_out)
{
    qsort(sets->member, sets->n, sizeof *sets->member, newest_first);
    size_t kept = 0;
    for (size_t i = 0; i < sets->n; i++) {
        struct set_member *m = &sets->member[i], *before = kept ? m - i + kept - 1 : NULL;
        char reason[512];
        if (before &&
            strcmp(text(before->file, DICOM_SOP_UID), text(m->file, DICOM_SOP_UID)) == 0) {
            snprintf(reason, sizeof reason, "second copy of a SOP instance: %.200s",
                     course_file_name(before->file));
            left_out_add(left_out, "file", m->file, text(m->file, DICOM_LABEL), reason);
        } else if (before && !all && is_seg(before->file) == is_seg(m->file)) {
            if (before->forgiven == m->forgiven)
                set_explain_age(before->file, m->file, reason);
            else
                explain_forgiven(before, m, sets->group, reason);
            leave_member(left_out, m, sets->group, reason);
        } else {
            sets->member[kept++] = *m;
        }
    }
    sets->n = kept;
}

/* Puts a set on each series that a region of it belongs to; on none, it is left out. */
static void place_set(struct sets *s, const struct group_list *groups, const struct course_file *f,
                      struct home *home, struct left_out_list *left_out)
{
    const size_t n = homes_count(f);
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        const struct group *g = home[i].group;
        if (!g)
            continue;
        struct sets_of_group *its = &s->of[g - groups->group];
        if (its->n == 0 || its->member[its->n - 1].file != f) {
            its->member = mem_grow(its->member, its->n + 1, sizeof *its->member);
            its->member[its->n++] = (struct set_member){.file = f, .home = home};
        }
        struct set_member *m = &its->member[its->n - 1];
        m->forgiven = m->forgiven || home[i].forgiven;
        any = true;
    }
    if (!any)
        leave_member(left_out, &(struct set_member){.file = f, .home = home}, NULL, home[0].reason);
}

bool sets_assign(struct sets *s, const struct file_list *files, const struct home_search *search,
                 bool all, struct left_out_list *left_out, struct err *e)
{
    const struct group_list *groups = search->groups;
    *s = (struct sets){.groups = groups->n};
    s->of = mem_array(groups->n, sizeof *s->of, e);
    s->home = mem_array(files->n, sizeof *s->home, e);
    s->homes = mem_array(files->n, sizeof *s->homes, e);
    if (!s->of || !s->home || !s->homes)
        return false;
    for (size_t i = 0; i < groups->n; i++)
        s->of[i].group = &groups->group[i];
    for (size_t i = 0; i < files->n; i++) {
        const struct course_file *f = &files->file[i];
        if (f->state != FILE_SET)
            continue;
        s->home[s->n] = homes_find(search, f);
        s->homes[s->n] = homes_count(f);
        place_set(s, groups, f, s->home[s->n++], left_out);
    }
    for (size_t i = 0; i < groups->n; i++)
        if (s->of[i].n)
            choose(&s->of[i], all, left_out);
    return true;
}

/* Contours or frames whose number belongs to no region. */
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
static const char *roi_problem(const struct course_file *f, size_t i, char *text, size_t room)
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
    return NULL;
}

/* Notes what is odd about a region that is used. */
static void note_roi(const struct course_file *f, const struct dicom_roi *r,
                     const struct home *home, struct str_list *notes)
{
    for (size_t i = 0; i < home->notes.n; i++)
        str_list_add(notes, home->notes.item[i]);
    if (r->by_observation)
        str_list_add(notes, DICOM_NOTE_BY_OBSERVATION);
    for (int bit = 0; bit < DICOM_FORGAVE_BITS; bit++)
        if ((f->header.forgiven >> bit & 1) && 1 << bit != DICOM_FORGAVE_TEXT)
            str_list_add(notes, dicom_forgiven_note(bit));
}

/* Does a set have regions on this volume of a series? A set without any region counts as having. */
static bool has_regions_on(const struct set_member *m, const struct sets_of_group *sets,
                           size_t volume)
{
    for (size_t i = 0; i < homes_count(m->file); i++)
        if (m->home[i].group == sets->group && m->home[i].volume == volume)
            return true;
    return false;
}

static void take_set(const struct set_member *m, const struct sets_of_group *sets, size_t volume,
                     struct course *c, struct left_out_list *left_out)
{
    const struct course_file *f = m->file;
    const struct dicom_header *h = &f->header;
    c->set[c->sets++] = (struct course_set){f, is_seg(f) ? "SEG" : "RTSTRUCT"};
    c->roi = mem_grow(c->roi, c->rois + h->rois + 1, sizeof *c->roi);
    for (size_t i = 0; i < h->rois; i++) {
        char text[128];
        const struct home *home = &m->home[i];
        if (home->group && (home->group != sets->group || home->volume != volume))
            continue;
        const char *problem = roi_problem(f, i, text, sizeof text);
        problem = problem ? problem : home->reason;
        if (problem) {
            leave_roi(left_out, f, m->home, i, c->id, problem);
            continue;
        }
        struct course_roi *roi = &c->roi[c->rois++];
        *roi = (struct course_roi){.roi = &h->roi[i],
                                   .set = c->sets - 1,
                                   .frame_differs = home->frame_differs,
                                   .frame_overridden = home->frame_overridden};
        note_roi(f, roi->roi, home, &roi->notes);
    }
}

void sets_take(const struct sets_of_group *sets, size_t volume, struct course *c,
               struct left_out_list *left_out)
{
    c->set = mem_must(calloc(sets->n + 1, sizeof *c->set));
    for (size_t i = 0; i < sets->n; i++)
        if (has_regions_on(&sets->member[i], sets, volume))
            take_set(&sets->member[i], sets, volume, c, left_out);
}

void sets_refuse_volume(const struct sets_of_group *sets, size_t volume,
                        struct left_out_list *left_out, const char *what, const char *why)
{
    char reason[600];
    snprintf(reason, sizeof reason, "%s: %.500s", what, why);
    for (size_t i = 0; i < sets->n; i++) {
        const struct set_member *m = &sets->member[i];
        for (size_t r = 0; r < m->file->header.rois; r++)
            if (m->home[r].group == sets->group && m->home[r].volume == volume)
                leave_roi(left_out, m->file, m->home, r, NULL, reason);
    }
}

void sets_refuse(const struct sets_of_group *sets, struct left_out_list *left_out, const char *what,
                 const char *why)
{
    char reason[600];
    snprintf(reason, sizeof reason, "%s: %.500s", what, why);
    for (size_t i = 0; i < sets->n; i++)
        leave_member(left_out, &sets->member[i], sets->group, reason);
}

void sets_leave_rest(const struct sets_of_group *sets, struct left_out_list *left_out)
{
    for (size_t i = 0; i < sets->n; i++) {
        const struct set_member *m = &sets->member[i];
        const size_t n = homes_count(m->file);
        size_t here = 0, nowhere = 0;
        for (size_t r = 0; r < n; r++) {
            here += m->home[r].group == sets->group;
            nowhere += m->home[r].group == NULL && !m->home[r].told;
        }
        if (nowhere && !here)
            leave_member(left_out, m, NULL, m->home[0].reason ? m->home[0].reason : "");
        for (size_t r = 0; r < n; r++)
            if (!m->home[r].group)
                leave_roi(left_out, m->file, m->home, r, NULL,
                          m->home[r].reason ? m->home[r].reason : "");
    }
}

void sets_free(struct sets *s)
{
    for (size_t i = 0; s->of && i < s->groups; i++)
        free(s->of[i].member);
    for (size_t i = 0; i < s->n; i++)
        homes_free(s->home[i], s->homes[i]);
    free(s->of);
    free(s->home);
    free(s->homes);
    *s = (struct sets){0};
}
