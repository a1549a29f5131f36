#include "course/file.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct course_file *file_list_add(struct file_list *l, const char *path)
{
    if (l->n == l->room) {
        l->room = l->room ? 2 * l->room : 64;
        l->file = mem_grow(l->file, l->room, sizeof *l->file);
    }
    struct course_file *f = &l->file[l->n++];
    *f = (struct course_file){.path = mem_strdup(path)};
    return f;
}

const char *course_file_name(const struct course_file *f)
{
    return f->alias ? f->alias : f->path;
}

static int by_path(const void *a, const void *b)
{
    const struct course_file *x = a, *y = b;
    return strcmp(x->path, y->path);
}

void file_list_sort(struct file_list *l)
{
    if (l->n)
        qsort(l->file, l->n, sizeof *l->file, by_path);
}

void file_list_free(struct file_list *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->file[i].path);
        free(l->file[i].alias);
        free(l->file[i].problem);
        dicom_header_free(&l->file[i].header);
    }
    free(l->file);
    *l = (struct file_list){0};
}
