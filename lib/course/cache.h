/* What a scan learned of each file, kept for the next scan: an unchanged file (same path, size and
 * time) costs one stat.
 *
 * The file is private to radmill: one line "radmill scan cache <format> <version>", the records in
 * the order of their paths in native byte order, 40 digits of SHA-1 over all of it. A file that is
 * broken, or of another version, counts as absent. */
#ifndef RADMILL_COURSE_CACHE_H
#define RADMILL_COURSE_CACHE_H

#include "course/file.h"

/* `whose` identifies the key of the pseudonyms in the headers (pseudonym_key_mark); a cache of
 * another key counts as absent. Files of the list (sorted by path, as walk leaves them) that are
 * unchanged get their header or problem from the cache. Returns how many files were found; *entries
 * is how many there are in the cache. Never fails: what the cache does not have is read again. */
size_t cache_load(const char *path, const char *whose, struct file_list *files, size_t *entries);

/* Writes the whole cache again, atomically. */
bool cache_save(const char *path, const char *whose, const struct file_list *files, struct err *e);

#endif
