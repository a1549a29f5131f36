#include "graph/run.h"

#include "base/log.h"
#include "graph/spawn.h"
#include "io/atomic.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define SETTINGS_FILE STATE_DIR "/settings.json"

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

/* What was remembered comes behind it. A file of settings that is broken is no reason to refuse
 * who gives them all again. */
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
        return err_set(e, ERR_USAGE, "PSEUDONYMIZE is of a cohort, not of one folder");
    if (!q->course && same_file(outdir, root)) /* it would be left out of the scan */
        return err_set(e, ERR_USAGE,
                       "OUTDIR is DICOM_ROOT itself: take another folder, or one inside it");
    return settings_check(s, e);
}

static void say_remembered(const struct run_settings *s)
{
    struct str text = {0};
    settings_remembered(s, &text);
    if (text.len)
        printf("radmill: remembered: %s\n", text.text);
    str_free(&text);
}

/* --- the scheduler --- */

/* Exactly one, with all workers; it keeps going whatever fails. */
static bool schedule(const struct run_engine *engine, struct err *e)
{
    char n[32];
    snprintf(n, sizeof n, "-j%d", engine->workers.n);
    const char *const ninja[] = {"ninja", n, "-k", "0", "-f", STATE_DIR "/build.ninja", NULL};
    const char *const make[] = {
        "make", n, "-rk", "--no-print-directory", "-f", STATE_DIR "/build.mk", NULL};
    int status = 0;
    printf("radmill: %s, %d at a time (%s)\n", engine->ninja ? "ninja" : "make", engine->workers.n,
           engine->workers.why);
    return spawn_wait(engine->ninja ? ninja : make, NULL, &status, e) &&
           (status == 0 || err_set(e, status >= 128 ? ERR_INTERRUPTED : ERR_FAILED,
                                   "the scheduler ended with status %d", status));
}

static bool conclude(const struct run_request *q, struct err *e)
{
    enum { MOST_NAMED = 10 };
    struct run_counts n;
    char here[PATH_MAX];
    char *folder = path_join(getcwd(here, sizeof here) ? here : ".", q->course ? "" : "_RESULTS");
    char *status = path_join(folder, "status.csv"), *table = path_join(folder, "radiomics.csv");
    bool ok = run_summary(status, MOST_NAMED, &n, e) && run_check_rows(table, &n, e);
    free(table);
    free(status);
    free(folder);
    if (!ok)
        return false;
    return !n.failed || err_set(e, ERR_FAILED, "%zu region%s failed; the next run tries %s again",
                                n.failed, n.failed == 1 ? "" : "s", n.failed == 1 ? "it" : "them");
}

static bool work(const struct run_request *q, const struct run_settings *s, struct err *e)
{
    struct run_engine engine;
    struct pseudonym_key key;
    bool ok = run_pseudonyms(s, &key, e) && settings_save(s, SETTINGS_FILE, e) &&
              run_state(q, s, e) && (q->course || run_scan(s, e)) && run_retry(e) &&
              run_graph(q, s, &key, &engine, e);
    pseudonym_key_free(&key);
    if (!ok || q->graph_only)
        return ok;
    return schedule(&engine, e) && conclude(q, e);
}

static bool go(const struct run_request *q, const struct run_settings *s, struct err *e)
{
    if (!run_lock(e))
        return false;
    run_sweep(s);
    bool ok = run_entered(e) && work(q, s, e);
    run_left();
    return ok;
}

bool run_cohort(struct run_request *q, struct err *e)
{
    struct run_settings s = {0};
    bool ok = ask(q, &s, e) && remember(q, &s, e);
    if (ok)
        say_remembered(&s);
    ok = ok && enter(q->course ? q->course : settings_get(&s, SET_OUTDIR), e) && go(q, &s, e);
    settings_free(&s);
    return ok;
}
