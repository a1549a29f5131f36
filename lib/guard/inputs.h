/* Checks that the files of the user which a command reads are still those that the scan saw. */
#ifndef RADMILL_GUARD_INPUTS_H
#define RADMILL_GUARD_INPUTS_H

#include "base/err.h"

/* `job` is a JSON file of the graph. Wherever in it an object has "path", "size" and "mtime_ns",
 * the path (below the job's "root", where it has one) must lead to a file of that size and time
 * that can be opened; `read_all`: and read to its end. Messages use its "alias", if there is one.
 * error ERR_FAILED with the first that does not. */
bool inputs_check(const char *job, bool read_all, struct err *e);

/* Can the whole of a file be read? error ERR_FAILED */
bool input_reads(const char *path, const char *name, bool read_all, struct err *e);

#endif
