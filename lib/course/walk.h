/* All files below a folder, in any layout and under any names. */
#ifndef RADMILL_COURSE_WALK_H
#define RADMILL_COURSE_WALK_H

#include "base/str.h"
#include "course/file.h"

/* Adds every file below root (an existing folder) with its path relative to it, size and time,
 * sorted by path. Folders in `exclude` (any spelling of their path) are passed over in silence.
 * Symbolic links are never followed: what they point to is either below root, and then found under
 * its own name, or outside, and then none of our business; they, special files and folders that
 * cannot be read are listed with `problem` set. */
bool walk(const char *root, const struct str_list *exclude, struct file_list *out, struct err *e);

#endif
