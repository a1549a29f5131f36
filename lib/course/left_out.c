#include "course/left_out.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct left_out *left_out_add(struct left_out_list *l, const char *kind,
                              const struct course_file *file, const char *name, const char *reason)
{
    if (l->n == l->room) {
        l->room = l->room ? 2 * l->room : 32;
        l->item = mem_grow(l->item, l->room, sizeof *l->item);
    }
    const char *patient = file->problem ? "" : file->header.text[DICOM_PATIENT_ID];
    struct left_out *entry = &l->item[l->n++];
    *entry = (struct left_out){.kind = kind,
                               .path = mem_strdup(course_file_name(file)),
                               .patient_id = mem_strdup(patient),
                               .course_id = mem_strdup(""),
                               .name = mem_strdup(name),
                               .reason = mem_strdup(reason),
                               .unreadable = file->unreadable};
    if (file->alias)
        entry->original_path = mem_strdup(file->path);
    return entry;
}

static int compare(const void *a, const void *b)
{
    const struct left_out *x = a, *y = b;
    int c = strcmp(x->kind, y->kind);
    c = c ? c : strcmp(x->path, y->path);
    c = c ? c : strcmp(x->name, y->name);
    return c ? c : strcmp(x->reason, y->reason);
}

void left_out_sort(struct left_out_list *l)
{
    if (l->n)
        qsort(l->item, l->n, sizeof *l->item, compare);
}

void left_out_free(struct left_out_list *l)
{
    for (size_t i = 0; i < l->n; i++) {
        struct left_out *entry = &l->item[i];
        free(entry->path);
        free(entry->patient_id);
        free(entry->course_id);
        free(entry->name);
        free(entry->reason);
        free(entry->original_path);
        str_list_free(&entry->files);
    }
    free(l->item);
    *l = (struct left_out_list){0};
}
