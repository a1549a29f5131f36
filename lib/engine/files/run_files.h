/* One case from its files to its values. */
#ifndef RADMILL_ENGINE_FILES_RUN_FILES_H
#define RADMILL_ENGINE_FILES_RUN_FILES_H

#include "engine/engine.h"
#include "engine/files/load_files.h"

/* Loads, preprocesses and measures one case with so many threads (1 to POOL_THREADS_MOST; the same
 * values whatever their number); *dims: axes of the image. *out is overwritten but for
 * its stopwatch and observer; release it with result_free, also after an error. Errors as those of
 * load_case and engine_measure. */
bool run_files(const struct params *p, const struct load_request *request, int threads,
               struct result *out, int *dims, struct err *e);

#endif
