/* Replaces patients' identifiers by pseudonyms in the headers that were read, so that everything
 * after the scan (folders, tables, messages, logs) has pseudonyms only. */
#ifndef RADMILL_COURSE_DISGUISE_H
#define RADMILL_COURSE_DISGUISE_H

#include "course/file.h"
#include "names/pseudonym.h"

/* Gives every file an alias and every header a pseudonym for its patient, unless it has one;
 * descriptions of series and labels of structure sets, which are free text, become empty. */
void disguise_files(const struct pseudonym_key *key, struct file_list *files);

/* The same for one file of a manifest. */
void disguise_file(struct course_file *f, const char *alias, const char *patient_id);

#endif
