/* Distributions of features by region name, and what is missing where. */
#include "report/cohort.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- distributions --- */

enum { PLOT_WIDTH = 420, MOST_GROUPS = 40, MOST_DOTS = 60, MOST_MARKED = 25 };

struct spread {
    double *value; /* sorted; free() */
    size_t n;
    double lo, hi;
};

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static struct spread spread_of(const struct cohort *c, const struct cohort_group *g, size_t f)
{
    struct spread s = {.value = mem_must(calloc(g->n + 1, sizeof(double)))};
    for (size_t i = 0; i < g->n; i++)
        if (isfinite(c->region[g->region[i]].value[f]))
            s.value[s.n++] = c->region[g->region[i]].value[f];
    qsort(s.value, s.n, sizeof *s.value, by_value);
    s.lo = s.n ? s.value[0] : 0;
    s.hi = s.n ? s.value[s.n - 1] : 0;
    return s;
}

static double quantile(const struct spread *s, double share)
{
    double at = share * (double)(s->n - 1);
    size_t low = (size_t)at;
    double part = at - (double)low;
    return low + 1 < s->n ? s->value[low] * (1 - part) + s->value[low + 1] * part : s->value[low];
}

static struct shown place(const struct spread *s, double value)
{
    double share = s->hi > s->lo ? (value - s->lo) / (s->hi - s->lo) : 0.5;
    return shown_real(8 + share * (PLOT_WIDTH - 16), 4);
}

static void put_box(const struct spread *s, struct html *h)
{
    struct shown low = place(s, quantile(s, 0.25)), high = place(s, quantile(s, 0.75)),
                 middle = place(s, quantile(s, 0.5));
    html_put(h,
             "<path class=\"axis\" d=\"M{} 11H{}\"/><path class=\"box\" d=\"M{} "
             "4H{}V18H{}Z\"/><path class=\"axis\" d=\"M{} 3V19\" stroke-width=\"2\"/>",
             place(s, s->lo).text, place(s, s->hi).text, low.text, high.text, low.text,
             middle.text);
}

/* Every value while there are few, outliers always. */
static void put_dots(const struct cohort *c, const struct cohort_group *g, size_t f,
                     const struct spread *s, struct html *h)
{
    size_t marked = 0;
    for (size_t i = 0; i < g->n; i++) {
        const struct cohort_region *r = &c->region[g->region[i]];
        if (isfinite(r->value[f]) && !r->is_outlier[f] && s->n <= MOST_DOTS)
            html_put(h, "<circle class=\"bar\" cx=\"{}\" cy=\"11\" r=\"3\"/>",
                     place(s, r->value[f]).text);
    }
    for (size_t i = 0; i < g->n; i++) {
        const struct cohort_region *r = &c->region[g->region[i]];
        if (r->is_outlier[f] && marked++ < MOST_MARKED) {
            struct shown x = place(s, r->value[f]);
            html_put(h, "<path class=\"out\" d=\"M{} 4l6 7l-6 7l-6 -7z\"/>", x.text);
        }
    }
}

static void put_row(const struct cohort *c, const struct cohort_group *g, size_t f, struct html *h)
{
    struct spread s = spread_of(c, g, f);
    if (s.n > 1) {
        html_put(h,
                 "<tr><th scope=\"row\"><bdi>{}</bdi><br><span class=\"dim\">{}, {}</span></th><td "
                 "class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
                 "class=\"n\">{}</td><td>",
                 g->name, g->modality, g->source, shown_int((long long)s.n).text,
                 shown_real(s.lo, 4).text, shown_real(quantile(&s, 0.5), 4).text,
                 shown_real(s.hi, 4).text);
        html_put(h, "<svg width=\"420\" height=\"22\" aria-hidden=\"true\">");
        if (s.n > 3)
            put_box(&s, h);
        put_dots(c, g, f, &s, h);
        html_put(h, "</svg></td></tr>\n");
    }
    free(s.value);
}

