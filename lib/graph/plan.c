/* The cohort: its courses, and the tables over all of them. */
#include "graph/plan_parts.h"

#include "base/mem.h"
#include "io/atomic.h"
#include "io/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS_FILE INPUTS_DIR "/columns-all.csv"

/* The cohort's other tables, which go into the same workbook or data base. */
static void add_sheets(struct edge *x)
{
    static const char *const others[] = {"status", "left_out", "courses"};
    struct str options = {0};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct str path = {0};
        str_addf(&path, "_RESULTS/%s.csv", others[i]);
        edge_in_ticket(x, path.text);
        str_addf(&options, "%s--sheet %s=%s", i ? " " : "", others[i], path.text);
        str_free(&path);
    }
    edge_var(x, "sheets", options.text);
    str_free(&options);
}

/* The rules of edges that make one table of one table of every course. */
static const struct merging {
    const char *rule, *tool;
} merging[] = {{"merge", STATE_DIR "/tools/featmerge"}, {"long", STATE_DIR "/tools/radtable"}};
enum { MERGE, LONG, MERGING_RULES };

/* Such an edge; `first` is a table of the header alone. */
static bool plan_merge(struct graph *g, const struct merging *by, const char *out, const char *list,
                       const char *first, const struct str_list *tables, bool sheets, struct err *e)
{
    struct edge *x = graph_add(g, by->rule);
    struct str names = {0};
    edge_out_table(x, out);
    edge_in(x, list);
    edge_in(x, by->tool);
    edge_in(x, first);
    str_addf(&names, "%s\n", first);
    for (size_t i = 0; i < tables->n; i++) {
        edge_in_ticket(x, tables->item[i]);
        str_addf(&names, "%s\n", tables->item[i]);
    }
    edge_var(x, "list", list);
    if (sheets)
        add_sheets(x);
    bool ok = out_write(list, names.text, names.len, true, e);
    str_free(&names);
    return ok;
}

static void list_tables(const json_t *courses, const char *name, struct str_list *out)
{
    size_t i;
    const json_t *course;
    json_array_foreach(courses, i, course)
    {
        char *path = path_join(json_get_text(course, "course_dir", ""), name);
        str_list_add(out, path);
        free(path);
    }
}

static bool plan_left_out(const struct plan_input *in, const struct auto_masks *masks,
                          struct graph *g, struct err *e)
{
    const char *job = LEFT_OUT_JOB;
    struct edge *x = graph_add(g, "leftout");
    edge_out_table(x, "_RESULTS/left_out.csv");
    edge_in(x, job);
    edge_in(x, STATE_DIR "/tools/radtable");
    edge_var(x, "job", job);
    json_t *rows = json_array(), *root = json_object();
    json_array_extend(rows, json_object_get(in->manifest, "left_out"));
    json_array_extend(rows, masks->left_out);
    json_array_extend(rows, in->selection->left_out);
    json_object_set_new(root, "left_out", rows);
    bool ok = json_write(job, root, e);
    json_decref(root);
    return ok;
}

static int by_patient_and_course(const void *a, const void *b)
{
    const json_t *const *x = a, *const *y = b;
    int order = strcmp(json_get_text(*x, "patient_id", ""), json_get_text(*y, "patient_id", ""));
    return order ? order : strcmp(json_get_text(*x, "id", ""), json_get_text(*y, "id", ""));
}

/* The long table of all. It may be larger than memory: its courses are put one behind the other,
 * here in the order that featmerge gives to the rows of the wide one. */
static bool plan_long(const json_t *courses, struct graph *g, struct err *e)
{
    size_t n = json_array_size(courses);
    const json_t **ordered = mem_must(calloc(n + 1, sizeof *ordered));
    struct str_list tables = {0};
    for (size_t i = 0; i < n; i++)
        ordered[i] = json_array_get(courses, i);
    qsort(ordered, n, sizeof *ordered, by_patient_and_course);
    for (size_t i = 0; i < n; i++) {
        char *path = path_join(json_get_text(ordered[i], "course_dir", ""), "radiomics_long.csv");
        str_list_add(&tables, path);
        free(path);
    }
    bool ok = plan_merge(g, &merging[LONG], "_RESULTS/radiomics_long.csv", INPUTS_DIR "/long.txt",
                         INPUTS_DIR "/columns-long.csv", &tables, false, e);
    str_list_free(&tables);
    free(ordered);
    return ok;
}

