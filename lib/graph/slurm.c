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
        say("radmill: every course is done, only what is of the whole cohort is to be made\n");
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

/* Finds the courses of which anything that tables need is still to be made: what they have is of an
 * earlier run, or half. done[1 + course]: all of it is made, but for its page. */
static void find_gaps(const struct graph *g, const struct edge_costs *costs, bool *done,
                      struct slurm_gaps *gaps)
{
    bool *tables = mem_must(calloc(g->courses.n + 1, sizeof *tables));
    bool *pictures = mem_must(calloc(g->courses.n + 1, sizeof *pictures));
    for (size_t i = 0; i < costs->n; i++) {
        const struct edge_cost *x = &costs->item[i];
        tables[x->course] |= x->stale && x->kind == EDGE_TABLES;
        pictures[x->course] |= x->stale && x->kind == EDGE_PICTURES;
    }
    gaps->courses = g->courses.n;
    for (size_t i = 1; i <= g->courses.n; i++) {
        done[i] = !tables[i] && !pictures[i];
        gaps->pictures += pictures[i] && !tables[i];
        if (tables[i])
            str_list_add(&gaps->missing, g->courses.item[i - 1]);
    }
    free(tables);
    free(pictures);
}

/* The merge's part of a graph; it borrows the edges, and edge is to be freed. */
static struct graph part_of(const struct graph *g, const bool *done)
{
    struct graph part = *g;
    part.edge = mem_must(calloc(g->n + 1, sizeof(struct edge *)));
    part.n = 0;
    for (size_t i = 0; i < g->n; i++) {
        const struct edge *x = g->edge[i];
        if (!x->course || (done[x->course] && edge_kind_of(x) == EDGE_PAGE))
            part.edge[part.n++] = g->edge[i];
    }
    return part;
}

bool slurm_merge(const struct run_request *q, struct graph *g, struct run_engine *engine,
                 struct edge_costs *costs, struct slurm_gaps *gaps, struct err *e)
{
    if (!schedule_ask(engine, costs, e))
        return false;
    size_t bytes;
    bool *done = mem_must(calloc(g->courses.n + 1, sizeof *done));
    find_gaps(g, costs, done, gaps);
    struct graph part = part_of(g, done);
    free(done);
    engine->file = engine->ninja ? SLURM_DIR "/merge.ninja" : SLURM_DIR "/merge.mk";
    bool ok = !gaps->missing.n || plan_merge_without(g, &gaps->missing, e);
    char *rules = ok ? file_read(q->rules, MOST_RULES_BYTES, &bytes, e) : NULL;
    edge_costs_free(costs); /* only these edges run, and with other inputs than were planned */
    ok = rules && make_folders(SLURM_DIR, e) &&
         graph_write(&part, rules, engine->ninja, engine->file, e) &&
         edge_costs_make(&part, rules, !engine->ninja, costs, e);
    free(part.edge);
    free(rules);
    return ok;
}

static void name_missing(const struct slurm_gaps *gaps)
{
    const struct str_list *missing = &gaps->missing;
    say("  missing: %zu of %zu courses, whose shards did not end well (_LOGS/slurm)\n", missing->n,
        gaps->courses);
    for (size_t i = 0; i < missing->n && i < MOST_NAMED; i++)
        say("    %s\n", missing->item[i]);
    if (missing->n > MOST_NAMED)
        say("    and %zu more\n", missing->n - MOST_NAMED);
}

bool slurm_tell_missing(struct slurm_gaps *gaps, bool ok, struct err *e)
{
    if (gaps->missing.n)
        name_missing(gaps);
    if (ok && gaps->missing.n)
        ok = err_set(e, ERR_FAILED,
                     "%zu of %zu courses are missing from the tables; the next run (make slurm, "
                     "or make -jN) makes them",
                     gaps->missing.n, gaps->courses);
    else if (ok && gaps->pictures)
        ok = err_set(e, ERR_FAILED,
                     "%zu of %zu courses lack pictures of the report, and are in the tables; the "
                     "next run (make slurm, or make -jN) makes them",
                     gaps->pictures, gaps->courses);
    str_list_free(&gaps->missing);
    return ok;
}