static void put_outliers(const struct cohort *c, struct html *h)
{
    enum { MOST = 200 };
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        for (size_t f = 0; f < c->features; f++)
            n += c->region[i].is_outlier[f];
    html_put(h,
             "<h3>Outliers</h3>\n<p>{} value(s) lie more than 3.5 scaled median absolute "
             "deviations from the median of their region name (modality and source alike; groups "
             "of at least 5). A diamond marks them above.</p>\n",
             shown_int((long long)n).text);
    if (!n)
        return;
    html_put(
        h,
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Outliers\"><table "
        "class=\"sort\"><thead><tr><th scope=\"col\">patient</th><th scope=\"col\">region</th><th "
        "scope=\"col\">feature</th><th scope=\"col\" class=\"n\">value</th></tr></thead><tbody>\n");
    size_t shown = 0;
    for (size_t i = 0; i < c->n; i++)
        for (size_t f = 0; f < c->features; f++) {
            const struct cohort_region *r = &c->region[i];
            if (!r->is_outlier[f] || shown++ >= MOST)
                continue;
            html_put(h, "<tr><td><bdi>{}</bdi></td><td>", r->patient);
            cohort_link(c, r, "report/", h);
            html_put(h, "</td><td>{}</td><td class=\"n\">{}</td></tr>\n", c->feature[f],
                     shown_real(r->value[f], 5).text);
        }
    html_put(h, "</tbody></table></div>\n");
    if (n > MOST)
        html_put(h, "<p>The first 200 are listed; <a href=\"./report/regions.html\">all "
                    "regions</a> marks every one.</p>\n");
}

/* Names that several regions share, as many as are drawn. */
static size_t shared_groups(const struct cohort *c, const struct cohort_group **out, size_t *all)
{
    size_t n = 0;
    *all = 0;
    for (size_t g = 0; g < c->groups; g++) {
        if (c->group[g].n < 2)
            continue;
        ++*all;
        if (n < MOST_GROUPS)
            out[n++] = &c->group[g];
    }
    return n;
}

static void put_feature(const struct cohort *c, const struct cohort_group *const *group, size_t n,
                        size_t f, struct html *h)
{
    html_put(h,
             "<details open><summary><b>{}</b></summary>\n<div class=\"wide\" tabindex=\"0\" "
             "role=\"region\" aria-label=\"{}\"><table><thead><tr><th scope=\"col\">region</th>"
             "<th scope=\"col\" class=\"n\">n</th><th scope=\"col\" class=\"n\">least</th>"
             "<th scope=\"col\" class=\"n\">median</th><th scope=\"col\" class=\"n\">greatest</th>"
             "<th scope=\"col\">distribution</th></tr></thead><tbody>\n",
             c->feature[f], c->feature[f]);
    for (size_t g = 0; g < n; g++)
        put_row(c, group[g], f, h);
    html_put(h, "</tbody></table></div></details>\n");
}

void cohort_distributions(const struct cohort *c, struct html *h)
{
    const struct cohort_group *group[MOST_GROUPS];
    size_t all, n = shared_groups(c, group, &all);
    html_put(h, "<h2>Distributions</h2>\n");
    if (!n || !c->features) {
        html_put(h, "<p>There is nothing to compare: no two regions of one name, or none of the "
                    "features that are shown here.</p>\n");
        return;
    }
    html_put(h, "<p class=\"dim\">Each line runs from the least to the greatest value of a region "
                "name; the box holds the middle half.</p>\n");
    for (size_t f = 0; f < c->features; f++)
        put_feature(c, group, n, f, h);
    if (all > n)
        html_put(h, "<p>{} more region names are not drawn.</p>\n",
                 shown_int((long long)(all - n)).text);
    put_outliers(c, h);
}

/* --- what is missing where --- */

enum { MOST_COLUMNS = 60, MOST_PATIENTS = 2000, NAMED_PATIENTS = 100, LEFT = 150, CELL = 16 };
enum cell { CELL_GONE, CELL_FAILED, CELL_SKIPPED, CELL_OK };

/* The best state of each name in each patient: cell[patient * groups + group]. Patients are those
 * of the courses, which are sorted by them. */
static unsigned char *fill_cells(const struct cohort *c, const char **patient)
{
    unsigned char *cell = mem_must(calloc(c->patients * c->groups + 1, 1));
    size_t p = 0;
    for (size_t i = 0; i < c->courses; i++)
        if (i == 0 || strcmp(c->course[i].patient, c->course[i - 1].patient) != 0)
            patient[p++] = c->course[i].patient;
    for (size_t i = 0, at = 0; p && i < c->n; i++) {
        const struct cohort_region *r = &c->region[i];
        for (size_t k = 0; k < p && strcmp(patient[at], r->patient) != 0; k++)
            at = (at + 1) % p;
        unsigned char state = strcmp(r->state, "ok") == 0        ? CELL_OK
                              : strcmp(r->state, "skipped") == 0 ? CELL_SKIPPED
                                                                 : CELL_FAILED;
        unsigned char *mine = &cell[at * c->groups + r->group];
        if (strcmp(patient[at], r->patient) == 0 && state > *mine)
            *mine = state;
    }
    return cell;
}

