/* A file of the DICOM tree and its role in a scan. */
#ifndef RADMILL_COURSE_FILE_H
#define RADMILL_COURSE_FILE_H

#include "shim/dicom_header.h"

enum file_state {
    FILE_UNUSED,   /* not looked at yet */
    FILE_IMAGE,    /* CT, MR or PT of some series */
    FILE_SET,      /* a structure set or segmentation */
    FILE_LEFT_OUT, /* anything else, in left_out already */
};

struct course_file {
    char *path; /* relative to the root, with '/' */
    /* shown to people instead of the path (names/pseudonym.h); NULL: the path itself */
    char *alias;
    int64_t size, mtime_ns;
    struct dicom_header header;
    char *problem; /* why there is no header (not DICOM, unreadable); NULL when there is one */
    enum file_state state;
    bool cacheable;  /* header and problem depend on the file's content only, so that they may be
                        cached */
    bool unselected; /* its patient was not asked for */
    bool is_link;    /* a symbolic link that is not followed */
    bool unreadable; /* the file could not be read, which may work the next time */
    bool disguised;  /* the patient identifier of the header is a pseudonym already */
};

struct file_list {
    struct course_file *file;
    size_t n, room;
};

struct course_file *file_list_add(struct file_list *l, const char *path); /* path is copied */

/* The file's name in messages and tables. */
const char *course_file_name(const struct course_file *f);

void file_list_sort(struct file_list *l); /* by path */
void file_list_free(struct file_list *l);

#endif
