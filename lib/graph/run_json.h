/* _RESULTS/run.json: describes the run for readers of its tables: release, settings in force,
 * digests of parameters and recipe, counts, outcome, times. Written when a run begins (outcome
 * "running": it was killed, if none is at work) and when it ends, however it does. */
#ifndef RADMILL_GRAPH_RUN_JSON_H
#define RADMILL_GRAPH_RUN_JSON_H

#include "graph/outcome.h"

#define RUN_JSON_FILE "_RESULTS/run.json"

/* In OUTDIR. `why` NULL: it begins; code ERR_NONE: it ended well. Counts are those of the tables,
 * of a run that came to its tables. With PSEUDONYMIZE nothing in it is a path that may spell an
 * identifier. ERR_FAILED: it cannot be written, or, of a run that ended well, something that
 * belongs in it cannot be read. */
bool run_json_write(const struct run_settings *s, const struct outcome *o, const struct err *why,
                    struct err *e);

#endif