static bool plan_tables(const struct plan_input *in, struct graph *g, struct err *e)
{
    static const struct {
        const char *ending, *out;
    } formats[] = {{"csv", "_RESULTS/radiomics.csv"},
                   {"xlsx", "_RESULTS/radiomics.xlsx"},
                   {"sqlite", "_RESULTS/radiomics.sqlite"}};
    const json_t *courses = json_object_get(in->manifest, "courses");
    const char *wanted = settings_get(in->settings, SET_TABLES);
    struct str_list features = {0}, status = {0};
    list_tables(courses, "radiomics.csv", &features);
    list_tables(courses, "status.csv", &status);
    bool ok = make_folders("_RESULTS", e) &&
              plan_merge(g, &merging[MERGE], "_RESULTS/status.csv", INPUTS_DIR "/status.txt",
                         INPUTS_DIR "/columns-status.csv", &status, false, e);
    for (size_t i = 0; ok && i < sizeof formats / sizeof formats[0]; i++)
        if (i == 0 || strstr(wanted, formats[i].ending))
            ok = plan_merge(g, &merging[MERGE], formats[i].out, INPUTS_DIR "/radiomics.txt",
                            COLUMNS_FILE, &features, i > 0, e);
    if (ok && plan_has_long(in->settings))
        ok = plan_long(courses, g, e);
    str_list_free(&features);
    str_list_free(&status);
    return ok;
}

bool plan_make(const struct plan_input *in, struct graph *g, struct err *e)
{
    struct auto_masks masks;
    size_t i;
    const json_t *course;
    bool ok = auto_masks_find(in, &masks, e);
    json_array_foreach(json_object_get(in->manifest, "courses"), i, course)
    {
        if (!ok)
            break;
        struct plan_course c = {
            .in = in,
            .graph = g,
            .course = course,
            .place = i,
            .dir = json_get_text(course, "course_dir", ""),
            .params = plan_params_for(in->settings, json_get_text(course, "modality", ""))};
        size_t first = g->n;
        ok = plan_course(&c, &masks, e);
        str_list_add(&g->courses, c.dir);
        for (size_t k = first; k < g->n; k++)
            g->edge[k]->course = g->courses.n;
        plan_course_free(&c);
    }
    ok = ok && plan_tables(in, g, e) && plan_courses(in, g, e) && plan_left_out(in, &masks, g, e) &&
         plan_methods(in, g, e) && plan_report(in, g, e);
    auto_masks_free(&masks);
    return ok;
}

/* The names in a list of tables, but for those of some courses. */
static bool relist(const char *list, const struct str_list *without, struct err *e)
{
    size_t bytes;
    char *text = file_read(list, SIZE_MAX / 2, &bytes, e), *rest = NULL;
    struct str kept = {0};
    for (char *name = text ? strtok_r(text, "\n", &rest) : NULL; name;
         name = strtok_r(NULL, "\n", &rest)) {
        char *dir = path_dir(name);
        if (!str_list_has(without, dir))
            str_addf(&kept, "%s\n", name);
        free(dir);
    }
    bool ok = text && out_write(list, str_text(&kept), kept.len, true, e);
    free(text);
    str_free(&kept);
    return ok;
}

/* Whether a ticket is of a table of one of these courses. */
static bool is_table_of(const char *ticket, const struct str_list *courses)
{
    if (!str_starts_with(ticket, TICKETS_DIR "/"))
        return false;
    char *dir = path_dir(ticket + strlen(TICKETS_DIR "/"));
    bool is = str_list_has(courses, dir);
    free(dir);
    return is;
}

static bool merges(const struct edge *x)
{
    for (int i = 0; i < MERGING_RULES; i++)
        if (strcmp(x->rule, merging[i].rule) == 0)
            return true;
    return false;
}

bool plan_merge_without(struct graph *g, const struct str_list *courses, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < g->n; i++) {
        struct edge *x = g->edge[i];
        if (!merges(x))
            continue;
        struct str_list kept = {0};
        for (size_t k = 0; k < x->in.n; k++)
            if (!is_table_of(x->in.item[k], courses))
                str_list_add(&kept, x->in.item[k]);
        str_list_free(&x->in);
        x->in = kept;
        for (size_t k = 0; ok && k < x->vars.n; k++)
            if (strcmp(x->vars.item[k].name, "list") == 0)
                ok = relist(x->vars.item[k].value, courses, e);
    }
    return ok;
}

int plan_features(const struct graph *g)
{
    int n = 0;
    for (size_t i = 0; i < g->n; i++)
        n += strcmp(g->edge[i]->rule, "features") == 0;
    return n;
}
