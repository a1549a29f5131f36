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
    const struct course_file *x = ((const struct group_image *)a)->file;
    const struct course_file *y = ((const struct group_image *)b)->file;
    int c = strcmp(text(x, DICOM_SOP_UID), text(y, DICOM_SOP_UID));
    return c ? c : strcmp(x->path, y->path);
}

static int by_series_uid(const void *a, const void *b)
{
    const struct group *x = *(const struct group *const *)a, *y = *(const struct group *const *)b;
    int c = strcmp(group_text(x, DICOM_SERIES_UID), group_text(y, DICOM_SERIES_UID));
    return c ? c : x < y ? -1 : x > y;
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
    out->image = mem_array(files->n, sizeof *out->image, e);
    out->group = mem_array(files->n, sizeof *out->group, e);
    out->by_series = mem_array(files->n, sizeof(struct group *), e);
    if (!out->sorted || !out->image || !out->group || !out->by_series)
        return false;
    for (size_t i = 0; i < files->n; i++)
        if (files->file[i].state == FILE_IMAGE)
            out->sorted[out->files++] = &files->file[i];
    if (out->files == 0)
        return true;
    qsort(out->sorted, out->files, sizeof *out->sorted, by_series);
    for (size_t i = 0; i < out->files; i++) {
        if (i == 0 || !same_series(out->sorted[i - 1], out->sorted[i]))
            out->group[out->n++].file = &out->sorted[i];
        out->group[out->n - 1].files++;
        out->image[i] = (struct group_image){out->sorted[i], &out->group[out->n - 1]};
    }
    qsort(out->image, out->files, sizeof *out->image, by_instance);
    for (size_t i = 0; i < out->n; i++)
        out->by_series[i] = &out->group[i];
    qsort(out->by_series, out->n, sizeof *out->by_series, by_series_uid);
    return true;
}

void group_list_free(struct group_list *l)
{
    free(l->group);
    free(l->sorted);
    free(l->image);
    free(l->by_series);
    *l = (struct group_list){0};
}

/* The first of n sorted elements whose text is not less than `wanted`, and how many have exactly
 * that text. */
static size_t find(size_t n, const char *(*text_at)(const struct group_list *, size_t),
                   const struct group_list *l, const char *wanted, size_t *found)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (strcmp(text_at(l, mid), wanted) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (*found = 0; lo + *found < n && strcmp(text_at(l, lo + *found), wanted) == 0;)
        ++*found;
    return lo;
}

static const char *image_at(const struct group_list *l, size_t i)
{
    return text(l->image[i].file, DICOM_SOP_UID);
}

static const char *series_at(const struct group_list *l, size_t i)
{
    return group_text(l->by_series[i], DICOM_SERIES_UID);
}

static const char *patient_at(const struct group_list *l, size_t i)
{
    return group_text(&l->group[i], DICOM_PATIENT_ID);
}

size_t group_find_series(const struct group_list *l, const char *uid,
                         const struct group *const **first)
{
    size_t n, at = find(l->n, series_at, l, uid, &n);
    *first = l->by_series + at;
    return n;
}

size_t group_find_patient(const struct group_list *l, const char *id, const struct group **first)
{
    size_t n, at = find(l->n, patient_at, l, id, &n);
    *first = l->group + at;
    return n;
}

size_t group_find_image(const struct group_list *l, const char *uid,
                        const struct group_image **first)
{
    size_t n, at = find(l->files, image_at, l, uid, &n);
    *first = l->image + at;
    return n;
}
