/* Pseudonyms in place of patients' identifiers, from the headers on: whatever comes after the scan
 * (folders, tables, messages, logs) knows no others. */
#ifndef RADMILL_COURSE_DISGUISE_H
#define RADMILL_COURSE_DISGUISE_H

#include "course/file.h"
#include "names/pseudonym.h"

/* Gives every file an alias, and headers that have not one yet a pseudonym for their patient;
 * descriptions of series and labels of structure sets, which are free text, become empty. */
void disguise_files(const struct pseudonym_key *key, struct file_list *files);

/* The same for one file by what a manifest says. */
void disguise_file(struct course_file *f, const char *alias, const char *patient_id);

#endif
