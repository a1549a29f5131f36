/* Where the processor time of a run goes, by name: for benchmarks only; no product depends on it.
 */
#ifndef RADMILL_BASE_STOPWATCH_H
#define RADMILL_BASE_STOPWATCH_H

#include "base/str.h"

enum { STOPWATCH_LAPS = 64 };

struct stopwatch { /* zero-initialise */
    struct {
        const char *name; /* static text */
        double seconds;
    } lap[STOPWATCH_LAPS];
    int n;
};

/* Seconds of processor time of this thread (wall time depends much more on what else runs on the
 * machine); 0 when w is NULL, so that a run without a stopwatch reads no clock. */
double stopwatch_now(const struct stopwatch *w);

/* Adds the time since `start`, taken in this thread, to the lap of that name. w NULL: nothing. */
void stopwatch_add(struct stopwatch *w, const char *name, double start);

/* Adds seconds that were measured, perhaps by another thread. w NULL: nothing. */
void stopwatch_add_seconds(struct stopwatch *w, const char *name, double seconds);

/* Appends {"name": seconds, ...} and a line end, in the order of first use. */
void stopwatch_json(const struct stopwatch *w, struct str *out);

#endif
