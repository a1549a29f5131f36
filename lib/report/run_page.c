#include "report/run_page.h"

#include "base/mem.h"
#include "base/num.h"
#include "io/atomic.h"
#include "io/json.h"
#include "report/page.h"
#include "report/rows.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- the run --- */

static void put_member(struct html *h, const char *name, const json_t *value)
{
    const char *text = json_string_value(value);
    struct shown number = json_is_integer(value) ? shown_int((long long)json_integer_value(value))
                                                 : shown_real(json_number_value(value), 4);
    if (text || json_is_number(value))
        html_put(h, "<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", name,
                 text ? text : number.text);
}

static void put_object(struct html *h, const char *title, const json_t *object)
{
    const char *key;
    json_t *value;
    if (!json_object_size(object))
        return;
    html_put(h,
             "<h2>{}</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" "
             "aria-label=\"{}\"><table><tbody>\n",
             title, title);
    json_object_foreach((json_t *)object, key, value) put_member(h, key, value);
    html_put(h, "</tbody></table></div>\n");
}

/* --- time and memory --- */

struct cost {
    char *what;
    double seconds, peak_mb;
};

static int by_seconds(const void *a, const void *b)
{
    const struct cost *x = a, *y = b;
    return x->seconds != y->seconds ? (x->seconds < y->seconds ? 1 : -1) : strcmp(x->what, y->what);
}

static int by_memory(const void *a, const void *b)
{
    const struct cost *x = a, *y = b;
    return x->peak_mb != y->peak_mb ? (x->peak_mb < y->peak_mb ? 1 : -1) : strcmp(x->what, y->what);
}

static bool read_costs(const char *status, struct cost **out, size_t *count, struct err *e)
{
    struct rows rows;
    size_t n = 0;
    *out = NULL;
    *count = 0;
    if (access(status, F_OK) != 0)
        return true;
    if (!rows_open(&rows, status, e))
        return false;
    while (rows_next(&rows)) {
        struct str what = {0};
        struct cost c = {0};
        if (!num_parse_double(rows_get(&rows, "seconds"), &c.seconds))
            c.seconds = 0;
        if (!num_parse_double(rows_get(&rows, "peak_mb"), &c.peak_mb))
            c.peak_mb = 0;
        str_addf(&what, "%s, %s, %s, %s", rows_get(&rows, "patient_id"),
                 rows_get(&rows, "course_id"), rows_get(&rows, "segmentation_source"),
                 rows_get(&rows, "roi_name"));
        c.what = str_take(&what);
        *out = mem_grow(*out, n + 1, sizeof **out);
        (*out)[n++] = c;
    }
    rows_close(&rows);
    *count = n;
    return true;
}

static void put_top(struct html *h, const char *title, const struct cost *cost, size_t n)
{
    enum { MOST = 20 };
    html_put(h,
             "<h2>{}</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" "
             "aria-label=\"{}\"><table class=\"sort\"><thead><tr><th "
             "scope=\"col\">region</th><th scope=\"col\" class=\"n\">seconds</th>"
             "<th scope=\"col\" class=\"n\">MB</th></tr></thead><tbody>\n",
             title, title);
    for (size_t i = 0; i < n && i < MOST; i++)
        html_put(
            h, "<tr><td><bdi>{}</bdi></td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
            cost[i].what, shown_real(cost[i].seconds, 3).text, shown_real(cost[i].peak_mb, 3).text);
    html_put(h, "</tbody></table></div>\n");
}

static bool put_costs(struct html *h, const char *status, struct err *e)
{
    struct cost *cost;
    size_t n;
    if (!read_costs(status, &cost, &n, e))
        return false;
    double seconds = 0, peak_mb = 0;
    for (size_t i = 0; i < n; i++) {
        seconds += cost[i].seconds;
        peak_mb = cost[i].peak_mb > peak_mb ? cost[i].peak_mb : peak_mb;
    }
    if (n) {
        html_put(h,
                 "<p>The features of all regions took {} s in sum; the largest process needed {} "
                 "MB. Both are of the run that measured a "
                 "region, which may be an earlier one.</p>\n",
                 shown_real(seconds, 4).text, shown_real(peak_mb, 4).text);
        qsort(cost, n, sizeof *cost, by_seconds);
        put_top(h, "Slowest regions", cost, n);
        qsort(cost, n, sizeof *cost, by_memory);
        put_top(h, "Largest regions in memory", cost, n);
    }
    for (size_t i = 0; i < n; i++)
        free(cost[i].what);
    free(cost);
    return true;
}

bool run_page_write(const char *run_json, const char *status, const char *out, struct err *e)
{
    static const char *const members[] = {"outcome", "reason",  "radmill",    "started",
                                          "ended",   "seconds", "exit_status"};
    json_t *run = json_read(run_json, e);
    if (!run)
        return false;
    struct html h = {{0}};
    page_begin(&h, "radmill: the last run");
    html_put(&h, "<nav><a href=\"./report.html\">The cohort</a></nav>\n<h1>The last run: {}</h1>\n",
             json_get_text(run, "outcome", ""));
    if (!json_is_true(json_object_get(run, "tables_are_of_this_run")))
        html_put(&h, "<p>This run did not come to its tables: those that are there, and the "
                     "report, are of an earlier one.</p>\n");
    html_put(&h, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"The "
                 "run\"><table><tbody>\n");
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        put_member(&h, members[i], json_object_get(run, members[i]));
    html_put(&h, "</tbody></table></div>\n");
    bool ok = put_costs(&h, status, e);
    put_object(&h, "Settings", json_object_get(run, "settings"));
    put_object(&h, "Digests (SHA-1)", json_object_get(run, "digests"));
    page_end(&h);
    page_script(&h);
    html_put(&h, "</body>\n</html>\n");
    ok = ok && out_write(out, h.out.text, h.out.len, true, e);
    str_free(&h.out);
    json_decref(run);
    return ok;
}
