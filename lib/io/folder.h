/* What a folder holds. */
#ifndef RADMILL_IO_FOLDER_H
#define RADMILL_IO_FOLDER_H

#include "base/err.h"
#include "base/str.h"

/* Appends the names in a folder that begin with no dot, in the order of their bytes. ERR_FAILED: it
 * cannot be read. */
bool folder_names(const char *path, struct str_list *names, struct err *e);

#endif
