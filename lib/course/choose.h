/* Which patients of a tree are looked at: PATIENTS, by patterns on their original identifiers. */
#ifndef RADMILL_COURSE_CHOOSE_H
#define RADMILL_COURSE_CHOOSE_H

#include "course/file.h"
#include "names/pseudonym.h"

/* With pseudonyms the patterns themselves are not stored, only this digest. A later run may give
 * the digest instead of the patterns as long as the cache knows every file. */
#define CHOOSE_DIGEST "keyed:"
void choose_digest(const struct pseudonym_key *key, const char *patterns, char out[PSEUDONYM_SIZE]);

/* Identifies the key and the choice of patients that a cache was made with. */
void choose_mark(const struct pseudonym_key *key, const char *patterns, char out[PSEUDONYM_SIZE]);

/* Marks the files of patients that no pattern takes, before they are disguised; a file that is
 * disguised keeps what the cache says. patterns NULL: all are taken. ERR_USAGE: a wrong pattern, or
 * a digest where a file is new or changed. */
bool choose_patients(const struct pseudonym_key *key, const char *patterns, struct file_list *files,
                     struct err *e);

#endif
