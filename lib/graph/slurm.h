/* A cohort on a cluster: an array job of Slurm, each element one shard (graph/shards.h) under its
 * own Ninja or make, and behind it a job that merges the tables and tells what is missing. What
 * lies in OUTDIR/.radmill/slurm:
 *
 *     shard.sh merge.sh    the jobs, with their #SBATCH lines; they run without Slurm, too
 *     scan.sh              with SLURM_SCAN=job: the job that scans and submits the others
 *     merge.ninja, merge.mk   the tables of the cohort, from the courses that are done
 *     jobs                 numbers of the jobs that were submitted */
#ifndef RADMILL_GRAPH_SLURM_H
#define RADMILL_GRAPH_SLURM_H

#include "graph/run.h"
#include "graph/shards.h"

/* What the scripts hold. */
struct slurm_job {
    size_t shards;
    bool ninja;          /* otherwise make */
    int cores;           /* of each */
    double memory_mb;    /* of each; whole ones */
    const char *options; /* SLURM_OPTIONS, or NULL */
    const char *bin;     /* the folder of our tools */
};

/* --- the scripts (slurm_scripts.c) --- */

bool slurm_write_jobs(const struct slurm_job *job, struct err *e); /* shard.sh, merge.sh */
bool slurm_write_scan(const struct slurm_job *job, struct err *e); /* scan.sh */

/* --- Slurm itself (slurm_submit.c) --- */

/* The most elements of an array that the site takes; without Slurm what most sites take. */
size_t slurm_most_elements(void);

/* ERR_REFUSED: jobs of this OUTDIR wait or are at work. Our own job does not count. */
bool slurm_check_free(struct err *e);

/* Submits the array (unless there is no shard) and the merge behind it, or scan.sh alone; notes
 * their numbers and prints how to watch, cancel and resume. ERR_FAILED: Slurm refuses, or is not
 * there; then nothing stays submitted. */
bool slurm_submit(const struct slurm_job *job, struct err *e);
bool slurm_submit_scan(struct err *e);

/* --- the tasks (slurm.c); the graph of all has been written --- */

/* Shards and scripts; submitted unless q->task is RUN_SLURM_FILES. *any: there was anything to do.
 */
bool slurm_run(const struct run_request *q, const struct run_settings *s, struct graph *g,
               const struct run_engine *engine, struct edge_costs *costs, bool *any, struct err *e);

/* Only scan.sh; for SLURM_SCAN=job. */
bool slurm_scan(const struct run_request *q, const struct run_settings *s, struct err *e);

/* What shards have not made; all zero where there is none. */
struct slurm_gaps {
    struct str_list missing; /* folders of courses that are in no table */
    size_t pictures;         /* courses that are, and lack pictures of the report */
    size_t courses;          /* of all */
};

/* Makes the graph of the tables of the cohort from the courses that are done, with the pages of the
 * report of those of which all else is. engine->file is that graph. */
bool slurm_merge(const struct run_request *q, struct graph *g, struct run_engine *engine,
                 struct edge_costs *costs, struct slurm_gaps *gaps, struct err *e);

/* Names them, and releases gaps. ERR_FAILED, unless nothing is missing or *e tells of a failure
 * already. */
bool slurm_tell_missing(struct slurm_gaps *gaps, bool ok, struct err *e);

#endif
