/* All files below a folder, in any layout and under any names. */
#ifndef RADMILL_COURSE_WALK_H
#define RADMILL_COURSE_WALK_H

#include "base/str.h"
#include "course/file.h"

enum walk_links {
    WALK_NO_LINKS,     /* symbolic links are listed with `problem` set */
    WALK_INSIDE_LINKS, /* those that lead below root are followed */
    WALK_ALL_LINKS,    /* all are, wherever they lead */
};

struct walk_wish {
    const struct str_list *exclude; /* folders, in any spelling of their path; NULL: none */
    const struct str_list *skip;    /* patterns (names/pattern.h); NULL: none */
    enum walk_links links;
};

/* Adds every file below root (an existing folder) with its path relative to it, size and time,
 * sorted by path. Passed over in silence: folders in `exclude`, and files and folders whose
 * relative path or name a pattern of `skip` takes. Special files, links that are not followed, and
 * what cannot be read (`unreadable` too) are listed with `problem` set. A file or folder that is
 * reached in several ways is listed once: under its own name, else behind the first link to it.
 * error ERR_FAILED: root cannot be walked; ERR_REFUSED: a path that is not UTF-8, which no manifest
 * can name. */
bool walk(const char *root, const struct walk_wish *wish, struct file_list *out, struct err *e);

#endif
