#include "graph/run_json.h"

#include "base/clock.h"
#include "io/atomic.h"
#include "io/csv.h"
#include "io/json.h"
#include "io/json_count.h"
#include "version.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* --- settings and digests --- */

static bool is_hidden(const struct run_settings *s, enum setting which)
{
    return settings_table[which].is_private && settings_get(s, SET_PSEUDONYMIZE);
}

/* What was given, or holds by default. OUTDIR is where this file lies. */
static json_t *settings_json(const struct run_settings *s)
{
    json_t *o = json_object();
    for (int i = 0; i < SETTINGS; i++) {
        const char *value = settings_get(s, i);
        if (!value || i == SET_OUTDIR)
            continue;
        json_object_set_new(o, settings_table[i].name,
                            is_hidden(s, i) ? json_string("(not shown)") : json_text(value));
    }
    return o;
}

/* SHA-1 of the files that decide what the numbers are. Here and in what follows *lost says what is
 * missing because it could not be read. */
static json_t *digests_json(const struct run_settings *s, struct err *lost)
{
    json_t *o = json_object();
    for (int i = 0; i < SETTINGS; i++) {
        const struct setting_info *info = &settings_table[i];
        char hex[41];
        bool decides = info->kind == SETTING_FILE && strcmp(info->stage, "run") != 0;
        const char *path = settings_get(s, i);
        if (decides && i != SET_PSEUDONYMIZE && path && file_sha1(path, hex, lost))
            json_object_set_new(o, info->name, json_string(hex));
    }
    return o;
}

/* --- counts --- */

static size_t place_of(const struct str_list *header, const char *column)
{
    size_t i = 0;
    while (i < header->n && strcmp(header->item[i], column) != 0)
        i++;
    return i;
}

/* How many rows of a table have each value of a column; *rows counts all of them, *runs how often
 * the value differs from that of the row before. Nothing when the table is not there. */
static json_t *count_by(const char *path, const char *column, size_t *rows, size_t *runs,
                        struct err *lost)
{
    size_t bytes;
    char *text = access(path, F_OK) == 0 ? file_read(path, SIZE_MAX / 2, &bytes, lost) : NULL;
    json_t *counts = json_object();
    struct str_list header = {0}, cells = {0};
    struct str last = {0};
    const char *at = text ? text : "";
    bool has_header = csv_record(&at, &header);
    size_t place = place_of(&header, column);
    *rows = *runs = 0;
    while (has_header && csv_record(&at, &cells)) {
        const char *value = place < cells.n ? cells.item[place] : "";
        *runs += *rows == 0 || strcmp(value, str_text(&last)) != 0;
        ++*rows;
        last.len = 0;
        str_add(&last, value);
        json_count(counts, value);
    }
    str_free(&last);
    str_list_free(&header);
    str_list_free(&cells);
    free(text);
    return counts;
}

static json_t *counts_json(struct err *lost)
{
    size_t rows, patients;
    json_t *o = json_object();
    json_decref(count_by("_RESULTS/courses.csv", "patient_id", &rows, &patients, lost));
    json_object_set_new(o, "patients", json_integer((json_int_t)patients));
    json_object_set_new(o, "courses", json_integer((json_int_t)rows));
    json_t *courses = count_by("_RESULTS/courses.csv", "modality", &rows, &patients, lost);
    json_object_set_new(o, "courses_by_modality", courses);
    json_t *states = count_by("_RESULTS/status.csv", "state", &rows, &patients, lost);
    json_object_set_new(o, "regions", json_integer((json_int_t)rows));
    json_object_set_new(o, "regions_by_state", states);
    json_t *left_out = count_by("_RESULTS/left_out.csv", "kind", &rows, &patients, lost);
    json_object_set_new(o, "left_out", json_integer((json_int_t)rows));
    json_object_set_new(o, "left_out_by_kind", left_out);
    return o;
}

/* --- all of it --- */

static const char *outcome_of(const struct err *why)
{
    if (!why)
        return "running";
    switch (why->code) {
    case ERR_NONE:
        return "done";
    case ERR_INTERRUPTED:
        return "interrupted";
    case ERR_USAGE:
    case ERR_REFUSED:
        return "refused";
    case ERR_FAILED:
        return "failed";
    }
    return "failed";
}

/* A message may contain the path of a file in the tree. */
static json_t *reason_json(const struct run_settings *s, const struct err *why)
{
    bool hidden = settings_get(s, SET_PSEUDONYMIZE) && strchr(why->text, '/');
    return json_text(hidden ? "(not shown: it names a file)" : why->text);
}

static void set_end(json_t *root, const struct run_settings *s, const struct outcome *o,
                    const struct err *why)
{
    char ended[OUTCOME_TIME];
    outcome_now(ended);
    json_object_set_new(root, "ended", json_string(ended));
    json_object_set_new(root, "seconds", json_real(clock_s() - o->started_s));
    json_object_set_new(root, "exit_status", json_integer(why->code));
    json_object_set_new(root, "reason", reason_json(s, why));
}

bool run_json_write(const struct run_settings *s, const struct outcome *o, const struct err *why,
                    struct err *e)
{
    json_t *root = json_object();
    struct err lost = {0};
    json_object_set_new(root, "radmill", json_string(RADMILL_VERSION));
    json_object_set_new(root, "outcome", json_string(outcome_of(why)));
    json_object_set_new(root, "started", json_string(o->started));
    if (why)
        set_end(root, s, o, why);
    json_object_set_new(root, "tables_are_of_this_run", json_boolean(why && o->has_counts));
    json_object_set_new(root, "settings", settings_json(s));
    json_object_set_new(root, "digests", digests_json(s, &lost));
    if (why && o->has_counts)
        json_object_set_new(root, "counts", counts_json(&lost));
    bool ended_well = why && why->code == ERR_NONE;
    bool ok = make_folders("_RESULTS", e) && json_write(RUN_JSON_FILE, root, e) &&
              (!ended_well || lost.code == ERR_NONE || err_set(e, ERR_FAILED, "%s", lost.text));
    json_decref(root);
    return ok;
}
