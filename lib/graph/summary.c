#include "graph/summary.h"

#include "base/num.h"
#include "graph/progress.h"
#include "graph/summary_forgiven.h"
#include "guard/record.h"
#include "io/atomic.h"
#include "io/csv.h"
#include "io/json_count.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- tables, row by row --- */

struct row {
    struct str_list header, cells;
};

static const char *cell(const struct row *r, const char *column)
{
    for (size_t i = 0; i < r->header.n && i < r->cells.n; i++)
        if (strcmp(r->header.item[i], column) == 0)
            return r->cells.item[i];
    return "";
}

static bool each_row(const char *path, void (*take)(void *to, const struct row *), void *to,
                     struct err *e)
{
    size_t bytes;
    char *text = file_read(path, SIZE_MAX / 2, &bytes, e);
    struct row r = {0};
    const char *at = text;
    if (text && csv_record(&at, &r.header))
        while (csv_record(&at, &r.cells))
            take(to, &r);
    str_list_free(&r.header);
    str_list_free(&r.cells);
    free(text);
    return text != NULL;
}

/* --- regions --- */

struct count {
    struct summary *s;
    json_t *skipped;     /* how many by source and reason */
    struct str failures; /* lines */
    double slowest_s;
    struct str slowest;
};

static void add_region(struct str *out, const struct row *r)
{
    static const char *const shown[] = {"patient_id", "course_id", "segmentation_source",
                                        "roi_original_name", NULL};
    for (const char *const *column = shown; *column; column++) {
        str_add(out, column == shown ? "" : " ");
        clean_text(cell(r, *column), out);
    }
}

static void count_skipped(struct count *c, const struct row *r)
{
    const char *source = cell(r, "segmentation_source");
    struct str what = {0};
    clean_text(source, &what);
    /* structures whose sources a course does not have are normal */
    if (strcmp(source, "Custom") == 0) {
        str_add(&what, ": not applicable");
    } else {
        str_add(&what, ": ");
        clean_text(cell(r, "reason"), &what);
    }
    json_count(c->skipped, what.text);
    str_free(&what);
}

static void count_failed(struct count *c, const struct row *r)
{
    if (c->s->counts[RECORD_FAILED] > c->s->most)
        return;
    str_add(&c->failures, "  failed: ");
    add_region(&c->failures, r);
    str_add(&c->failures, ": ");
    clean_text(cell(r, "reason"), &c->failures);
    if (*cell(r, "log")) {
        str_add(&c->failures, " (");
        clean_text(cell(r, "log"), &c->failures);
        str_add(&c->failures, ")");
    }
    str_add(&c->failures, "\n");
}

static void count_time(struct count *c, const struct row *r)
{
    double seconds;
    if (!num_parse_double(cell(r, "seconds"), &seconds) || seconds <= c->slowest_s)
        return;
    c->slowest_s = seconds;
    str_free(&c->slowest);
    add_region(&c->slowest, r);
}

static void count_region(void *to, const struct row *r)
{
    struct count *c = to;
    const char *state = cell(r, "state");
    for (int i = 0; i < 3; i++)
        c->s->counts[i] += strcmp(state, record_state_names[i]) == 0;
    if (strcmp(state, record_state_names[RECORD_SKIPPED]) == 0)
        count_skipped(c, r);
    else if (strcmp(state, record_state_names[RECORD_FAILED]) == 0)
        count_failed(c, r);
    count_time(c, r);
}

/* "Custom: 12 not applicable" */
static void print_skipped(const struct summary *s, const json_t *skipped)
{
    size_t n;
    struct json_count *list = json_counts_most_first(skipped, &n);
    for (size_t i = 0; i < n && i < s->most; i++) {
        const char *reason = strchr(list[i].text, ':');
        say("  skipped: %.*s: %zu %s\n", (int)(reason - list[i].text), list[i].text, list[i].n,
            reason + 2);
    }
    if (n > s->most)
        say("  skipped: for %zu more reasons\n", n - s->most);
    free(list);
}

static void print_regions(struct count *c)
{
    const struct summary *s = c->s;
    const size_t *n = s->counts;
    say("radmill: %zu regions: %zu ok, %zu skipped, %zu failed (%s)\n", n[0] + n[1] + n[2],
        n[RECORD_OK], n[RECORD_SKIPPED], n[RECORD_FAILED], s->status);
    say("%s", str_text(&c->failures));
    if (n[RECORD_FAILED] > s->most)
        say("  failed: %zu more\n", n[RECORD_FAILED] - s->most);
    print_skipped(s, c->skipped);
    if (s->slowest && c->slowest.len)
        say("  slowest: %s: %.3g s\n", c->slowest.text, c->slowest_s);
}

/* --- what was left out --- */

static void count_left_out(void *to, const struct row *r)
{
    json_count(to, cell(r, "kind"));
}

/* "3 series, 2 structure sets, 1 file" */
static bool print_left_out(const char *path, struct err *e)
{
    static const struct {
        const char *kind, *one, *many;
    } names[] = {{"series", "series", "series"},
                 {"structure_set", "structure set", "structure sets"},
                 {"roi", "region", "regions"},
                 {"mask", "mask", "masks"},
                 {"file", "file", "files"}};
    json_t *counts = json_object();
    struct str text = {0};
    bool ok = each_row(path, count_left_out, counts, e);
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        json_int_t n = json_integer_value(json_object_get(counts, names[k].kind));
        if (n)
            str_addf(&text, "%s%" JSON_INTEGER_FORMAT " %s", text.len ? ", " : "", n,
                     n == 1 ? names[k].one : names[k].many);
    }
    if (ok)
        say("  left out: %s (%s)\n", text.len ? text.text : "nothing", path);
    str_free(&text);
    json_decref(counts);
    return ok;
}

bool summary_print(struct summary *s, struct err *e)
{
    struct count c = {.s = s, .skipped = json_object()};
    bool ok = each_row(s->status, count_region, &c, e);
    if (ok)
        print_regions(&c);
    if (ok)
        summary_print_forgiven(s->manifest);
    ok = ok && (!s->left_out || print_left_out(s->left_out, e));
    json_decref(c.skipped);
    str_free(&c.failures);
    str_free(&c.slowest);
    return ok;
}
