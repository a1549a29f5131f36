#include "graph/slurm.h"

#include "base/log.h"
#include "base/mem.h"
#include "graph/plan.h"
#include "graph/progress.h"
#include "io/atomic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_RULES_BYTES = 1 << 20, MOST_NAMED = 10 };

static const double other_mb = 300;     /* of a shard, beside its regions: Ninja, guards, images */
static const double mb_per_core = 4000; /* that sites usually have */

static double number(const struct run_settings *s, enum setting which)
{
    const char *text = settings_get(s, which);
    return text ? strtod(text, NULL) : 0;
}

/* SHARDS alone says how many; with SHARD_MINUTES given, too, it is the most. */
static void divide(const struct run_settings *s, const struct graph *g,
                   const struct edge_costs *costs, struct shards *out)
{
    double wanted = number(s, SET_SHARDS), minutes = number(s, SET_SHARD_MINUTES);
    size_t most = slurm_most_elements();
    if (wanted > 0 && !s->value[SET_SHARD_MINUTES])
        minutes = 0;
    if (wanted > (double)most)
        log_warning("SHARDS=%.0f: this site takes %zu at most", wanted, most);
    else if (wanted > 0)
        most = (size_t)wanted;
    shards_divide(g, costs, most, minutes * 60, out);
}

static bool any_stale(const struct edge_costs *costs)
{
    bool any = false;
    for (size_t i = 0; !any && i < costs->n; i++)
        any = costs->item[i].stale;
    return any;
}

static bool write_all(const struct run_request *q, const struct run_settings *s, struct graph *g,
                      const struct shards *shards, const struct slurm_job *job, struct err *e)
{
    size_t bytes;
    char *rules = file_read(q->rules, MOST_RULES_BYTES, &bytes, e);
    run_divide_memory(g, job->cores, job->memory_mb);
    bool ok = rules && run_limits(s, job->memory_mb, e) &&
              shards_write(g, shards, rules, job->ninja, e) && slurm_write_jobs(job, e);
    free(rules);
    return ok;
}

static void say_files(const struct slurm_job *job)
{
    if (!job->shards) {
        say("radmill: written, nothing submitted: .radmill/slurm/merge.sh\n"
            "  by Slurm: cd OUTDIR; sbatch .radmill/slurm/merge.sh\n"
            "  without:  .radmill/slurm/merge.sh\n");
        return;
    }
    say("radmill: written, nothing submitted: .radmill/slurm/shard.sh, merge.sh, shards/*\n"
        "  by Slurm: cd OUTDIR; sbatch --parsable .radmill/slurm/shard.sh tells JOB; then\n"
        "            sbatch --dependency=afterany:JOB .radmill/slurm/merge.sh\n"
        "  without:  .radmill/slurm/shard.sh N for N in 1..%zu, then .radmill/slurm/merge.sh\n",
        job->shards);
}

bool slurm_run(const struct run_request *q, const struct run_settings *s, struct graph *g,
               const struct run_engine *engine, struct edge_costs *costs, bool *any, struct err *e)
{
    struct shards shards = {0};
    if (!schedule_ask(engine, costs, e))
        return false;
    *any = any_stale(costs);
    if (!*any) {
        say("radmill: no work to do\n");
        return true;
    }
    divide(s, g, costs, &shards);
    int cores = engine->workers.n;
    const struct slurm_job job = {
        .shards = shards.n,
        .ninja = engine->ninja,
        .cores = cores,
        .memory_mb = ceil(other_mb + shards_memory_mb(g, &shards, cores, cores * mb_per_core)),
        .options = settings_get(s, SET_SLURM_OPTIONS),
        .bin = q->bin};
    if (shards.n)
        say("radmill: %zu shard%s of %d core%s and %.0f MB each, about %.1f core-minutes in all\n",
            shards.n, shards.n == 1 ? "" : "s", cores, cores == 1 ? "" : "s", job.memory_mb,
            shards.work_s / 60);
    else
        say("radmill: every course is done, only tables of the cohort are to be made\n");
    bool ok = write_all(q, s, g, &shards, &job, e);
    shards_free(&shards);
    if (ok && q->task == RUN_SLURM_FILES)
        say_files(&job);
    return ok && (q->task == RUN_SLURM_FILES || slurm_submit(&job, e));
}

bool slurm_scan(const struct run_request *q, const struct run_settings *s, struct err *e)
{
    int jobs = q->jobs > 0 ? q->jobs : workers_from_makeflags(getenv("MAKEFLAGS"));
    const struct slurm_job job = {.cores = jobs ? jobs : SHARD_CORES,
                                  .options = settings_get(s, SET_SLURM_OPTIONS),
                                  .bin = q->bin};
    return slurm_write_scan(&job, e) && slurm_submit_scan(e);
}

/* --- the merge --- */

/* Courses of which anything is still to be made: what they have is of an earlier run, or half. */
static void find_missing(const struct graph *g, const struct edge_costs *costs,
                         struct str_list *missing)
{
    bool *stale = mem_must(calloc(g->courses.n + 1, sizeof *stale));
    for (size_t i = 0; i < costs->n; i++)
        stale[costs->item[i].course] |= costs->item[i].stale;
    for (size_t i = 0; i < g->courses.n; i++)
        if (stale[i + 1])
            str_list_add(missing, g->courses.item[i]);
    free(stale);
}

bool slurm_merge(const struct run_request *q, struct graph *g, struct run_engine *engine,
                 struct edge_costs *costs, struct str_list *missing, struct err *e)
{
    if (!schedule_ask(engine, costs, e))
        return false;
    find_missing(g, costs, missing);
    if (missing->n && !plan_merge_without(g, missing, e))
        return false;
    size_t bytes;
    char *rules = file_read(q->rules, MOST_RULES_BYTES, &bytes, e);
    struct graph part = *g; /* borrows its edges */
    part.edge = mem_must(calloc(g->n + 1, sizeof(struct edge *)));
    part.n = 0;
    for (size_t i = 0; i < g->n; i++)
        if (!g->edge[i]->course)
            part.edge[part.n++] = g->edge[i];
    engine->file = engine->ninja ? SLURM_DIR "/merge.ninja" : SLURM_DIR "/merge.mk";
    edge_costs_free(costs); /* only these edges run, and with other inputs than were planned */
    bool ok = rules && make_folders(SLURM_DIR, e) &&
              graph_write(&part, rules, engine->ninja, engine->file, e) &&
              edge_costs_make(&part, rules, !engine->ninja, costs, e);
    free(part.edge);
    free(rules);
    return ok;
}

bool slurm_tell_missing(const struct str_list *missing, size_t courses, bool ok, struct err *e)
{
    if (!missing->n)
        return ok;
    say("  missing: %zu of %zu courses, whose shards did not end well (_LOGS/slurm)\n", missing->n,
        courses);
    for (size_t i = 0; i < missing->n && i < MOST_NAMED; i++)
        say("    %s\n", missing->item[i]);
    if (missing->n > MOST_NAMED)
        say("    and %zu more\n", missing->n - MOST_NAMED);
    return ok &&
           err_set(e, ERR_FAILED,
                   "%zu of %zu courses are missing from the tables; the next run (make slurm, "
                   "or make -jN) makes them",
                   missing->n, courses);
}
