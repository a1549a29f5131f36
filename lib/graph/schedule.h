/* The one scheduler of a run: Ninja on build.ninja, or make on build.mk. First it is asked what it
 * would do; then it runs, and its output becomes progress. */
#ifndef RADMILL_GRAPH_SCHEDULE_H
#define RADMILL_GRAPH_SCHEDULE_H

#include "graph/graph.h"
#include "graph/workers.h"

/* When a run began, by the clock of the file system and by one that is never set back. */
struct run_clock {
    long long wall_ns;
    double steady_s;
};

/* The graph of all, in each form. */
#define NINJA_GRAPH STATE_DIR "/build.ninja"
#define MAKE_GRAPH  STATE_DIR "/build.mk"

struct run_engine {
    bool ninja;
    const char *file; /* the graph; NULL: the one of all, in its form */
    struct run_clock clock;
    struct workers workers;
};

/* What an edge is for. A page of the report takes no time worth a shard, and changes when a course
 * beside it comes or goes. */
enum edge_kind { EDGE_TABLES, EDGE_PICTURES, EDGE_PAGE };

/* The edges by their descriptions in the scheduler's output, with their predicted time, from which
 * the remaining time is estimated. */
struct edge_costs {
    struct edge_cost {
        char *description;
        double cost;   /* about seconds */
        size_t course; /* of the edge */
        bool stale;    /* it would run */
        enum edge_kind kind;
    } * item; /* sorted by description */
    size_t n;
};

enum edge_kind edge_kind_of(const struct edge *x);

bool edge_costs_make(const struct graph *g, const char *rules_text, bool for_make,
                     struct edge_costs *out, struct err *e);
void edge_costs_free(struct edge_costs *c);

/* The edge with that description, inside c; NULL: none. */
struct edge_cost *edge_costs_find(const struct edge_costs *c, char *description);

/* --- the scheduler --- */

/* Says in costs what would run: asks Ninja; for make edge_costs_make has compared times already. */
bool schedule_ask(const struct run_engine *engine, struct edge_costs *costs, struct err *e);

/* Runs what is stale, and keeps going whatever fails. ERR_FAILED: the scheduler, or a table, with
 * what it said; ERR_INTERRUPTED. *steps: how many edges ran. The current folder is
 * OUTDIR. */
bool schedule(const struct run_engine *engine, const struct edge_costs *costs, size_t *steps,
              struct err *e);

/* How many commands failed, or could not record how they ended, since run_retry: their marks.
 * ERR_FAILED: cannot be read. */
bool schedule_marks(size_t *n, struct err *e);

#endif
