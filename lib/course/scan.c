#include "course/scan.h"

#include "base/mem.h"
#include "course/group.h"
#include "course/make.h"
#include "course/sets.h"
#include "course/sop_class.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_image_modality(const char *modality)
{
    return strcmp(modality, "CT") == 0 || strcmp(modality, "MR") == 0 ||
           strcmp(modality, "PT") == 0;
}

static void leave_file(struct scan *s, struct course_file *f, const char *name, const char *reason)
{
    left_out_add(&s->left_out, "file", f, name, reason);
    f->state = FILE_LEFT_OUT;
}

static const char unselected[] = "not selected: PATIENTS does not name its patient";

/* First step: classifies every file as image, structure set, or left out. */
static void classify(struct scan *s, struct course_file *f)
{
    char reason[128];
    if (f->problem) {
        leave_file(s, f, "", f->problem);
        return;
    }
    const struct dicom_header *h = &f->header;
    const struct sop_class *class = sop_class_of(h->text[DICOM_SOP_CLASS]);
    bool is_set = class->kind == SOP_RTSTRUCT || class->kind == SOP_SEG;
    if (f->unselected && class->kind != SOP_IMAGE) {
        left_out_add(&s->left_out, is_set ? "structure_set" : "file", f,
                     is_set ? h->text[DICOM_LABEL] : "", unselected);
        f->state = FILE_LEFT_OUT;
    } else if (h->damage && (class->kind != SOP_IMAGE || h->text[DICOM_SERIES_UID][0] == '\0')) {
        leave_file(s, f, "", h->damage);
    } else if (is_set && h->rois == 0) {
        left_out_add(&s->left_out, "structure_set", f, h->text[DICOM_LABEL], "it names no region");
        f->state = FILE_LEFT_OUT;
    } else if (is_set) {
        f->state = FILE_SET;
    } else if (class->kind == SOP_OTHER) {
        snprintf(reason, sizeof reason, "%s (modality %.16s): listed, not used", class->name,
                 h->text[DICOM_MODALITY][0] ? h->text[DICOM_MODALITY] : "not given");
        leave_file(s, f, h->text[DICOM_LABEL], reason);
    } else if (!is_image_modality(h->text[DICOM_MODALITY])) {
        snprintf(reason, sizeof reason, "%s with modality '%.16s', not CT, MR or PT", class->name,
                 h->text[DICOM_MODALITY]);
        leave_file(s, f, "", reason);
    } else if (h->text[DICOM_SERIES_UID][0] == '\0') {
        leave_file(s, f, "", "image without SeriesInstanceUID");
    } else {
        f->state = FILE_IMAGE;
    }
}

static int by_patient(const void *a, const void *b)
{
    const struct course *x = a, *y = b;
    int c = strcmp(course_text(x, DICOM_PATIENT_ID), course_text(y, DICOM_PATIENT_ID));
    c = c ? c : strcmp(x->id, y->id);
    return c ? c : strcmp(course_text(x, DICOM_SERIES_UID), course_text(y, DICOM_SERIES_UID));
}

static bool mint_patients(struct scan *s, struct err *e)
{
    struct mint_name *name = mem_array(s->courses, sizeof *name, e);
    size_t n = 0;
    if (!name)
        return false;
    for (size_t i = 0; i < s->courses; i++) {
        const char *id = course_text(&s->course[i], DICOM_PATIENT_ID);
        if (n == 0 || strcmp(name[n - 1].original, id) != 0)
            name[n++].original = id;
    }
    mint_siblings(name, n);
    for (size_t i = 0, k = 0; i < s->courses; i++) {
        if (strcmp(name[k].original, course_text(&s->course[i], DICOM_PATIENT_ID)) != 0)
            k++;
        memcpy(s->course[i].patient_dir, name[k].minted, MINT_SIZE);
    }
    free(name);
    return true;
}

