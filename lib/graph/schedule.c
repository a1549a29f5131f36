#include "graph/schedule.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "graph/flush.h"
#include "graph/progress.h"
#include "graph/spawn.h"
#include "io/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- what the scheduler says --- */

struct listener {
    const struct edge_costs *costs;
    bool ninja, dry; /* dry: only to know what there is to do */
    struct progress progress;
    size_t most_running;
    bool command_follows; /* behind Ninja's "FAILED: product" */
    struct str complaint; /* the first error of a tool, or else of the scheduler */
    bool complaint_is_ours;
};

bool schedule_marks(size_t *n, struct err *e)
{
    struct str_list marks = {0};
    bool ok =
        access(STATE_DIR "/failed", F_OK) != 0 || folder_names(STATE_DIR "/failed", &marks, e);
    *n = marks.n;
    str_list_free(&marks);
    return ok;
}

static void tell(void *of)
{
    struct listener *l = of;
    struct progress *p = &l->progress;
    struct err ignored = {0}; /* not for a line of progress: the end of the run asks again */
    if (l->dry || !progress_is_due(p))
        return;
    size_t left = p->total > p->done ? p->total - p->done : 0;
    p->running = left < l->most_running ? left : l->most_running;
    schedule_marks(&p->failed, &ignored);
    progress_tell(p);
}

/* Ninja numbers its edges, and learns on the way that there are fewer ("done total text"). */
static const char *read_numbers(struct listener *l, const char *text)
{
    char *end;
    size_t total = strtoul(text, &end, 10);
    if (end > text && *end == ' ' && !l->dry)
        l->progress.total = total;
    return *end == ' ' ? end + 1 : end;
}

static void edge_ended(struct listener *l, const char *text)
{
    struct progress *p = &l->progress;
    char *description = mem_strdup(l->ninja ? read_numbers(l, text) : text);
    struct edge_cost *found = edge_costs_find(l->costs, description);
    double cost = found ? found->cost : 0;
    if (l->dry) {
        if (found)
            found->stale = true;
        p->total++;
        p->cost_total += cost;
    } else {
        p->done++;
        p->cost_done += cost;
        if (log_get_level() >= LOG_INFO) {
            printf("[%zu/%zu] %s\n", p->done, p->total < p->done ? p->done : p->total, description);
            fflush(stdout);
        }
    }
    free(description);
}

static void complain(struct listener *l, const char *text, bool ours)
{
    if (l->complaint.len && (l->complaint_is_ours || !ours)) {
        if (ours) {
            progress_hide(&l->progress);
            log_error("%s", text);
        }
        return;
    }
    str_free(&l->complaint);
    str_add(&l->complaint, text);
    l->complaint_is_ours = ours;
}

static bool is_chatter(const char *line)
{
    static const char *const beginnings[] = {
        "ninja: no work", "ninja: build stopped", "make: Nothing", "make: Target",
        "make: Entering", "make: Leaving",        "FAILED: ",      NULL};
    for (const char *const *b = beginnings; *b; b++)
        if (str_starts_with(line, *b))
            return true;
    return *line == '\0';
}

static void hear(void *of, char *line)
{
    struct listener *l = of;
    bool command = l->command_follows;
    const char *text = spawn_complaint(line);
    l->command_follows = l->ninja && str_starts_with(line, "FAILED: ");
    if (str_starts_with(line, EDGE_MARK))
        edge_ended(l, line + strlen(EDGE_MARK));
    else if (text && strcmp(text, "interrupted") != 0)
        complain(l, line, true);
    else if (text)
        return; /* every guard reports it, the run only once */
    else if (str_starts_with(line, "ninja: ") || str_starts_with(line, "make: ***"))
        complain(l, is_chatter(line) ? "" : line, false);
    else if (!command && !is_chatter(line) && !l->dry) {
        struct str clean = {0};
        clean_text(line, &clean);
        progress_hide(&l->progress);
        say("%s\n", clean.text);
        str_free(&clean);
    }
    tell(l);
}

/* --- both runs --- */

static bool call(const struct run_engine *engine, struct listener *l, int *status, struct err *e)
{
    char n[32];
    snprintf(n, sizeof n, "-j%d", engine->workers.n);
    const char *const ninja[] = {"ninja",
                                 n,
                                 "-k",
                                 "0",
                                 "-f",
                                 engine->file ? engine->file : NINJA_GRAPH,
                                 l->dry ? "-n" : NULL,
                                 NULL};
    const char *const make[] = {
        "make", n, "-rk", "--no-print-directory", "-f", engine->file ? engine->file : MAKE_GRAPH,
        NULL};
    const struct spawn s = {
        .argv = engine->ninja ? ninja : make, .line = hear, .tick = tell, .of = l};
    setenv("NINJA_STATUS", EDGE_MARK "%t ", 1);
    return spawn_wait(&s, status, e);
}

static bool judge(const struct listener *l, int status, struct err *e)
{
    if (status == 0)
        return true;
    if (status >= 128)
        return err_set(e, ERR_INTERRUPTED, "the scheduler was ended by signal %d", status - 128);
    if (l->complaint.len)
        return err_set(e, ERR_FAILED, "%s", l->complaint.text);
    return err_set(e, ERR_FAILED, "the scheduler ended with status %d", status);
}

/* Counts the steps to do: by asking Ninja, or for make by comparing times. */
static bool foresee(const struct run_engine *engine, const struct edge_costs *costs,
                    struct progress *p, struct err *e)
{
    int status = 0;
    struct listener dry = {.costs = costs, .ninja = true, .dry = true};
    for (size_t i = 0; !engine->ninja && i < costs->n; i++) {
        dry.progress.total += costs->item[i].stale;
        dry.progress.cost_total += costs->item[i].stale ? costs->item[i].cost : 0;
    }
    bool ok = !engine->ninja || (call(engine, &dry, &status, e) && judge(&dry, status, e));
    str_free(&dry.complaint);
    p->total = dry.progress.total;
    p->cost_total = dry.progress.cost_total;
    return ok;
}

bool schedule_ask(const struct run_engine *engine, struct edge_costs *costs, struct err *e)
{
    struct progress ignored = {0};
    for (size_t i = 0; engine->ninja && i < costs->n; i++)
        costs->item[i].stale = false;
    return foresee(engine, costs, &ignored, e);
}

bool schedule(const struct run_engine *engine, const struct edge_costs *costs, size_t *steps,
              struct err *e)
{
    int status = 0;
    struct listener l = {
        .costs = costs, .ninja = engine->ninja, .most_running = (size_t)engine->workers.n};
    struct progress *p = &l.progress;
    progress_begin(p, "");
    if (!foresee(engine, costs, p, e))
        return false;
    *steps = p->total;
    say("radmill: %s, %d at a time (%s): ", engine->ninja ? "ninja" : "make", engine->workers.n,
        engine->workers.why);
    if (*steps)
        say("%zu step%s\n", *steps, *steps == 1 ? "" : "s");
    else
        say("no work to do\n");
    bool idle = !*steps && engine->ninja, ok = true; /* make itself decides what is stale */
    bool flushes = *steps || flush_is_due();
    struct flush flush;
    if (flushes && !flush_begin(&flush, e))
        return false;
    if (!idle) {
        ok = call(engine, &l, &status, e) && judge(&l, status, e);
        *steps = p->done;
        progress_hide(p);
    }
    str_free(&l.complaint);
    struct err why = {0}; /* of an outcome that is bad already, the first reason is told */
    return (!flushes || flush_end(&flush, ok || e->code != ERR_INTERRUPTED, ok ? e : &why)) && ok;
}
