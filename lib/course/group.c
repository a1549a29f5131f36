#include "course/group.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char *text(const struct course_file *f, enum dicom_text which)
{
    return f->header.text[which];
}

static int by_series(const void *a, const void *b)
{
    const struct course_file *x = *(const struct course_file *const *)a;
    const struct course_file *y = *(const struct course_file *const *)b;
    int c = strcmp(text(x, DICOM_PATIENT_ID), text(y, DICOM_PATIENT_ID));
    c = c ? c : strcmp(text(x, DICOM_SERIES_UID), text(y, DICOM_SERIES_UID));
    return c ? c : strcmp(x->path, y->path);
}

static int by_instance(const void *a, const void *b)
{
    const struct course_file *x = *(const struct course_file *const *)a;
    const struct course_file *y = *(const struct course_file *const *)b;
    int c = strcmp(text(x, DICOM_SOP_UID), text(y, DICOM_SOP_UID));
    return c ? c : strcmp(x->path, y->path);
}

const char *group_text(const struct group *g, enum dicom_text which)
{
    return text(g->file[0], which);
}

static bool same_series(const struct course_file *a, const struct course_file *b)
{
    return strcmp(text(a, DICOM_PATIENT_ID), text(b, DICOM_PATIENT_ID)) == 0 &&
           strcmp(text(a, DICOM_SERIES_UID), text(b, DICOM_SERIES_UID)) == 0;
}

bool group_images(const struct file_list *files, struct group_list *out, struct err *e)
{
    *out = (struct group_list){0};
    out->sorted = mem_array(files->n, sizeof(struct course_file *), e);
    out->by_instance = mem_array(files->n, sizeof(struct course_file *), e);
    out->group = mem_array(files->n, sizeof *out->group, e);
    if (!out->sorted || !out->by_instance || !out->group)
        return false;
    for (size_t i = 0; i < files->n; i++)
        if (files->file[i].state == FILE_IMAGE)
            out->sorted[out->files++] = &files->file[i];
    if (out->files == 0)
        return true;
    memcpy(out->by_instance, out->sorted, out->files * sizeof *out->sorted);
    qsort(out->sorted, out->files, sizeof *out->sorted, by_series);
    qsort(out->by_instance, out->files, sizeof *out->by_instance, by_instance);
    for (size_t i = 0; i < out->files; i++) {
        if (i == 0 || !same_series(out->sorted[i - 1], out->sorted[i]))
            out->group[out->n++].file = &out->sorted[i];
        out->group[out->n - 1].files++;
    }
    return true;
}

void group_list_free(struct group_list *l)
{
    free(l->group);
    free(l->sorted);
    free(l->by_instance);
    *l = (struct group_list){0};
}

static bool holds(const struct dicom_names *names, const char *uid)
{
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->item[i], uid) == 0)
            return true;
    return false;
}

static bool group_has_instance(const struct group_list *l, const struct group *g, const char *uid)
{
    size_t lo = 0, hi = l->files;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (strcmp(text(l->by_instance[mid], DICOM_SOP_UID), uid) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < l->files && strcmp(text(l->by_instance[lo], DICOM_SOP_UID), uid) == 0; lo++)
        if (same_series(l->by_instance[lo], g->file[0]))
            return true;
    return false;
}

static bool group_has_any(const struct group_list *l, const struct group *g,
                          const struct dicom_names *instances)
{
    for (size_t i = 0; i < instances->n; i++)
        if (group_has_instance(l, g, instances->item[i]))
            return true;
    return false;
}

static bool same_patient(const struct group *g, const struct dicom_header *set)
{
    return strcmp(group_text(g, DICOM_PATIENT_ID), set->text[DICOM_PATIENT_ID]) == 0;
}

/* Counts the groups of the set's patient that pass; *found is the first of them. */
static size_t matches(const struct group_list *l, const struct dicom_header *set,
                      bool (*pass)(const struct group_list *, const struct group *,
                                   const struct dicom_header *),
                      const struct group **found)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++)
        if (same_patient(&l->group[i], set) && pass(l, &l->group[i], set) && n++ == 0)
            *found = &l->group[i];
    return n;
}

static bool is_named(const struct group_list *l, const struct group *g,
                     const struct dicom_header *set)
{
    (void)l;
    return holds(&set->series, group_text(g, DICOM_SERIES_UID));
}

static bool has_images(const struct group_list *l, const struct group *g,
                       const struct dicom_header *set)
{
    return group_has_any(l, g, &set->instances);
}

static bool is_named_with_images(const struct group_list *l, const struct group *g,
                                 const struct dicom_header *set)
{
    return is_named(l, g, set) && has_images(l, g, set);
}

static bool shares_frame(const struct group_list *l, const struct group *g,
                         const struct dicom_header *set)
{
    (void)l;
    return strcmp(group_text(g, DICOM_STUDY_UID), set->text[DICOM_STUDY_UID]) == 0 &&
           holds(&set->frames_of_reference, group_text(g, DICOM_FRAME_OF_REFERENCE));
}

/* It names series: one, or one of them by the images that its contours name. */
static bool by_named_series(const struct group_list *l, const struct dicom_header *set,
                            const struct group **out, struct err *e)
{
    size_t n = matches(l, set, is_named, out);
    if (n == 0) {
        for (size_t i = 0; i < l->n; i++)
            if (is_named(l, &l->group[i], set))
                return err_set(e, ERR_REFUSED,
                               "it is of patient '%s', the series that it refers to is of patient "
                               "'%s'",
                               set->text[DICOM_PATIENT_ID],
                               group_text(&l->group[i], DICOM_PATIENT_ID));
        return err_set(e, ERR_REFUSED, "the series that it refers to is not there: %s%s",
                       set->series.item[0], set->series.n > 1 ? " and others" : "");
    }
    if (set->series.n == 1)
        return true;
    if (matches(l, set, is_named_with_images, out) == 1)
        return true;
    return err_set(e, ERR_REFUSED,
                   "it refers to %zu series (%zu of them there), and its contours do not say which "
                   "one they belong to",
                   set->series.n, n);
}

static bool by_images(const struct group_list *l, const struct dicom_header *set,
                      const struct group **out, struct err *e)
{
    size_t n = matches(l, set, has_images, out);
    return n == 1 || err_set(e, ERR_REFUSED,
                             n ? "its contours refer to images of %zu series"
                               : "the images that its contours refer to are not there (%zu series "
                                 "have them)",
                             n);
}

static bool by_frame(const struct group_list *l, const struct dicom_header *set,
                     const struct group **out, struct err *e)
{
    size_t n = matches(l, set, shares_frame, out);
    return n == 1 || err_set(e, ERR_REFUSED,
                             "it refers to no series, and %zu series share its study and frame of "
                             "reference",
                             n);
}

bool group_of_set(const struct group_list *l, const struct dicom_header *set,
                  const struct group **out, struct err *e)
{
    bool ok = set->series.n      ? by_named_series(l, set, out, e)
              : set->instances.n ? by_images(l, set, out, e)
                                 : by_frame(l, set, out, e);
    if (!ok)
        return false;
    const char *frame = group_text(*out, DICOM_FRAME_OF_REFERENCE);
    if (*frame && set->frames_of_reference.n && !holds(&set->frames_of_reference, frame))
        return err_set(e, ERR_REFUSED,
                       "its coordinates are in frame of reference %s, its series is in %s",
                       set->frames_of_reference.item[0], frame);
    return true;
}
