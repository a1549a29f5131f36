/* How many tasks run at once, and which setting decided it. */
#ifndef RADMILL_GRAPH_WORKERS_H
#define RADMILL_GRAPH_WORKERS_H

struct workers_input {
    int jobs;                 /* -jN of radmill's own; 0: none */
    const char *makeflags;    /* MAKEFLAGS as a recipe sees it; NULL: not under make */
    const char *use_parallel; /* RTPIPELINE_USE_PARALLEL_RADIOMICS; NULL: not set */
    const char *workers;      /* RTPIPELINE_RADIOMICS_WORKERS; NULL: not set */
    int tasks;                /* edges of the graph that can run side by side: the ROIs */
    int cores;
    int allocated;    /* cores of an allocation that is ours alone; 0: none */
    double memory_mb; /* available */
    double task_mb;   /* that an ordinary task is predicted to need */
};

struct workers {
    int n; /* at least 1 */
    const char
        *why; /* static, for the log: "-j", "RTPIPELINE_RADIOMICS_WORKERS", "automatic" ... */
};

/* An explicit -jN wins, radmill's before make's. Then RTPIPELINE_USE_PARALLEL_RADIOMICS (0, false,
 * no, off: one), then RTPIPELINE_RADIOMICS_WORKERS, then min(4, max(1, tasks / 2)), or all
 * cores of an allocation, lowered by cores and memory. A variable with an invalid value counts as
 * not set. */
struct workers workers_choose(const struct workers_input *in);

/* N of the last -jN in MAKEFLAGS, cut at " -- " (behind it are variables, which may say anything);
 * 0: none, or a bare -j. */
int workers_from_makeflags(const char *makeflags);

#endif
