/* The first screen of the cohort: numbers, what was left out, settings, courses. */
#include "report/cohort.h"

#include "io/json.h"
#include "io/json_count.h"
#include "report/course_page.h"
#include "report/page.h"
#include "version.h"

#include <stdlib.h>
#include <string.h>

/* --- counts by a text --- */

/* The most frequent ones, as a table of two columns. */
static void put_counts(struct html *h, const json_t *counts, const char *what, const char *rest)
{
    enum { MOST = 15 };
    size_t n;
    struct json_count *list = json_counts_most_first(counts, &n);
    html_put(h,
             "<table><thead><tr><th scope=\"col\" class=\"n\">how many</th><th "
             "scope=\"col\">{}</th></tr></thead><tbody>\n",
             what);
    for (size_t i = 0; i < n && i < MOST; i++)
        html_put(h, "<tr><td class=\"n\">{}</td><td>{}</td></tr>\n",
                 shown_int((long long)list[i].n).text, list[i].text);
    html_put(h, "</tbody></table>\n");
    if (n > MOST)
        html_put(h, "<p class=\"dim\">and {} other reasons, in <a href=\"./{}\">{}</a></p>\n",
                 shown_int((long long)(n - MOST)).text, rest, rest);
    free(list);
}

/* --- the first screen --- */

/* style: of a number that asks for a look; it is only used when there is one */
static void put_tile(struct html *h, size_t n, const char *what, const char *style)
{
    if (n && *style)
        html_put(h, "<li class=\"{}\">", style);
    else
        html_put(h, "<li>");
    html_put(h, "<b>{}</b>{}</li>\n", shown_int((long long)n).text, what);
}

static size_t in_state(const struct cohort *c, const char *state)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        n += strcmp(c->region[i].state, state) == 0;
    return n;
}

static void put_modalities(const struct cohort *c, struct html *h)
{
    size_t n;
    json_t *counts = json_object();
    for (size_t i = 0; i < c->courses; i++)
        json_count(counts, *c->course[i].modality ? c->course[i].modality : "unknown");
    struct json_count *list = json_counts_most_first(counts, &n);
    html_put(h, "<p>Courses by modality:");
    for (size_t i = 0; i < n; i++)
        html_put(h, "{} {} {}", i ? "," : "", list[i].text, shown_int((long long)list[i].n).text);
    html_put(h, ". Made by radmill {}.</p>\n", RADMILL_VERSION);
    free(list);
    json_decref(counts);
}

static void put_sources(const struct cohort *c, struct html *h)
{
    static const char *const states[] = {"ok", "skipped", "failed"};
    json_t *sources = json_object();
    const char *source;
    json_t *ignored;
    for (size_t i = 0; i < c->n; i++)
        json_count(sources, c->region[i].source);
    html_put(h, "<table><caption class=\"dim\">Regions by source and state</caption><thead><tr><th "
                "scope=\"col\">source</th>");
    for (int s = 0; s < 3; s++)
        html_put(h, "<th scope=\"col\" class=\"n\">{}</th>", states[s]);
    html_put(h, "</tr></thead><tbody>\n");
    json_object_foreach(sources, source, ignored)
    {
        html_put(h, "<tr><th scope=\"row\">{}</th>", source);
        for (int s = 0; s < 3; s++) {
            size_t n = 0;
            for (size_t i = 0; i < c->n; i++)
                n += strcmp(c->region[i].source, source) == 0 &&
                     strcmp(c->region[i].state, states[s]) == 0;
            html_put(h, "<td class=\"n\">{}</td>", shown_int((long long)n).text);
        }
        html_put(h, "</tr>\n");
    }
    html_put(h, "</tbody></table>\n");
    json_decref(sources);
}

static void put_first_screen(const struct cohort *c, struct html *h)
{
    html_put(h, "<h1>The cohort</h1>\n<ul class=\"tiles\">\n");
    put_tile(h, c->patients, "patients", "");
    put_tile(h, c->courses, "courses", "");
    put_tile(h, in_state(c, "ok"), "regions measured", "");
    put_tile(h, in_state(c, "skipped"), "regions skipped", "skipped");
    put_tile(h, in_state(c, "failed"), "regions failed", "failed");
    put_tile(h, c->n_left_out, "files and others not used", "");
    html_put(
        h,
        "</ul>\n<p>Tables: <a href=\"./radiomics.csv\">radiomics.csv</a> (the features), <a "
        "href=\"./status.csv\">"
        "status.csv</a> (what became of every region), <a "
        "href=\"./left_out.csv\">left_out.csv</a> (what was "
        "not used), <a href=\"./courses.csv\">courses.csv</a> (how images were acquired). Also: "
        "<a href=\"./methods.md\">methods.md</a> (what was done, for a paper), <a href=\"./report/"
        "regions.html\">all regions</a>, "
        "<a href=\"./run.html\">the last run</a> (time, memory, outcome).</p>\n");
    put_modalities(c, h);
    put_sources(c, h);
}

static void put_reasons(const struct cohort *c, struct html *h)
{
    json_t *counts = cohort_reasons(c);
    html_put(h, "<h2 id=\"why\">What is missing, and why</h2>\n");
    if (!json_object_size(counts) && !c->n_left_out)
        html_put(h, "<p>Nothing: every region that was found was measured.</p>\n");
    if (json_object_size(counts))
        put_counts(h, counts, "regions that were not measured: reason", "status.csv");
    if (c->n_left_out)
        put_counts(h, c->left_out,
                   "files, series, structure sets, masks that were not used: reason",
                   "left_out.csv");
    json_decref(counts);
}