static bool mint_rois(struct course *c, struct err *e)
{
    enum { DISCRIMINATOR = 160 };
    struct mint_name *name = mem_array(c->rois, sizeof *name, e);
    char(*mark)[DISCRIMINATOR] = mem_array(c->rois, sizeof *mark, e);
    bool ok = name && mark;
    for (size_t i = 0; ok && i < c->rois; i++) {
        const struct course_roi *r = &c->roi[i];
        snprintf(mark[i], sizeof mark[i], "%.100s %lld",
                 c->set[r->set].file->header.text[DICOM_SOP_UID], (long long)r->roi->number);
        name[i] = (struct mint_name){.original = r->roi->name, .discriminator = mark[i]};
    }
    if (ok)
        mint_siblings(name, c->rois);
    for (size_t i = 0; ok && i < c->rois; i++)
        memcpy(c->roi[i].roi_id, name[i].minted, MINT_SIZE);
    free(name);
    free(mark);
    return ok;
}

/* Series without a structure set become courses for patients of whom no structure set is in use,
 * and when the caller asks for them. */
static bool make_courses(struct scan *s, const struct group_list *groups,
                         const struct sets_of_group *sets, const struct scan_wish *wish,
                         struct err *e)
{
    for (size_t from = 0, to; from < groups->n; from = to) {
        bool any = false;
        for (to = from;
             to < groups->n && strcmp(group_text(&groups->group[from], DICOM_PATIENT_ID),
                                      group_text(&groups->group[to], DICOM_PATIENT_ID)) == 0;
             to++)
            any = any || sets[to].n > 0;
        for (size_t i = from; i < to; i++) {
            const char *uid = group_text(&groups->group[i], DICOM_SERIES_UID);
            const struct group *g = &groups->group[i];
            if (g->file[0]->unselected) {
                scan_leave_series(s, g->file, g->files, unselected);
                sets_refuse(&sets[i], &s->left_out, "its series was left out", unselected);
            } else if (any && sets[i].n == 0 && !str_list_has(&wish->series, uid)) {
                scan_leave_series(s, g->file, g->files,
                                  "no structure set refers to this series (the patient has some "
                                  "for others)");
            } else if (!scan_make_courses(s, &sets[i], wish, e)) {
                return false;
            }
        }
    }
    return true;
}

/* Two series with one course id (a clash of 24 bits of digest) cannot share a folder. */
static void leave_clashes(struct scan *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->courses; i++) {
        struct course *c = &s->course[i], *before = kept ? &s->course[kept - 1] : NULL;
        if (before && strcmp(before->id, c->id) == 0 &&
            strcmp(course_text(before, DICOM_PATIENT_ID), course_text(c, DICOM_PATIENT_ID)) == 0) {
            scan_leave_series(s, c->series.file, c->series.files,
                              "its course id is that of another series of the patient");
            course_free(c);
        } else {
            s->course[kept++] = *c;
        }
    }
    s->courses = kept;
}

bool scan_group(struct scan *s, const struct scan_wish *wish, struct err *e)
{
    struct group_list groups = {0};
    struct sets sets = {0};
    for (size_t i = 0; i < s->files.n; i++)
        classify(s, &s->files.file[i]);
    const struct home_search search = {&groups, wish->root, wish->any_frame};
    bool ok = group_images(&s->files, &groups, e) &&
              sets_assign(&sets, &s->files, &search, wish->all_sets, &s->left_out, e) &&
              make_courses(s, &groups, sets.of, wish, e);
    if (ok) {
        if (s->courses)
            qsort(s->course, s->courses, sizeof *s->course, by_patient);
        leave_clashes(s);
        ok = mint_patients(s, e);
        for (size_t i = 0; ok && i < s->courses; i++)
            ok = mint_rois(&s->course[i], e);
        left_out_sort(&s->left_out);
    }
    sets_free(&sets);
    group_list_free(&groups);
    return ok;
}

void scan_free(struct scan *s)
{
    for (size_t i = 0; i < s->courses; i++)
        course_free(&s->course[i]);
    free(s->course);
    left_out_free(&s->left_out);
    file_list_free(&s->files);
    *s = (struct scan){0};
}
