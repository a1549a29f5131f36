#include "graph/outcome.h"

#include "base/clock.h"
#include "graph/lock.h"
#include "graph/progress.h"
#include "graph/run.h"
#include "graph/summary.h"
#include "io/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void outcome_now(char out[OUTCOME_TIME])
{
    struct tm utc;
    time_t now = time(NULL);
    gmtime_r(&now, &utc);
    strftime(out, OUTCOME_TIME, "%Y-%m-%d %H:%M:%S UTC", &utc);
}

bool outcome_begin(struct outcome *o, struct err *e)
{
    *o = (struct outcome){.started_s = clock_s()};
    outcome_now(o->started);
    json_t *root = json_pack("{s:s, s:s, s:i}", "state", "running", "started", o->started,
                             "process", (int)getpid());
    bool ok = json_write(OUTCOME_FILE, root, e);
    json_decref(root);
    return ok;
}

bool outcome_end(const struct outcome *o, const struct err *why, struct err *e)
{
    char ended[OUTCOME_TIME];
    const char *state = why->code == ERR_NONE          ? "done"
                        : why->code == ERR_INTERRUPTED ? "interrupted"
                                                       : "failed";
    outcome_now(ended);
    json_t *root = json_pack("{s:s, s:s, s:s, s:f}", "state", state, "started", o->started, "ended",
                             ended, "seconds", clock_s() - o->started_s);
    json_object_set_new(root, "exit_status", json_integer(why->code));
    json_object_set_new(root, "reason", json_text(why->text));
    if (o->has_counts)
        json_object_set_new(root, "regions",
                            json_pack("{s:I, s:I, s:I}", "ok", (json_int_t)o->counts[0], "skipped",
                                      (json_int_t)o->counts[1], "failed",
                                      (json_int_t)o->counts[2]));
    bool ok = json_write(OUTCOME_FILE, root, e);
    json_decref(root);
    return ok;
}

void outcome_submitted(const struct outcome *o)
{
    struct err ignored = {0};
    json_t *root = json_pack("{s:s, s:s}", "state", "submitted", "started", o->started);
    json_write(OUTCOME_FILE, root, &ignored);
    json_decref(root);
}

/* --- telling --- */

static void tell_state(const json_t *last, bool running)
{
    const char *state = json_get_text(last, "state", ""),
               *reason = json_get_text(last, "reason", "");
    const char *started = json_get_text(last, "started", "?"),
               *ended = json_get_text(last, "ended", "?");
    if (running)
        say("radmill: a run is at work, since %s\n", started);
    else if (strcmp(state, "submitted") == 0)
        say("radmill: the last run (%s) was submitted to Slurm, and its merge has not begun\n",
            started);
    else if (strcmp(state, "running") == 0)
        say("radmill: the last run (%s) was killed before it ended\n", started);
    else if (strcmp(state, "interrupted") == 0)
        say("radmill: the last run (%s) was interrupted at %s\n", started, ended);
    else if (strcmp(state, "failed") == 0)
        say("radmill: the last run (%s) failed: %s\n", started, reason);
    else if (last)
        say("radmill: the last run (%s) ended well at %s\n", started, ended);
}

/* Names of settings that affect results and differ from those of the tables. */
static bool tell_settings(const char *outdir, struct err *e)
{
    struct run_settings now = {0}, then = {0};
    char *of_now = path_join(outdir, SETTINGS_FILE),
         *of_then = path_join(outdir, TABLE_SETTINGS_FILE);
    bool ok = access(of_then, F_OK) != 0 ||
              (settings_load(&now, of_now, e) && settings_load(&then, of_then, e));
    struct str names = {0};
    for (int i = 0; ok && i < SETTINGS; i++) {
        const char *a = now.value[i] ? now.value[i] : "", *b = then.value[i] ? then.value[i] : "";
        if (access(of_then, F_OK) == 0 && strcmp(settings_table[i].stage, "run") != 0 &&
            strcmp(a, b) != 0)
            str_addf(&names, "%s%s", names.len ? ", " : "", settings_table[i].name);
    }
    if (names.len)
        say("radmill: the tables are from other settings: %s changed since\n", names.text);
    str_free(&names);
    settings_free(&now);
    settings_free(&then);
    free(of_now);
    free(of_then);
    return ok;
}

static bool tell_tables(const char *outdir, bool is_course, struct err *e)
{
    char *status = path_join(outdir, is_course ? "status.csv" : "_RESULTS/status.csv");
    char *left_out = path_join(outdir, "_RESULTS/left_out.csv");
    char *manifest = path_join(outdir, MANIFEST_FILE);
    struct summary s = {.status = status,
                        .manifest = access(manifest, F_OK) == 0 ? manifest : NULL,
                        .left_out = access(left_out, F_OK) == 0 ? left_out : NULL,
                        .most = SIZE_MAX,
                        .slowest = true};
    bool ok = true;
    if (access(status, F_OK) == 0)
        ok = summary_print(&s, e);
    else
        say("radmill: no table of regions was made yet\n");
    free(status);
    free(left_out);
    free(manifest);
    return ok;
}

bool outcome_tell(const char *outdir, bool is_course, struct err *e)
{
    char *file = path_join(outdir, OUTCOME_FILE), *state = path_join(outdir, STATE_DIR);
    struct err broken = {0};
    bool there = access(state, F_OK) == 0;
    json_t *last = there && access(file, F_OK) == 0 ? json_read(file, &broken) : NULL;
    bool ok = there || err_set(e, ERR_REFUSED, "%s: there was no run here", outdir);
    if (ok) {
        say_in_any_case();
        tell_state(last, lock_is_held(outdir));
        ok = tell_settings(outdir, e) && tell_tables(outdir, is_course, e);
    }
    json_decref(last);
    free(state);
    free(file);
    return ok;
}
