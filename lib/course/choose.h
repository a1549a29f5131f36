/* Which patients of a tree are looked at: PATIENTS, by patterns on their original identifiers. */
#ifndef RADMILL_COURSE_CHOOSE_H
#define RADMILL_COURSE_CHOOSE_H

#include "course/file.h"
#include "names/pseudonym.h"

/* Where a key hides the identifiers, the patterns are remembered as this digest alone. It is taken
 * in their place as long as every file is one that the cache knows already. */
#define CHOOSE_DIGEST "keyed:"
void choose_digest(const struct pseudonym_key *key, const char *patterns, char out[PSEUDONYM_SIZE]);

/* Whose pseudonyms and choice a cache is of: the mark of the key, and with a key the digest. */
void choose_mark(const struct pseudonym_key *key, const char *patterns, char out[PSEUDONYM_SIZE]);

/* Marks the files of patients that no pattern takes, before they are disguised; a file that is
 * disguised keeps what the cache says. patterns NULL: all are taken. ERR_USAGE: a wrong pattern, or
 * a digest where a file is new or changed. */
bool choose_patients(const struct pseudonym_key *key, const char *patterns, struct file_list *files,
                     struct err *e);

#endif
