/* What a run is asked for. */
#ifndef RADMILL_GRAPH_REQUEST_H
#define RADMILL_GRAPH_REQUEST_H

#include "graph/graph.h"

#define MANIFEST_FILE STATE_DIR "/manifest.json"

enum run_task {
    RUN_ALL,
    RUN_SCAN,        /* scan and plan, say what there is, run nothing */
    RUN_RETRY,       /* a run whose limits count for this time only */
    RUN_STATUS,      /* only tell how the last run ended */
    RUN_VERIFY,      /* only read every product against its witness */
    RUN_SLURM,       /* shards and tables as jobs of Slurm (graph/slurm.h) */
    RUN_SLURM_FILES, /* only write what would be submitted */
    RUN_SLURM_MERGE, /* the tables of the cohort from the courses that are done */
    RUN_TASKS
};

enum { SHARD_CORES = 4 }; /* without -j */

/* Whether its workers are those of a shard, not of this machine. */
static inline bool run_divides(enum run_task task)
{
    return task == RUN_SLURM || task == RUN_SLURM_FILES;
}

/* The name of each task: make's target, and radmill's option. */
extern const struct run_task_info {
    const char *name, *help;
} run_tasks[RUN_TASKS];

struct run_request {
    enum run_task task;
    struct str_list set; /* assignments of this call, as settings_set takes them */
    const char *bin;     /* the folder of our tools */
    const char *rules;   /* the file pipeline.ninja */
    int jobs;            /* how many at once; 0: by MAKEFLAGS and the environment */
    const char *course;  /* set by run_cohort: COURSE_DIR, or NULL */
};

#endif
