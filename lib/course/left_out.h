/* What was not used, and why: nothing in a tree is dropped silently. */
#ifndef RADMILL_COURSE_LEFT_OUT_H
#define RADMILL_COURSE_LEFT_OUT_H

#include "base/str.h"
#include "course/file.h"

/* One entry; texts are owned, never NULL. */
struct left_out {
    const char *kind; /* "file", "series", "structure_set" or "roi" */
    char *path, *patient_id, *course_id, *name, *reason;
    struct str_list files; /* of a series: paths of all its files */
    bool unreadable;       /* it could not be read now, but may be used the next time */
    char *original_path;   /* the real path when `path` is an alias; else NULL */
};

struct left_out_list {
    struct left_out *item;
    size_t n, room;
};

/* Adds an entry for a file (patient from its header, when it has one). The result may
 * be written to until the next addition. */
struct left_out *left_out_add(struct left_out_list *l, const char *kind,
                              const struct course_file *file, const char *name, const char *reason);

void left_out_sort(struct left_out_list *l); /* by kind, path, name, reason */
void left_out_free(struct left_out_list *l);

#endif
