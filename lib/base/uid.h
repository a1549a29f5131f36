/* UIDs lead back to the patient in an archive, so tables, terminal and logs do not show them
 * (courses.csv and JSON files do). Here they are replaced by a short form. */
#ifndef RADMILL_BASE_UID_H
#define RADMILL_BASE_UID_H

#include "base/str.h"

/* Appends the text with "UID-hhhhhh" in place of every UID: six digits of its SHA-1, for a series
 * those at the end of its course's id. DICOM's own (1.2.840.10008...: classes, transfer syntaxes)
 * stay, and so do parts of file names. */
void uid_hide(const char *text, struct str *out);

#endif
