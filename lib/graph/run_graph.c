/* The graph of a run, and how many of its edges run at once. */
#include "graph/run.h"

#include "base/log.h"
#include "graph/plan.h"
#include "graph/shards.h"
#include "guard/memory.h"
#include "io/atomic.h"
#include "io/json.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_RULES_BYTES = 1 << 20 };

static const double task_mb = 200; /* of an ordinary region, for the automatic number of workers */

static bool in_path(const char *program)
{
    const char *path = getenv("PATH");
    while (path && *path) {
        struct str s = {0};
        size_t n = strcspn(path, ":");
        str_add_n(&s, path, n);
        str_addf(&s, "/%s", program);
        bool found = access(s.text, X_OK) == 0;
        str_free(&s);
        if (found)
            return true;
        path += n + (path[n] == ':');
    }
    return false;
}

/* Make takes Ninja's place where there is none; but not behind shards, whose engine alone knows
 * what they did: to the other one everything would be missing. */
static bool wants_ninja(const struct run_request *q, const struct run_settings *s)
{
    const char *wanted = settings_get(s, SET_ENGINE);
    bool ninja = !wanted || strcmp(wanted, "ninja") == 0;
    if (q->task == RUN_SLURM_MERGE)
        return shards_are_ninjas(ninja);
    if (ninja && !in_path("ninja")) {
        log_warning("ninja is not installed: make runs the graph instead");
        return false;
    }
    return ninja;
}

static struct run_engine choose(const struct run_request *q, const struct run_settings *s,
                                const struct graph *g)
{
    struct run_engine engine = {.ninja = wants_ninja(q, s)};
    const struct workers_input in = {.jobs = q->jobs,
                                     .makeflags = getenv("MAKEFLAGS"),
                                     .use_parallel = getenv("RTPIPELINE_USE_PARALLEL_RADIOMICS"),
                                     .workers = getenv("RTPIPELINE_RADIOMICS_WORKERS"),
                                     .tasks = plan_features(g),
                                     .cores = cores_available(),
                                     .allocated = cores_allocated(),
                                     .memory_mb = memory_available_mb(),
                                     .task_mb = task_mb};
    engine.workers = workers_choose(&in);
    if (run_divides(q->task) && !in.jobs && !workers_from_makeflags(in.makeflags))
        engine.workers = (struct workers){SHARD_CORES, "of a shard"};
    return engine;
}

/* A region is heavy when N like it would not fit into memory; as many run at once as do fit. */
void run_divide_memory(struct graph *g, int workers, double memory_mb)
{
    double largest = 0;
    g->heavy_over_mb = memory_mb / workers;
    for (size_t i = 0; i < g->n; i++)
        if (g->edge[i]->predicted_mb > largest)
            largest = g->edge[i]->predicted_mb;
    g->heavy_depth = largest > g->heavy_over_mb ? (int)(memory_mb / largest) : 0;
    if (largest > g->heavy_over_mb && g->heavy_depth < 1)
        g->heavy_depth = 1;
}

/* Make looks at the stamp only, so the stamp of an edge whose product is missing is removed. */
static void forget_missing(const struct graph *g)
{
    for (size_t i = 0; i < g->n; i++) {
        bool whole = true;
        for (size_t k = 0; k < g->edge[i]->out.n; k++)
            whole = whole && access(g->edge[i]->out.item[k], F_OK) == 0;
        char *stamp = graph_stamp(g->edge[i]);
        if (!whole)
            unlink(stamp);
        free(stamp);
    }
}

static bool write_graph(const struct run_request *q, const struct graph *g, bool ninja,
                        struct run_clock *clock, struct edge_costs *costs, struct err *e)
{
    size_t bytes;
    char *rules = file_read(q->rules, MOST_RULES_BYTES, &bytes, e);
    bool ok = rules && graph_write(g, rules, ninja, ninja ? NINJA_GRAPH : MAKE_GRAPH, e) &&
              run_forget_damaged(g, e) && run_clock_begin(g, ninja, clock, e);
    if (ok && !ninja)
        forget_missing(g);
    ok = ok && edge_costs_make(g, rules, !ninja, costs, e);
    free(rules);
    return ok;
}

bool run_graph(const struct run_request *q, const struct run_settings *s,
               const struct pseudonym_key *key, struct graph *g, struct run_engine *engine,
               struct edge_costs *costs, struct err *e)
{
    json_t *recipe = NULL;
    char here[PATH_MAX];
    json_t *manifest = q->course ? json_object() : json_read(MANIFEST_FILE, e);
    bool ok = manifest && (q->course || run_check_courses(s, manifest, e)) &&
              run_recipe(q, s, &recipe, e) && run_columns(q, s, e) &&
              plan_copy_params(s, e); /* not before they were found to be good: what follows from
                                         the former ones is still there */
    struct selection selection = {0};
    ok = ok && selection_make(s, &selection, e);
    const struct plan_input in = {
        .manifest = manifest, .settings = s, .recipe = recipe, .key = key, .selection = &selection};
    ok = ok && (q->course ? getcwd(here, sizeof here) && plan_folder(&in, here, g, e)
                          : plan_make(&in, g, e));
    if (ok) {
        *engine = choose(q, s, g);
        run_divide_memory(g, engine->workers.n, memory_available_mb());
        ok = write_graph(q, g, engine->ninja, &engine->clock, costs, e);
    }
    if (ok)
        selection_tell(&selection);
    selection_free(&selection);
    json_decref(recipe);
    json_decref(manifest);
    return ok;
}
