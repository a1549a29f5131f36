/* What a scan learned of each file, kept for the next scan: an unchanged file (same path, size and
 * time) costs one stat.
 *
 * The file is ours alone: one line "radmill scan cache <format> <version>", the records in the
 * order of their paths in native byte order, 40 digits of SHA-1 over all of it. One that is broken,
 * or of another version, counts as absent. */
#ifndef RADMILL_COURSE_CACHE_H
#define RADMILL_COURSE_CACHE_H

#include "course/file.h"

/* `whose` is pseudonym_key_mark of the key whose pseudonyms the headers have; a cache of another
 * one counts as absent. Gives the files of the list (sorted by path, as walk leaves them) that are
 * unchanged the header or problem that the cache has. Returns how many files were found; *entries
 * is how many there are in the cache. Never fails: what is not there is read anew. */
size_t cache_load(const char *path, const char *whose, struct file_list *files, size_t *entries);

/* Writes the cache anew, atomically. */
bool cache_save(const char *path, const char *whose, const struct file_list *files, struct err *e);

#endif