static void put_settings(const struct cohort *c, struct html *h)
{
    size_t i;
    const json_t *pair;
    html_put(h, "<h2 id=\"settings\">Settings in force</h2>\n<dl class=\"pairs\">\n");
    json_array_foreach(json_object_get(c->job, "settings"), i, pair)
    {
        const char *name = json_string_value(json_array_get(pair, 0)),
                   *value = json_string_value(json_array_get(pair, 1));
        html_put(h, "<div><dt>{}</dt><dd>{}</dd></div>\n", name ? name : "", value ? value : "");
    }
    html_put(h, "</dl>\n");
}

static void put_contents(struct html *h)
{
    html_put(h, "<nav aria-label=\"On this page\"><a href=\"#why\">What is missing</a> <a "
                "href=\"#settings\">Settings</a> <a href=\"#courses\">Courses</a> <a "
                "href=\"#distributions\">Distributions and outliers</a> <a "
                "href=\"#missing\">Missing regions</a></nav>\n");
}

/* --- courses and regions --- */

static void put_filter(struct html *h, const char *what)
{
    html_put(h,
             "<div class=\"filter js\"><label>Search {}: <input id=\"filter\" "
             "type=\"search\"></label><label>State: <select id=\"state\">"
             "<option "
             "value=\"\">any</option><option>ok</option><option>skipped</option><option>failed</"
             "option><option>outlier</option></select></label>"
             "<span id=\"shown\" role=\"status\"></span></div>\n",
             what);
}

static void put_course(const struct cohort_course *k, struct html *h)
{
    struct str states = {0};
    str_addf(&states, "%s%s%s%s", k->ok ? "ok " : "", k->skipped ? "skipped " : "",
             k->failed ? "failed " : "", k->outliers ? "outlier" : "");
    html_put(h,
             "<tr data-state=\"{}\"><td><bdi>{}</bdi></td><td><a "
             "href=\"./report/{}.html\">{}</a></td><td>{}</td>",
             str_text(&states), k->patient, k->dir, k->id, k->modality);
    str_free(&states);
    const size_t counts[] = {k->ok, k->skipped, k->failed, k->outliers};
    for (int i = 0; i < 4; i++)
        html_put(h, "<td class=\"n\">{}</td>", shown_int((long long)counts[i]).text);
    html_put(h, "</tr>\n");
}

/* A page stays below 2 MB, whatever the cohort; plots and map have the rest. */
enum { MOST_COURSE_BYTES = 1200000, MOST_REGION_BYTES = 1900000 };

static void put_courses(const struct cohort *c, struct html *h)
{
    html_put(
        h,
        "<h2 id=\"courses\">Courses</h2>\n<p>Each has a page with pictures of its regions.</p>\n");
    put_filter(h, "courses");
    html_put(h, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Courses\"><table "
                "id=\"filtered\" class=\"sort ids\"><thead><tr><th scope=\"col\">patient</th><th "
                "scope=\"col\">course</th><th scope=\"col\">modality</th>"
                "<th scope=\"col\" class=\"n\">ok</th><th scope=\"col\" "
                "class=\"n\">skipped</th><th scope=\"col\" class=\"n\">failed</th><th "
                "scope=\"col\" class=\"n\">outliers</th></tr></thead>\n<tbody>\n");
    size_t i = 0;
    for (; i < c->courses && h->out.len < MOST_COURSE_BYTES; i++)
        put_course(&c->course[i], h);
    html_put(h, "</tbody></table></div>\n");
    if (i < c->courses)
        html_put(h,
                 "<p>There are {} more courses: <a href=\"./report/regions.html\">all regions</a>, "
                 "<a href=\"./courses.csv\">courses.csv</a>.</p>\n",
                 shown_int((long long)(c->courses - i)).text);
}

void cohort_page(const struct cohort *c, struct html *h)
{
    page_begin(h, "radmill: the cohort");
    put_first_screen(c, h);
    put_contents(h);
    put_reasons(c, h);
    put_settings(c, h);
    put_courses(c, h);
    cohort_distributions(c, h);
    cohort_heat_map(c, h);
    page_end(h);
    page_script(h);
    html_put(h, "</body>\n</html>\n");
}

static void put_region(const struct cohort *c, const struct cohort_region *r, struct html *h)
{
    bool outlier = false;
    for (size_t f = 0; f < c->features; f++)
        outlier = outlier || r->is_outlier[f];
    html_put(h, "<tr data-state=\"{}{}\"><td><bdi>{}</bdi><td>", r->state,
             outlier ? " outlier" : "", r->patient);
    cohort_link(c, r, "", h);
    html_put(h, "<td>{}{}<td>{}<td>{}\n", r->state, outlier ? ", outlier" : "", r->source,
             r->reason);
}

void cohort_regions_page(const struct cohort *c, struct html *h)
{
    size_t i = 0;
    page_begin(h, "radmill: all regions");
    html_put(
        h, "<nav><a href=\"../report.html\">Back to the cohort</a></nav>\n<h1>All regions</h1>\n");
    put_filter(h, "regions");
    html_put(h,
             "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Regions\"><table "
             "id=\"filtered\" class=\"sort why ids\"><thead><tr><th scope=\"col\">patient</th><th "
             "scope=\"col\">region</th><th scope=\"col\">state</th><th scope=\"col\">source</th>"
             "<th scope=\"col\">reason</th></tr></thead>\n<tbody>\n");
    for (; i < c->n && h->out.len < MOST_REGION_BYTES; i++)
        put_region(c, &c->region[i], h);
    html_put(h, "</tbody></table></div>\n");
    if (i < c->n)
        html_put(
            h, "<p>The table has {} more regions: <a href=\"../status.csv\">status.csv</a>.</p>\n",
            shown_int((long long)(c->n - i)).text);
    page_end(h);
    page_script(h);
    html_put(h, "</body>\n</html>\n");
}
