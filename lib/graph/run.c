#include "graph/run.h"

#include "base/clock.h"
#include "base/log.h"
#include "graph/listing.h"
#include "graph/lock.h"
#include "graph/outcome.h"
#include "graph/progress.h"
#include "graph/run_json.h"
#include "graph/slurm.h"
#include "graph/summary.h"
#include "guard/record.h"
#include "io/atomic.h"
#include "report/run_page.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- beginning --- */

static bool enter(const char *outdir, struct err *e)
{
    return make_folders(outdir, e) && (chdir(outdir) == 0 || err_errno(e, "%s", outdir)) &&
           make_folders(STATE_DIR, e);
}

/* What is asked for now. Paths that are given are meant from the folder where we were called, so
 * this comes before entering OUTDIR. */
static bool ask(struct run_request *q, struct run_settings *s, struct err *e)
{
    for (size_t i = 0; i < q->set.n; i++)
        if (!settings_set(s, q->set.item[i], e))
            return false;
    q->course = settings_get(s, SET_COURSE_DIR);
    return q->course || settings_get(s, SET_OUTDIR) ||
           err_set(e, ERR_USAGE, "OUTDIR is needed: where everything goes");
}

/* Then the remembered settings. A broken file of settings is no reason to refuse a run that gives
 * all of them again. */
static bool remember(const struct run_request *q, struct run_settings *s, struct err *e)
{
    const char *outdir = q->course ? q->course : settings_get(s, SET_OUTDIR);
    char *file = path_join(outdir, SETTINGS_FILE);
    struct err why = {0};
    bool loaded = settings_load(s, file, &why);
    free(file);
    const char *root = settings_get(s, SET_DICOM_ROOT);
    if (!q->course && !root && !loaded)
        return err_set(e, ERR_REFUSED, "%s: give all settings again", why.text);
    if (!loaded)
        log_warning("%s: nothing is remembered", why.text);
    if (!q->course && !root)
        return err_set(e, ERR_USAGE, "the first run in an OUTDIR needs DICOM_ROOT=DIR");
    if (q->course && settings_get(s, SET_PSEUDONYMIZE))
        return err_set(e, ERR_USAGE, "PSEUDONYMIZE applies to a cohort, not to one course folder");
    if (!q->course && same_file(outdir, root)) /* it would be left out of the scan */
        return err_set(e, ERR_USAGE,
                       "OUTDIR is DICOM_ROOT itself: take another folder, or one inside it");
    return settings_check(s, e);
}

/* Limits that count for this run only must not be among the settings of the tables. */
static bool check_retry(const struct run_settings *s, struct err *e)
{
    for (int i = 0; i < SETTINGS; i++)
        if (s->given[i] && !settings_table[i].once && !settings_table[i].retries)
            return err_set(e, ERR_USAGE, "%s: a retry takes ROI_MEM_MB and ROI_TIMEOUT only",
                           settings_table[i].name);
    return true;
}

static void say_remembered(const struct run_settings *s)
{
    struct str text = {0};
    settings_remembered(s, &text);
    if (text.len)
        say("radmill: remembered: %s\n", text.text);
    str_free(&text);
}

/* The tables, in words. */
static bool conclude(const struct run_request *q, const struct run_settings *s, bool ran,
                     struct outcome *o, struct err *e)
{
    enum { MOST_NAMED = 10 };
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here))
        return err_errno(e, "the current folder");
    char *status = path_join(here, q->course ? "status.csv" : "_RESULTS/status.csv");
    char *table = path_join(here, q->course ? "radiomics.csv" : "_RESULTS/radiomics.csv");
    char *left_out = q->course ? NULL : path_join(here, "_RESULTS/left_out.csv");
    struct summary summary = {.status = status,
                              .left_out = left_out,
                              .manifest = q->course ? NULL : MANIFEST_FILE,
                              .most = MOST_NAMED,
                              .slowest = ran};
    bool ok = settings_save(s, TABLE_SETTINGS_FILE, e) && summary_print(&summary, e) &&
              run_check_rows(table, summary.counts[RECORD_OK], e);
    free(table);
    free(status);
    free(left_out);
    if (!ok)
        return false;
    memcpy(o->counts, summary.counts, sizeof o->counts);
    o->has_counts = true;
    size_t failed = summary.counts[RECORD_FAILED];
    if (failed)
        return err_set(e, ERR_FAILED, "%zu region%s failed; the next run tries %s again", failed,
                       failed == 1 ? "" : "s", failed == 1 ? "it" : "them");
    size_t marks;
    if (!schedule_marks(&marks, e))
        return false;
    if (ran && marks)
        return err_set(e, ERR_FAILED,
                       "%zu command%s failed, though no region did: the warnings above say which; "
                       "the next run tries again",
                       marks, marks == 1 ? "" : "s");
    return q->course || run_check_readable(e);
}