static void put_cells(const struct cohort *c, const unsigned char *cell, size_t patients,
                      size_t columns, size_t height, struct html *h)
{
    static const char *const classes[] = {"gone", "out", "part", "here"};
    for (int state = CELL_GONE; state <= CELL_OK; state++) {
        struct str path = {0};
        for (size_t p = 0; p < patients; p++)
            for (size_t g = 0; g < columns; g++) {
                size_t first = g;
                while (g < columns && cell[p * c->groups + g] == state)
                    g++;
                if (g > first) /* a bar of a failure is half as high: not colour alone */
                    str_addf(&path, "M%zu %zuh%zuv%zuh-%zuz", LEFT + first * CELL, 20 + p * height,
                             (g - first) * CELL - 1,
                             state == CELL_SKIPPED ? height / 2 : height - (height > 4),
                             (g - first) * CELL - 1);
            }
        html_put(h, "<path class=\"{}\" d=\"{}\"/>", classes[state], str_text(&path));
        str_free(&path);
    }
}

static void put_missing_table(const struct cohort *c, const unsigned char *cell, size_t columns,
                              struct html *h)
{
    html_put(
        h,
        "<table class=\"sort\"><thead><tr><th scope=\"col\" class=\"n\">column</th><th "
        "scope=\"col\">region</th><th scope=\"col\">modality</th><th scope=\"col\">source</th><th "
        "scope=\"col\" class=\"n\">patients without it</th></tr></thead><tbody>\n");
    for (size_t g = 0; g < columns; g++) {
        size_t missing = 0;
        for (size_t p = 0; p < c->patients; p++)
            missing += cell[p * c->groups + g] != CELL_OK;
        html_put(h,
                 "<tr><td class=\"n\">{}</td><td><bdi>{}</bdi></td><td>{}</td><td>{}</td><td "
                 "class=\"n\">{}</td></tr>\n",
                 shown_int((long long)g + 1).text, c->group[g].name, c->group[g].modality,
                 c->group[g].source, shown_int((long long)missing).text);
    }
    html_put(h, "</tbody></table>\n");
}

void cohort_heat_map(const struct cohort *c, struct html *h)
{
    if (!c->groups || !c->patients)
        return;
    const char **patient = mem_must(calloc(c->patients + 1, sizeof *patient));
    unsigned char *cell = fill_cells(c, patient);
    size_t columns = c->groups < MOST_COLUMNS ? c->groups : MOST_COLUMNS,
           patients = c->patients < MOST_PATIENTS ? c->patients : MOST_PATIENTS;
    bool named = patients <= NAMED_PATIENTS;
    size_t height = named ? 16 : 3;
    html_put(
        h,
        "<h2>Missing regions</h2>\n<p>Patients down, region names across (numbers as in the table "
        "below): red is not there, or failed; half a bar was skipped; pale was measured.</p>\n");
    html_put(h,
             "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Map of missing "
             "regions\"><svg width=\"{}\" height=\"{}\" role=\"img\" aria-label=\"Which patients "
             "lack which regions; the table below has the counts\">",
             shown_int((long long)(LEFT + columns * CELL + 10)).text,
             shown_int((long long)(24 + patients * height)).text);
    for (size_t g = 0; g < columns; g++)
        html_put(h, "<text x=\"{}\" y=\"14\" font-size=\"10\">{}</text>",
                 shown_int((long long)(LEFT + g * CELL)).text, shown_int((long long)g + 1).text);
    for (size_t p = 0; named && p < patients; p++)
        html_put(h, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
                 shown_int(LEFT - 6).text, shown_int((long long)(32 + p * height)).text,
                 patient[p]);
    put_cells(c, cell, patients, columns, height, h);
    html_put(h, "</svg></div>\n");
    put_missing_table(c, cell, columns, h);
    if (c->groups > columns || c->patients > patients)
        html_put(h, "<p>Not all are drawn: {} names and {} patients are there.</p>\n",
                 shown_int((long long)c->groups).text, shown_int((long long)c->patients).text);
    free(cell);
    free(patient);
}
