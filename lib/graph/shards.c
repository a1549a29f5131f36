#include "graph/shards.h"

#include "base/mem.h"
#include "io/atomic.h"
#include "io/folder.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#define ALL_LOG STATE_DIR "/" NINJA_LOG /* of the graph of all */

/* --- which course goes where --- */

struct load {
    size_t course; /* from 0 on */
    double cost_s;
};

/* The dearest first; of equal ones the first. */
static int by_cost(const void *a, const void *b)
{
    const struct load *x = a, *y = b;
    if (x->cost_s != y->cost_s)
        return x->cost_s < y->cost_s ? 1 : -1;
    return (x->course > y->course) - (x->course < y->course);
}

static size_t count_loads(struct load *load, const struct edge_costs *costs, size_t courses,
                          double *work_s)
{
    size_t busy = 0;
    for (size_t i = 0; i < courses; i++)
        load[i].course = i;
    for (size_t i = 0; i < costs->n; i++)
        if (costs->item[i].stale && costs->item[i].course && costs->item[i].kind != EDGE_PAGE)
            load[costs->item[i].course - 1].cost_s += costs->item[i].cost;
    for (size_t i = 0; i < courses; i++) {
        busy += load[i].cost_s > 0;
        *work_s += load[i].cost_s;
    }
    return busy;
}

void shards_divide(const struct graph *g, const struct edge_costs *costs, size_t most,
                   double seconds, struct shards *out)
{
    size_t courses = g->courses.n;
    struct load *load = mem_must(calloc(courses + 1, sizeof *load));
    *out = (struct shards){.of = mem_must(calloc(courses + 1, sizeof *out->of))};
    size_t busy = count_loads(load, costs, courses, &out->work_s);
    double by_work = seconds > 0 ? out->work_s / seconds : (double)busy;
    out->n = busy < most ? busy : most;
    if (by_work < (double)out->n)
        out->n = by_work < 1 ? (busy > 0) : (size_t)by_work;
    double *sum = mem_must(calloc(out->n + 1, sizeof *sum));
    qsort(load, courses, sizeof *load, by_cost);
    for (size_t i = 0; i < courses && load[i].cost_s > 0; i++) {
        size_t least = 0;
        for (size_t k = 1; k < out->n; k++)
            if (sum[k] < sum[least])
                least = k;
        sum[least] += load[i].cost_s;
        out->of[load[i].course] = least + 1;
    }
    free(sum);
    free(load);
}

void shards_free(struct shards *s)
{
    free(s->of);
    *s = (struct shards){0};
}

static size_t shard_of(const struct shards *s, const struct edge *x)
{
    return x->course ? s->of[x->course - 1] : 0;
}

/* --- memory --- */

static int descending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

double shards_memory_mb(const struct graph *g, const struct shards *s, int workers, double most_mb)
{
    size_t depth = (size_t)workers, room = (s->n + 1) * (depth + 1);
    double *top = mem_must(calloc(room, sizeof *top)), need = 0, largest = 0;
    for (size_t i = 0; i < g->n; i++) { /* of each shard its largest ones */
        double *mine = top + shard_of(s, g->edge[i]) * (depth + 1);
        if (mine == top)
            continue;
        mine[depth] = g->edge[i]->predicted_mb;
        qsort(mine, depth + 1, sizeof *mine, descending);
    }
    for (size_t k = 1; k <= s->n; k++) {
        double sum = 0;
        for (size_t i = 0; i < depth; i++)
            sum += top[k * (depth + 1) + i];
        need = sum > need ? sum : need;
        largest = top[k * (depth + 1)] > largest ? top[k * (depth + 1)] : largest;
    }
    free(top);
    if (need > most_mb)
        need = largest > most_mb ? largest : most_mb;
    return need;
}

/* --- files --- */