/* What is planned is listed, submitted or run. */
static bool act(const struct run_request *q, struct run_settings *s, struct graph *g,
                struct run_engine *engine, struct edge_costs *costs, struct outcome *o,
                struct err *e)
{
    size_t steps = 0;
    struct slurm_gaps gaps = {0};
    if (q->task == RUN_SCAN)
        return listing_print(e);
    if (run_divides(q->task)) {
        if (!slurm_run(q, s, g, engine, costs, &o->submitted, e))
            return false;
        if (o->submitted || q->task == RUN_SLURM_FILES)
            return true;
    }
    bool ok = q->task != RUN_SLURM_MERGE || slurm_merge(q, g, engine, costs, &gaps, e);
    ok = ok &&
         (q->task == RUN_SLURM ||
          (schedule(engine, costs, &steps, e) && run_clock_end(&engine->clock, e))) &&
         conclude(q, s, steps > 0, o, e);
    return slurm_tell_missing(&gaps, ok, e);
}

static bool work(const struct run_request *q, struct run_settings *s, struct outcome *o,
                 struct err *e)
{
    struct run_engine engine;
    struct pseudonym_key key;
    struct edge_costs costs = {0};
    struct graph graph = {0};
    bool merges = q->task == RUN_SLURM_MERGE; /* what was planned when the shards were */
    bool ok = run_pseudonyms(s, &key, e) &&
              (q->task == RUN_RETRY || merges || settings_save(s, SETTINGS_FILE, e)) &&
              run_state(q, s, e) && (q->course || merges || run_scan(s, e)) &&
              (q->task == RUN_SCAN || merges || run_retry(e)) && shards_absorb(!merges, e);
    out_flush_later(true); /* what the plan writes is compared with the next plan by content */
    ok = ok && run_graph(q, s, &key, &graph, &engine, &costs, e);
    out_flush_later(false);
    pseudonym_key_free(&key);
    ok = ok && act(q, s, &graph, &engine, &costs, o, e);
    edge_costs_free(&costs);
    graph_free(&graph);
    return ok;
}

static void say_time(const struct outcome *o)
{
    struct str text = {0};
    duration_text(clock_s() - o->started_s, &text);
    say("  time: %s\n", text.text);
    str_free(&text);
}

/* run.json, the same for people, and what `make status` reads. A run that ended well and cannot say
 * so has failed: they would tell of another one. */
static bool note_end(const struct run_request *q, const struct run_settings *s,
                     const struct outcome *o, bool ok, struct err *e)
{
    struct err late = {0};
    bool cohort = !q->course, report = strcmp(settings_get(s, SET_REPORT), "1") == 0;
    const struct err *why = ok ? &(const struct err){0} : e;
    bool noted = !cohort || (run_json_write(s, o, why, &late) &&
                             (!report || run_page_write(RUN_JSON_FILE, "_RESULTS/status.csv",
                                                        "_RESULTS/run.html", &late)));
    if (ok && !noted)
        why = &late;
    noted = outcome_end(o, why, &late) && noted;
    if (ok && !noted)
        *e = late;
    return ok && noted;
}

static bool go(const struct run_request *q, struct run_settings *s, struct err *e)
{
    struct outcome outcome = {0};
    if ((q->task != RUN_SLURM_MERGE && !slurm_check_free(e)) || !lock_take(e))
        return false;
    if (q->task == RUN_SCAN || q->task == RUN_SLURM_FILES)
        return work(q, s, &outcome, e);
    if (q->task == RUN_SLURM && strcmp(settings_get(s, SET_SLURM_SCAN), "job") == 0)
        return settings_save(s, SETTINGS_FILE, e) && run_state(q, s, e) && slurm_scan(q, s, e);
    if (!shards_at_work()) /* whose temporary files they are */
        run_sweep(s);
    bool noted = !q->course; /* the tables of a cohort have a run.json */
    bool ok = outcome_begin(&outcome, e) && (!noted || run_json_write(s, &outcome, NULL, e)) &&
              run_entered(e) && work(q, s, &outcome, e);
    if (ok && outcome.submitted) { /* its jobs are still to come */
        outcome_submitted(&outcome);
        return true;
    }
    if (ok) /* otherwise a tool may have been killed, and the next run must remove its temporary
               files */
        run_left();
    if (outcome.has_counts)
        say_time(&outcome);
    return note_end(q, s, &outcome, ok, e);
}

bool run_cohort(struct run_request *q, struct err *e)
{
    struct run_settings s = {0};
    bool ok = ask(q, &s, e);
    const char *folder = q->course ? q->course : settings_get(&s, SET_OUTDIR);
    if (ok && (q->task == RUN_SCAN || q->task >= RUN_SLURM) && q->course)
        ok = err_set(e, ERR_USAGE, "%s applies to a cohort, not to one course folder",
                     run_tasks[q->task].name);
    if (ok && q->task == RUN_STATUS) {
        ok = outcome_tell(folder, q->course != NULL, e);
    } else if (ok && q->task == RUN_VERIFY) {
        ok = run_verify(folder, e);
    } else if (ok) {
        ok = (q->task != RUN_RETRY || check_retry(&s, e)) && remember(q, &s, e);
        if (ok)
            say_remembered(&s);
        ok = ok && enter(folder, e) && go(q, &s, e);
    }
    settings_free(&s);
    return ok;
}
