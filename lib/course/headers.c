#include "course/headers.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>

static bool has_header(const struct course_file *f)
{
    return f->header.text[DICOM_SOP_CLASS] != NULL;
}

void headers_read(const char *root, struct file_list *files,
                  void (*told)(size_t done, size_t total))
{
    for (size_t i = 0; i < files->n; i++) {
        struct course_file *f = &files->file[i];
        struct err why = {0};
        if (told)
            told(i, files->n);
        if (f->problem || has_header(f))
            continue;
        char *path = path_join(root, f->path);
        f->cacheable = dicom_header_read(path, &f->header, &why) || why.code == ERR_REFUSED;
        f->unreadable = !f->cacheable;
        if (why.code != ERR_NONE)
            f->problem = mem_strdup(why.text);
        free(path);
    }
}
