/* Distributions of features by region name, and outliers. */
#include "report/cohort.h"

#include "base/mem.h"
#include "base/num.h"

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

static struct spread spread_of(const struct cohort *c, const struct cohort_group *g, size_t f)
{
    struct spread s = {.value = mem_must(calloc(g->n + 1, sizeof(double)))};
    for (size_t i = 0; i < g->n; i++)
        if (isfinite(c->region[g->region[i]].value[f]))
            s.value[s.n++] = c->region[g->region[i]].value[f];
    qsort(s.value, s.n, sizeof *s.value, num_ascending);
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

/* A mark that leads to its region; the table of outliers has the same links for the keyboard. */
static void put_outlier(const struct cohort *c, const struct cohort_region *r, size_t f,
                        const struct spread *s, struct html *h)
{
    struct str href = {0};
    cohort_href(c, r, &href);
    html_put(h, "<a href=\"./{}{}\" tabindex=\"-1\">", href.len ? "report/" : "report.html",
             str_text(&href));
    html_put(h, "<title>{}: {}</title><path class=\"out\" d=\"M{} 4l6 7l-6 7l-6 -7z\"/></a>",
             r->patient, shown_real(r->value[f], 5).text, place(s, r->value[f]).text);
    str_free(&href);
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
        if (r->is_outlier[f] && marked++ < MOST_MARKED)
            put_outlier(c, r, f, s, h);
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

/* --- outliers --- */

struct outlier {
    const struct cohort_region *region;
    size_t feature;
};

/* The furthest first, equal ones in the order of the table. */
static int by_deviation(const void *a, const void *b)
{
    const struct outlier *x = a, *y = b;
    double dx = fabs(x->region->deviation[x->feature]), dy = fabs(y->region->deviation[y->feature]);
    if (dx != dy)
        return dx < dy ? 1 : -1;
    if (x->region != y->region)
        return x->region > y->region ? 1 : -1;
    return (x->feature > y->feature) - (x->feature < y->feature);
}

static struct outlier *list_outliers(const struct cohort *c, size_t *n)
{
    struct outlier *list = NULL;
    size_t room = *n = 0;
    for (size_t i = 0; i < c->n; i++)
        for (size_t f = 0; f < c->features; f++) {
            if (!c->region[i].is_outlier[f])
                continue;
            if (*n == room)
                list = mem_grow(list, room = 2 * room + 64, sizeof *list);
            list[(*n)++] = (struct outlier){&c->region[i], f};
        }
    if (*n)
        qsort(list, *n, sizeof *list, by_deviation);
    return list;
}

static void put_outlier_row(const struct cohort *c, const struct outlier *o, struct html *h)
{
    const struct cohort_region *r = o->region;
    html_put(h, "<tr><td><bdi>{}</bdi></td><td>", r->patient);
    cohort_link(c, r, "report/", h);
    html_put(h, "</td><td>{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
             r->source, c->feature[o->feature], shown_real(r->value[o->feature], 5).text,
             shown_real(r->deviation[o->feature], 3).text);
}

static void put_outliers(const struct cohort *c, struct html *h)
{
    enum { MOST = 200 };
    size_t n;
    struct outlier *list = list_outliers(c, &n);
    html_put(
        h,
        "<h2 id=\"outliers\">Outliers</h2>\n<p>Values that are more than 3.5 scaled median "
        "absolute deviations from the median of their region name (of one modality and source; "
        "groups of at least 5): {}. A diamond marks them above and leads to the pictures. "
        "An outlier is a reason to look, not to exclude.</p>\n",
        shown_int((long long)n).text);
    if (n)
        html_put(
            h, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Outliers\"><table "
               "class=\"sort ids\"><thead><tr><th scope=\"col\">patient</th><th "
               "scope=\"col\">region</th>"
               "<th scope=\"col\">source</th><th scope=\"col\">feature</th><th scope=\"col\" "
               "class=\"n\">value</th><th scope=\"col\" class=\"n\">deviations from the "
               "median</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < n && i < MOST; i++)
        put_outlier_row(c, &list[i], h);
    if (n)
        html_put(h, "</tbody></table></div>\n");
    if (n > MOST)
        html_put(h, "<p>The 200 furthest are listed; <a href=\"./report/regions.html\">all "
                    "regions</a> marks every one.</p>\n");
    free(list);
}

/* --- all of it --- */

/* Names that several regions share, the most frequent first, as many as are drawn. */
static size_t shared_groups(const struct cohort *c, const struct cohort_group **out, size_t *all)
{
    size_t n = 0, *order = cohort_by_size(c);
    *all = 0;
    for (size_t i = 0; i < c->groups && c->group[order[i]].n > 1; i++) {
        ++*all;
        if (n < MOST_GROUPS)
            out[n++] = &c->group[order[i]];
    }
    free(order);
    return n;
}

static void put_feature(const struct cohort *c, const struct cohort_group *const *group, size_t n,
                        size_t f, struct html *h)
{
    html_put(h,
             "<details open><summary><b>{}</b>{}{}{}</summary>\n<div class=\"wide\" tabindex=\"0\" "
             "role=\"region\" aria-label=\"{}\"><table><thead><tr><th scope=\"col\">region</th>"
             "<th scope=\"col\" class=\"n\">n</th><th scope=\"col\" class=\"n\">least</th>"
             "<th scope=\"col\" class=\"n\">median</th><th scope=\"col\" class=\"n\">greatest</th>"
             "<th scope=\"col\">distribution</th></tr></thead><tbody>\n",
             c->feature[f], *c->unit[f] ? " (" : "", c->unit[f], *c->unit[f] ? ")" : "",
             c->feature[f]);
    for (size_t g = 0; g < n; g++)
        put_row(c, group[g], f, h);
    html_put(h, "</tbody></table></div></details>\n");
}

void cohort_distributions(const struct cohort *c, struct html *h)
{
    const struct cohort_group *group[MOST_GROUPS];
    size_t all, n = shared_groups(c, group, &all);
    html_put(h, "<h2 id=\"distributions\">Distributions</h2>\n");
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
