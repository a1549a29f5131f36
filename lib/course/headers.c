#include "course/headers.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>

static bool has_header(const struct course_file *f)
{
    return f->header.text[DICOM_SOP_CLASS] != NULL;
}

static void read_one(const char *root, struct course_file *f)
{
    struct err why = {0};
    if (f->problem || has_header(f))
        return;
    char *path = path_join(root, f->path);
    f->cacheable = dicom_header_read(path, &f->header, &why) || why.code == ERR_REFUSED;
    f->unreadable = !f->cacheable;
    if (why.code != ERR_NONE)
        f->problem = mem_strdup(why.text);
    free(path);
}

void headers_read(const char *root, struct file_list *files,
                  void (*told)(size_t done, size_t total))
{
    for (size_t i = 0; i < files->n; i++) {
        if (told)
            told(i, files->n);
        read_one(root, &files->file[i]);
    }
}

struct headers {
    const char *root;
    struct file_list *files;
};

enum { BUNCH = 8 }; /* files; a header takes microseconds */

static void read_bunch(void *user, int bunch)
{
    const struct headers *h = user;
    const size_t first = (size_t)bunch * BUNCH, left = h->files->n - first;
    for (size_t i = 0; i < (left < BUNCH ? left : BUNCH); i++)
        read_one(h->root, &h->files->file[first + i]);
}

void headers_read_together(const char *root, struct file_list *files, struct pool *pool)
{
    struct headers h = {.root = root, .files = files};
    pool_for(pool, (int)((files->n + BUNCH - 1) / BUNCH), read_bunch, &h);
}
