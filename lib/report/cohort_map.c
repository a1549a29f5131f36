/* Which patients lack which regions: a map of patients and names, and a table of counts. */
#include "report/cohort.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_COLUMNS = 60,
    MOST_PATIENTS = 2000,
    NAMED_PATIENTS = 150,
    LEFT = 150, /* of the first column; names of patients end there */
    TOP = 132,  /* of the first row; names of regions stand above it */
    CELL = 16
};

/* Ascending: of several regions of one name the best one counts. */
enum cell { CELL_NO_IMAGE, CELL_GONE, CELL_FAILED, CELL_SKIPPED, CELL_OK, CELLS };

static const struct {
    const char *style, *what;
} looks[CELLS] = {
    [CELL_GONE] = {"gone", "not there"},
    [CELL_FAILED] = {"out", "failed"},
    [CELL_SKIPPED] = {"part", "skipped"},
    [CELL_OK] = {"here", "measured"},
};

struct map {
    const struct cohort *c;
    const char **patient;
    size_t *order;                    /* of the groups: columns */
    unsigned char *cell;              /* [patient * c->groups + column] */
    size_t patients, columns, height; /* that are drawn; of a row */
};

/* --- filling --- */

static unsigned char *cell_at(const struct map *m, size_t patient, size_t column)
{
    return &m->cell[patient * m->c->groups + column];
}

/* Patients are those of the courses, which are sorted by them; each can have what is of a modality
 * of his images. */
static size_t fill_patients(struct map *m)
{
    const struct cohort *c = m->c;
    size_t p = 0;
    for (size_t i = 0; i < c->courses; i++) {
        if (i == 0 || strcmp(c->course[i].patient, c->course[i - 1].patient) != 0)
            m->patient[p++] = c->course[i].patient;
        for (size_t k = 0; k < c->groups; k++)
            if (strcmp(c->group[m->order[k]].modality, c->course[i].modality) == 0)
                *cell_at(m, p - 1, k) = CELL_GONE;
    }
    return p;
}

static enum cell cell_of(const char *state)
{
    return strcmp(state, "ok") == 0        ? CELL_OK
           : strcmp(state, "skipped") == 0 ? CELL_SKIPPED
                                           : CELL_FAILED;
}

static void fill_regions(struct map *m, size_t patients)
{
    const struct cohort *c = m->c;
    size_t *column = mem_must(calloc(c->groups + 1, sizeof *column));
    for (size_t k = 0; k < c->groups; k++)
        column[m->order[k]] = k;
    for (size_t i = 0, at = 0; patients && i < c->n; i++) {
        const struct cohort_region *r = &c->region[i];
        for (size_t k = 0; k < patients && strcmp(m->patient[at], r->patient) != 0; k++)
            at = (at + 1) % patients;
        unsigned char *mine = cell_at(m, at, column[r->group]);
        if (strcmp(m->patient[at], r->patient) == 0 && cell_of(r->state) > *mine)
            *mine = (unsigned char)cell_of(r->state);
    }
    free(column);
}

static struct map map_make(const struct cohort *c)
{
    struct map m = {.c = c,
                    .patient = mem_must(calloc(c->patients + 1, sizeof *m.patient)),
                    .order = cohort_by_size(c),
                    .cell = mem_must(calloc(c->patients * c->groups + 1, 1)),
                    .patients = c->patients < MOST_PATIENTS ? c->patients : MOST_PATIENTS,
                    .columns = c->groups < MOST_COLUMNS ? c->groups : MOST_COLUMNS};
    m.height = m.patients <= NAMED_PATIENTS ? CELL : 3;
    fill_regions(&m, fill_patients(&m));
    return m;
}

static void map_free(struct map *m)
{
    free(m->patient);
    free(m->order);
    free(m->cell);
}

/* --- drawing --- */

/* States differ by form, too: whole, a triangle, the upper half, a thin line. */
static void add_run(struct str *path, enum cell state, size_t x, size_t y, size_t cells,
                    size_t height)
{
    size_t wide = cells * CELL - 1, high = height - (height > 4);
    if (state == CELL_FAILED && height > 4)
        for (size_t i = 0; i < cells; i++)
            str_addf(path, "M%zu %zuh%dv%zuz", x + i * CELL, y, CELL - 1, high);
    else if (state == CELL_SKIPPED && height > 4)
        str_addf(path, "M%zu %zuh%zuv%zuh-%zuz", x, y, wide, height / 2, wide);
    else if (state == CELL_OK && height > 4)
        str_addf(path, "M%zu %zuh%zuv2h-%zuz", x, y + height / 2 - 1, wide, wide);
    else
        str_addf(path, "M%zu %zuh%zuv%zuh-%zuz", x, y, wide, high, wide);
}

