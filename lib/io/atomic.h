/* Outputs that are whole or not there: written under a temporary name in the same folder, flushed
 * to the disk, renamed. A run that is killed leaves no incomplete file that the next run would take
 * for a whole one. */
#ifndef RADMILL_IO_ATOMIC_H
#define RADMILL_IO_ATOMIC_H

#include "base/err.h"

#include <stddef.h>
#include <stdio.h>

struct out_file {
    FILE *file;        /* write here */
    char *path, *temp; /* NULL for stdout; of a device or a pipe there is no temp */
    bool keep_equal;
    /* set by the caller: not flushed, since its content is checked before use; or flushed even
       while out_flush_later holds */
    bool unflushed, flushed;
};

/* Opens path for writing; "-" is stdout (refused when that is a terminal and `binary`). A device or
 * a pipe is written to as it is, and stays what it is. With
 * keep_equal a file that already holds the same bytes stays untouched (its time too), so that
 * nothing that depends on it is made again. Ends with out_commit or out_abort. */
bool out_open(struct out_file *o, const char *path, bool keep_equal, bool binary, struct err *e);
bool out_commit(struct out_file *o, struct err *e); /* closes in every case */
void out_abort(struct out_file *o); /* removes the temporary file; harmless when closed */

/* Outputs of this process, and of children that it starts, are not flushed one by one from here
 * on: somebody will flush all of them, and believes none of them before (graph/flush.h). Passed on
 * as a variable of the environment, which decides about no byte of an output. */
void out_flush_later(bool later);

/* The whole of a small output in one call. */
bool out_write(const char *path, const void *data, size_t bytes, bool keep_equal, struct err *e);

/* The same, unless it is there already, and flushed even while out_flush_later holds. */
bool out_write_flushed(const char *path, const void *data, size_t bytes, struct err *e);

/* Is this the name of a temporary file of ours, of whatever process and host? */
bool is_temp_name(const char *name);

/* Do both paths lead to one file or folder? false when one is not there. */
bool same_file(const char *a, const char *b);

/* Do both files hold the same bytes? false when one cannot be read. */
bool same_bytes(const char *a, const char *b);

/* ERR_USAGE when out names the same file as input (either may be "-" or absent: fine). */
bool out_refuse_input(const char *out, const char *input, struct err *e);

/* Makes the folder and the missing ones above it. */
bool make_folders(const char *path, struct err *e);

/* The whole of a file, or of stdin for "-", up to `most` bytes, as NUL-terminated text (free()).
 * ERR_REFUSED when it is larger or cannot be opened. */
char *file_read(const char *path, size_t most, size_t *bytes, struct err *e);

/* SHA-1 of the content of a file, as 40 lower-case digits. */
bool file_sha1(const char *path, char hex[41], struct err *e);

#endif
