/* A cohort in shards: whole courses, dealt out so that each shard has about the same work; of each
 * a graph of its own, with the same edges as the graph of all, so that several machines can work
 * side by side. What has run stands in each shard's own log (Ninja), or in the stamps of OUTDIR
 * (make), of which each is of one edge and so of one shard.
 *
 *     .radmill/slurm/shards/N.ninja, N.mk   the graph of shard N (from 1 on), in one of its forms
 *     .radmill/slurm/state/N/               its locks, and with Ninja its .ninja_log */
#ifndef RADMILL_GRAPH_SHARDS_H
#define RADMILL_GRAPH_SHARDS_H

#include "graph/graph.h"
#include "graph/ninja_log.h"
#include "graph/schedule.h"

#define SLURM_DIR    STATE_DIR "/slurm"
#define SHARDS_DIR   SLURM_DIR "/shards"
#define SHARDS_STATE SLURM_DIR "/state"

/* How their graphs end. */
#define SHARD_NINJA ".ninja"
#define SHARD_MAKE  ".mk"

struct shards {
    size_t n;      /* 0: there is nothing to do but tables of the cohort */
    size_t *of;    /* of each course (g->courses), the shard; 0: it has no work */
    double work_s; /* predicted, of one core */
};

/* How many there may be: `most`, and no more than give each `seconds` of work (0: no matter). Only
 * courses of which something is stale by `costs` go to a shard; for a page of the report alone the
 * merge is enough. Release with shards_free. */
void shards_divide(const struct graph *g, const struct edge_costs *costs, size_t most,
                   double seconds, struct shards *out);
void shards_free(struct shards *s);

/* Megabytes that a shard needs, of which `workers` edges run at once: the most that any does, at
 * most `most_mb` when its largest region fits into that. */
double shards_memory_mb(const struct graph *g, const struct shards *s, int workers, double most_mb);

/* Writes the graphs in the form of Ninja or of make; for Ninja with their logs, which get what the
 * log of the graph of all knows of their edges. g is as it is to run in a shard: its heavy edges by
 * a shard's memory. Behind shards_absorb. */
bool shards_write(const struct graph *g, const struct shards *s, const char *rules_text, bool ninja,
                  struct err *e);

/* Makes Ninja's log of the graph of all know what shards did. `ends`: they are not to run again,
 * since what follows plans anew; their graphs and logs are removed. Under the lock of OUTDIR. */
bool shards_absorb(bool ends, struct err *e);

/* Whether those whose graphs are there are Ninja's; `otherwise`: there is none. */
bool shards_are_ninjas(bool otherwise);

/* Whether a shard is at work, as far as its lock tells. */
bool shards_at_work(void);

#endif
