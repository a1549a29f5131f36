/* One run at a time in an OUTDIR. */
#ifndef RADMILL_GRAPH_LOCK_H
#define RADMILL_GRAPH_LOCK_H

#include "base/err.h"

/* In OUTDIR; the lock ends with this process. ERR_FAILED: another run is at work. */
bool lock_take(struct err *e);

/* Whether a run is at work in this OUTDIR. */
bool lock_is_held(const char *outdir);

#endif
