/* _RESULTS/run.html: how the last run went, beside run.json. It holds measurements, so it differs
 * from run to run, and is written after the graph. */
#ifndef RADMILL_REPORT_RUN_PAGE_H
#define RADMILL_REPORT_RUN_PAGE_H

#include "base/err.h"

/* run_json, status: files; status may be missing (the run did not come to its tables). */
bool run_page_write(const char *run_json, const char *status, const char *out, struct err *e);

#endif
