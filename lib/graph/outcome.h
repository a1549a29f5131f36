/* The outcome of the last run in an OUTDIR, written when a run begins and when it ends. A run that
 * was killed has no end there. */
#ifndef RADMILL_GRAPH_OUTCOME_H
#define RADMILL_GRAPH_OUTCOME_H

#include "graph/graph.h"
#include "graph/settings.h"

#define OUTCOME_FILE  STATE_DIR "/last-run.json"
#define SETTINGS_FILE STATE_DIR "/settings.json"
/* The settings of the run that the tables are from. */
#define TABLE_SETTINGS_FILE STATE_DIR "/table-settings.json"

enum { OUTCOME_TIME = 32 };

struct outcome {
    double started_s;           /* clock_s of its beginning */
    char started[OUTCOME_TIME]; /* "2026-11-30 21:05:59 UTC" */
    size_t counts[3];           /* regions by enum record_state, of the tables */
    bool has_counts;
    bool submitted; /* to Slurm: what is to be made is made by jobs */
};

/* "2026-11-30 21:05:59 UTC". */
void outcome_now(char out[OUTCOME_TIME]);

/* In OUTDIR, under its lock. */
bool outcome_begin(struct outcome *o, struct err *e);

/* why->code ERR_NONE: it ended well. ERR_FAILED: cannot be written. */
bool outcome_end(const struct outcome *o, const struct err *why, struct err *e);

/* The same when jobs of Slurm go on with it. */
void outcome_submitted(const struct outcome *o);

/* Prints the outcome of the last run and the summary of its tables. ERR_REFUSED: there was none. */
bool outcome_tell(const char *outdir, bool is_course, struct err *e);

#endif
