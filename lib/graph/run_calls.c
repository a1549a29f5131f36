/* The tools that a run calls before there is a graph. */
#include "graph/run.h"

#include "base/log.h"
#include "base/mem.h"
#include "course/headers.h"
#include "engine/rows/writer.h"
#include "graph/plan.h"
#include "graph/progress.h"
#include "graph/spawn.h"
#include "graph/table_extra.h"
#include "graph/tables.h"
#include "io/atomic.h"
#include "io/csv.h"
#include "table/table.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Handles a line of a tool's output: its error becomes ours, warnings are passed on, progress is
 * shown. */
struct ear {
    struct progress progress;
    struct str complaint;
};

static void hear(void *of, char *line)
{
    struct ear *ear = of;
    const char *error = spawn_complaint(line);
    struct progress *p = &ear->progress;
    if (sscanf(line, PROGRESS_MARK " %zu %zu", &p->done, &p->total) == 2) {
        progress_tell(p);
    } else if (error && !ear->complaint.len) {
        str_add(&ear->complaint, error);
    } else if (error || log_get_level() > LOG_ERROR) {
        struct str clean = {0};
        clean_text(line, &clean);
        progress_hide(p);
        fprintf(stderr, "%s\n", str_text(&clean));
        str_free(&clean);
    }
}

/* Runs a tool in a folder; its exit status becomes ours, and so does its error. */
static bool call(const char *bin, const char **argv, struct str *out, struct err *e)
{
    int status = 0;
    struct ear ear = {0};
    char *path = path_join(bin, argv[0]);
    const char *name = argv[0];
    argv[0] = path;
    progress_begin(&ear.progress, "scan: files ");
    const struct spawn s = {.argv = argv, .out = out, .line = hear, .of = &ear};
    bool ok = spawn_wait(&s, &status, e);
    progress_hide(&ear.progress);
    enum err_code code = status == ERR_REFUSED || status == ERR_USAGE ? ERR_REFUSED : ERR_FAILED;
    if (ok && status != 0 && ear.complaint.len)
        ok = err_set(e, code, "%s", ear.complaint.text);
    else if (ok && status != 0)
        ok = err_set(e, code, "%s ended with status %d", name, status);
    str_free(&ear.complaint);
    free(path);
    return ok;
}

static bool call_list(const char *bin, const struct str_list *argv, struct err *e)
{
    const char **words = mem_must(calloc(argv->n + 1, sizeof *words));
    for (size_t i = 0; i < argv->n; i++)
        words[i] = argv->item[i];
    bool ok = call(bin, words, NULL, e);
    free(words);
    return ok;
}

/* Masks or logs may lie in the folder that is scanned; then each file is left out as not DICOM. */
static void exclude(const struct run_settings *s, const char *folder, struct str_list *argv)
{
    if (!folder || same_file(folder, settings_get(s, SET_DICOM_ROOT)))
        return;
    str_list_add(argv, "--exclude");
    str_list_add(argv, folder);
}

bool run_scan(const struct run_settings *s, struct err *e)
{
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here))
        return err_errno(e, "the current folder");
    const char *const begin[] = {"dcm2nii-course", "--scan",  settings_get(s, SET_DICOM_ROOT), "-o",
                                 MANIFEST_FILE,    "--cache", STATE_DIR "/scan-cache"};
    struct str_list argv = {0};
    for (size_t i = 0; i < sizeof begin / sizeof begin[0]; i++)
        str_list_add(&argv, begin[i]);
    for (int i = 0; i < SETTINGS; i++) {
        if (!settings_table[i].scan || !settings_get(s, i))
            continue;
        str_list_add(&argv, settings_table[i].scan);
        str_list_add(&argv, settings_get(s, i));
    }
    exclude(s, here, &argv);
    exclude(s, settings_get(s, SET_AUTOSEG), &argv);
    exclude(s, settings_get(s, SET_LOGS), &argv);
    bool ok = call_list(STATE_DIR "/bin", &argv, e);
    str_list_free(&argv);
    return ok;
}

/* --- columns --- */

static bool write_header(const char *path, const char *const *names, const struct str_list *more,
                         struct err *e)
{
    struct str line = {0};
    struct csv_row row = csv_row_begin(&line);
    csv_put_names(&row, names);
    if (more)
        csv_put_list(&row, more);
    csv_row_end(&row);
    bool ok = out_write(path, line.text, line.len, true, e);
    str_free(&line);
    return ok;
}

/* The columns that our radfeat gives with some parameters, whatever BINDIR puts in its place. It
 * reads the user's own file, not our copy, so that it is the one that a message names. */
static bool write_columns(const struct run_request *q, const struct plan_params *p, struct err *e)
{
    struct str out = {0};
    const char *argv[7] = {"radfeat", "--header"};
    int n = 2;
    if (p->source || p->preset) {
        argv[n++] = p->source ? "--params" : "--preset";
        argv[n++] = p->source ? p->source : p->preset;
    }
    if (p->profile) {
        argv[n++] = "--profile";
        argv[n++] = p->profile;
    }
    bool ok =
        call(q->bin, argv, &out, e) && out_write(p->columns, str_text(&out), out.len, true, e);
    str_free(&out);
    return ok;
}

/* Columns for each modality, and for the table of all. They depend on the parameters only, never on
 * existing rows. */
bool run_columns(const struct run_request *q, const struct run_settings *s, struct err *e)
{
    static const char *const modalities[] = {"CT", "MR", "PT"};
    struct table all = {0};
    struct str_list done = {0};
    struct str_list extra = {0};
    struct str_list of_long = {0};
    table_extra_columns(s, &extra);
    table_extra_columns(s, &of_long);
    for (const char *const *name = row_long_columns; *name; name++)
        str_list_add(&of_long, *name);
    bool ok = write_header(INPUTS_DIR "/columns-status.csv", table_status, NULL, e) &&
              write_header(INPUTS_DIR "/columns-identity.csv", table_identity, &extra, e) &&
              write_header(INPUTS_DIR "/columns-long.csv", table_identity, &of_long, e) &&
              table_add(&all, INPUTS_DIR "/columns-identity.csv", e);
    for (int i = 0; ok && i < 3; i++) {
        struct plan_params p = plan_params_for(s, modalities[i]);
        if (str_list_has(&done, p.columns))
            continue;
        str_list_add(&done, p.columns);
        ok = write_columns(q, &p, e) && table_add(&all, p.columns, e);
    }
    ok = ok && table_finish(&all, e) &&
         table_write(&(const struct table_sheet){"columns", &all}, 1, INPUTS_DIR "/columns-all.csv",
                     e);
    table_free(&all);
    str_list_free(&done);
    str_list_free(&extra);
    str_list_free(&of_long);
    return ok;
}

bool run_recipe(const struct run_request *q, const struct run_settings *s, json_t **out,
                struct err *e)
{
    *out = NULL;
    const char *recipe =
        settings_get(s, SET_CUSTOM_STRUCTURES); /* messages name it, not our copy */
    if (!recipe)
        return true;
    struct str text = {0};
    json_error_t why;
    const char *argv[] = {"boolstruct", "--recipe", recipe, "--list", "--format", "json", NULL};
    bool ok = call(q->bin, argv, &text, e);
    if (ok && !(*out = json_loads(str_text(&text), 0, &why)))
        ok = err_set(e, ERR_FAILED, "boolstruct --list: %s", why.text);
    str_free(&text);
    return ok;
}