/* log: NULL for make. */
static bool write_one(const struct graph *g, const struct shards *s, size_t which,
                      const char *rules_text, const struct ninja_log *log, struct err *e)
{
    struct str file = {0}, state = {0};
    struct str_list outputs = {0};
    struct graph part = *g; /* borrows its edges */
    part.edge = mem_must(calloc(g->n + 1, sizeof(struct edge *)));
    part.n = 0;
    str_addf(&file, SHARDS_DIR "/%zu%s", which, log ? SHARD_NINJA : SHARD_MAKE);
    str_addf(&state, SHARDS_STATE "/%zu", which);
    part.builddir = state.text;
    for (size_t i = 0; i < g->n; i++) {
        if (shard_of(s, g->edge[i]) != which)
            continue;
        part.edge[part.n++] = g->edge[i];
        for (size_t k = 0; k < g->edge[i]->out.n; k++)
            str_list_add(&outputs, g->edge[i]->out.item[k]);
    }
    str_list_sort(&outputs);
    char *own_log = path_join(state.text, NINJA_LOG);
    bool ok = make_folders(state.text, e) && (!log || ninja_log_write(log, &outputs, own_log, e)) &&
              graph_write(&part, rules_text, log != NULL, file.text, e);
    free(own_log);
    free(part.edge);
    str_list_free(&outputs);
    str_free(&file);
    str_free(&state);
    return ok;
}

/* Calls `each` with the number of every shard that has a folder of state. */
static void each_state(void (*each)(const char *folder, void *of), void *of)
{
    struct str_list names = {0};
    if (access(SHARDS_STATE, F_OK) == 0)
        folder_names(SHARDS_STATE, &names, NULL);
    for (size_t i = 0; i < names.n; i++) {
        char *folder = path_join(SHARDS_STATE, names.item[i]);
        each(folder, of);
        free(folder);
    }
    str_list_free(&names);
}

/* What is known of its edges stands in the log that is divided now. */
static void forget(const char *folder, void *of)
{
    (void)of;
    char *log = path_join(folder, NINJA_LOG);
    unlink(log);
    free(log);
    for (const char *const *ending = (const char *const[]){SHARD_NINJA, SHARD_MAKE, NULL}; *ending;
         ending++) {
        struct str graph = {0};
        str_addf(&graph, SHARDS_DIR "/%s%s", path_base(folder), *ending);
        unlink(graph.text);
        str_free(&graph);
    }
}

bool shards_write(const struct graph *g, const struct shards *s, const char *rules_text, bool ninja,
                  struct err *e)
{
    struct ninja_log log = {0};
    if (ninja)
        ninja_log_add(&log, ALL_LOG);
    ninja_log_finish(&log);
    bool ok = make_folders(SHARDS_DIR, e) && make_folders(SHARDS_STATE, e);
    for (size_t k = 1; ok && k <= s->n; k++)
        ok = write_one(g, s, k, rules_text, ninja ? &log : NULL, e);
    ninja_log_free(&log);
    return ok;
}

bool shards_are_ninjas(bool otherwise)
{
    struct str_list names = {0};
    bool ninja = otherwise;
    if (access(SHARDS_DIR, F_OK) == 0)
        folder_names(SHARDS_DIR, &names, NULL);
    for (size_t i = 0; i < names.n; i++)
        if (str_ends_with(names.item[i], SHARD_NINJA) || str_ends_with(names.item[i], SHARD_MAKE))
            ninja = str_ends_with(names.item[i], SHARD_NINJA);
    str_list_free(&names);
    return ninja;
}

/* --- logs and locks --- */

static void read_log(const char *folder, void *of)
{
    char *log = path_join(folder, NINJA_LOG);
    ninja_log_add(of, log);
    free(log);
}

bool shards_absorb(bool ends, struct err *e)
{
    struct ninja_log log = {0};
    if (access(SHARDS_STATE, F_OK) != 0)
        return true;
    ninja_log_add(&log, ALL_LOG);
    each_state(read_log, &log);
    ninja_log_finish(&log);
    bool ok = ninja_log_write(&log, NULL, ALL_LOG, e);
    if (ok && ends)
        each_state(forget, NULL);
    ninja_log_free(&log);
    return ok;
}

static void look_at_lock(const char *folder, void *of)
{
    bool *held = of;
    char *path = path_join(folder, "lock");
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0)
        *held = true;
    if (fd >= 0)
        close(fd);
    free(path);
}

bool shards_at_work(void)
{
    bool held = false;
    each_state(look_at_lock, &held);
    return held;
}