static void put_cells(const struct map *m, struct html *h)
{
    for (int state = CELL_GONE; state < CELLS; state++) {
        struct str path = {0};
        for (size_t p = 0; p < m->patients; p++)
            for (size_t k = 0; k < m->columns; k++) {
                size_t first = k;
                while (k < m->columns && *cell_at(m, p, k) == state)
                    k++;
                if (k > first)
                    add_run(&path, (enum cell)state, LEFT + first * CELL, TOP + p * m->height,
                            k - first, m->height);
            }
        html_put(h, "<path class=\"{}\" d=\"{}\"/>", looks[state].style, str_text(&path));
        str_free(&path);
    }
}

/* "12 Spinal Cord (MR)", cut to what has room. */
static void put_column_name(const struct map *m, size_t k, struct html *h)
{
    enum { MOST = 22 };
    const struct cohort_group *g = &m->c->group[m->order[k]];
    size_t n = strlen(g->name), cut = 0, points = 0;
    while (cut < n && points < MOST) {
        size_t length = utf8_length(g->name + cut, n - cut);
        cut += length ? length : 1;
        points++;
    }
    struct str name = {0};
    str_add_n(&name, g->name, cut);
    struct shown x = shown_int((long long)(LEFT + k * CELL + 12)), y = shown_int(TOP - 6);
    html_put(h, "<text x=\"{}\" y=\"{}\" transform=\"rotate(-60 {} {})\">{} {}{}</text>", x.text,
             y.text, x.text, y.text, shown_int((long long)k + 1).text, str_text(&name),
             cut < n ? "\xe2\x80\xa6" : "");
    str_free(&name);
}

static void put_legend(struct html *h)
{
    html_put(h, "<p class=\"key\">Patients down, region names across, the most frequent first:");
    for (int state = CELL_GONE; state < CELLS; state++) {
        struct str path = {0};
        add_run(&path, (enum cell)state, 1, 1, 1, CELL);
        html_put(h,
                 " <svg width=\"17\" height=\"17\" aria-hidden=\"true\"><path class=\"{}\" "
                 "d=\"{}\"/></svg> {}",
                 looks[state].style, str_text(&path), looks[state].what);
        str_free(&path);
    }
    html_put(h, "; empty: the patient has no image of that modality.</p>\n");
}

static void put_drawing(const struct map *m, struct html *h)
{
    html_put(
        h,
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Map of missing "
        "regions\"><svg class=\"map\" width=\"{}\" height=\"{}\" role=\"img\" aria-label=\"Which "
        "patients lack which regions; the table below has the counts\">",
        shown_int((long long)(LEFT + m->columns * CELL + TOP)).text,
        shown_int((long long)(TOP + 4 + m->patients * m->height)).text);
    for (size_t k = 0; k < m->columns; k++)
        put_column_name(m, k, h);
    for (size_t p = 0; m->height == CELL && p < m->patients; p++)
        html_put(h, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
                 shown_int(LEFT - 6).text, shown_int((long long)(TOP + 12 + p * m->height)).text,
                 m->patient[p]);
    put_cells(m, h);
    html_put(h, "</svg></div>\n");
}

/* --- the table --- */

static void put_counts(const struct map *m, struct html *h)
{
    html_put(h,
             "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Patients by region "
             "name\"><table class=\"sort\"><thead><tr><th scope=\"col\" class=\"n\">column</th><th "
             "scope=\"col\">region</th><th scope=\"col\">modality</th><th "
             "scope=\"col\">source</th><th scope=\"col\" class=\"n\">measured</th><th "
             "scope=\"col\" class=\"n\">skipped</th><th scope=\"col\" class=\"n\">failed</th><th "
             "scope=\"col\" class=\"n\">not there</th></tr></thead><tbody>\n");
    for (size_t k = 0; k < m->columns; k++) {
        static const enum cell shown[] = {CELL_OK, CELL_SKIPPED, CELL_FAILED, CELL_GONE};
        const struct cohort_group *g = &m->c->group[m->order[k]];
        size_t count[CELLS] = {0};
        for (size_t p = 0; p < m->c->patients; p++)
            count[*cell_at(m, p, k)]++;
        html_put(h, "<tr><td class=\"n\">{}</td><td><bdi>{}</bdi></td><td>{}</td><td>{}</td>",
                 shown_int((long long)k + 1).text, g->name, g->modality, g->source);
        for (int i = 0; i < 4; i++)
            html_put(h, "<td class=\"n\">{}</td>", shown_int((long long)count[shown[i]]).text);
        html_put(h, "</tr>\n");
    }
    html_put(h, "</tbody></table></div>\n");
}

void cohort_heat_map(const struct cohort *c, struct html *h)
{
    if (!c->groups || !c->patients)
        return;
    struct map m = map_make(c);
    html_put(h, "<h2 id=\"missing\">Missing regions</h2>\n");
    put_legend(h);
    put_drawing(&m, h);
    html_put(h, "<p>Patients by region name:</p>\n");
    put_counts(&m, h);
    if (c->groups > m.columns || c->patients > m.patients)
        html_put(h, "<p>Not all are drawn: {} names and {} patients are there.</p>\n",
                 shown_int((long long)c->groups).text, shown_int((long long)c->patients).text);
    map_free(&m);
}
