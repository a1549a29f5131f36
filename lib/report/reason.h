/* A reason of status.csv or left_out.csv without what is of one case only, so that equal causes are
 * counted together and a page for a paper names nobody: "superseded: P1/RS.dcm (20200116) is newer"
 * is "superseded". */
#ifndef RADMILL_REPORT_REASON_H
#define RADMILL_REPORT_REASON_H

#include "base/str.h"

/* Appends the reason up to its first colon (a short word in front of it, as "SUV:", does not
 * count); what stands in parentheses is left out; what is quoted, and words with a digit or a
 * slash, which may be names of files, ids or dates, become "...". */
void reason_in_general(const char *reason, struct str *out);

#endif
