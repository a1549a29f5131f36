/* The summary of a run for the terminal, from its tables: regions by state, what was skipped and
 * why, what failed and where its log is, what was left out. */
#ifndef RADMILL_GRAPH_SUMMARY_H
#define RADMILL_GRAPH_SUMMARY_H

#include "base/err.h"

#include <stddef.h>

struct summary {
    const char *status;   /* status.csv */
    const char *left_out; /* left_out.csv; NULL: there is none */
    const char *manifest; /* manifest.json; NULL: there is none */
    size_t most;          /* how many failures, and groups of skipped regions, are named */
    bool slowest;         /* name the slowest region */
    size_t counts[3];     /* by enum record_state; filled in */
};

/* Counts and prints. ERR_REFUSED: a table is not there or broken. */
bool summary_print(struct summary *s, struct err *e);

#endif
