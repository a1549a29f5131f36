#include "graph/listing.h"

#include "base/mem.h"
#include "graph/plan.h"
#include "graph/progress.h"
#include "io/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Counts by two texts, with an example for each. */
struct entry {
    char *kind, *name, *example;
    size_t n;
};

struct entries {
    struct entry *item;
    size_t n;
};

static int by_kind_and_name(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = strcmp(x->kind, y->kind);
    order = order ? order : strcmp(x->name, y->name);
    return order ? order : strcmp(x->example, y->example);
}

static int most_first(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n ? 1 : -1) : by_kind_and_name(a, b);
}

static void add(struct entries *l, const char *kind, const char *name, const char *example)
{
    l->item = mem_grow(l->item, l->n + 1, sizeof *l->item);
    l->item[l->n++] = (struct entry){mem_strdup(kind), mem_strdup(name), mem_strdup(example), 1};
}

static void release(struct entry *x)
{
    free(x->kind);
    free(x->name);
    free(x->example);
}

/* Merges equal entries and sorts them by count, largest first. */
static void unite(struct entries *l)
{
    size_t kept = 0;
    if (l->n)
        qsort(l->item, l->n, sizeof *l->item, by_kind_and_name);
    for (size_t i = 0; i < l->n; i++) {
        struct entry *last = kept ? &l->item[kept - 1] : NULL;
        if (last && strcmp(last->kind, l->item[i].kind) == 0 &&
            strcmp(last->name, l->item[i].name) == 0) {
            last->n++;
            release(&l->item[i]);
        } else {
            l->item[kept++] = l->item[i];
        }
    }
    l->n = kept;
    if (l->n)
        qsort(l->item, l->n, sizeof *l->item, most_first);
}

static void entries_free(struct entries *l)
{
    for (size_t i = 0; i < l->n; i++)
        release(&l->item[i]);
    free(l->item);
}

static void print(const struct entries *l, const char *head, bool examples)
{
    printf("%s%s\n", head, l->n ? "" : " nothing");
    for (size_t i = 0; i < l->n; i++) {
        const struct entry *x = &l->item[i];
        struct str text = {0};
        str_addf(&text, "  %6zu  %s  ", x->n, x->kind);
        clean_text(x->name, &text);
        if (examples && x->example[0]) {
            str_add(&text, x->n > 1 ? " (such as " : " (");
            clean_text(x->example, &text);
            str_add(&text, ")");
        }
        printf("%s\n", text.text);
        str_free(&text);
    }
}

/* --- courses --- */

static void add_rois(const json_t *table, struct entries *regions)
{
    size_t i;
    const json_t *roi;
    json_array_foreach(json_object_get(table, "rois"), i, roi)
    {
        const char *name = json_get_text(roi, "name", ""),
                   *reason = json_get_text(roi, "reason", "");
        const char *standard = json_get_text(roi, "standard_name", "");
        struct str text = {0};
        str_addf(&text, "%s%s%s%s%s", name, *standard ? " -> " : "", standard, *reason ? ": " : "",
                 reason);
        add(regions, json_get_text(roi, "segmentation_source", ""), text.text, "");
        str_free(&text);
    }
}

static json_t *read_table(const char *course_dir, struct err *e)
{
    char *folder = path_join(INPUTS_DIR, course_dir), *path = path_join(folder, "table.json");
    json_t *table = json_read(path, e);
    free(path);
    free(folder);
    return table;
}

static bool print_course(const json_t *course, const char *patient_before, struct entries *regions,
                         struct err *e)
{
    const char *patient = json_get_text(course, "patient_id", "");
    double size[3] = {0};
    struct str text = {0};
    json_t *table = read_table(json_get_text(course, "course_dir", ""), e);
    if (!table)
        return false;
    if (!patient_before || strcmp(patient, patient_before) != 0) {
        str_add(&text, "  ");
        clean_text(patient, &text);
        str_add(&text, "\n");
    }
    size_t n = json_array_size(json_object_get(table, "rois"));
    json_get_reals(json_object_get(course, "geometry"), "size", 3, size);
    str_addf(&text, "    %s  %s  %.0f x %.0f x %.0f  %zu region%s", json_get_text(course, "id", ""),
             json_get_text(course, "modality", ""), size[0], size[1], size[2], n,
             n == 1 ? "" : "s");
    printf("%s\n", text.text);
    str_free(&text);
    add_rois(table, regions);
    json_decref(table);
    return true;
}

static size_t count_patients(const json_t *courses)
{
    size_t i, n = 0;
    const json_t *course;
    const char *before = NULL;
    json_array_foreach(courses, i, course)
    {
        const char *patient = json_get_text(course, "patient_id", "");
        n += !before || strcmp(before, patient) != 0;
        before = patient;
    }
    return n;
}

/* --- what would be left out --- */

static bool print_left_out(struct err *e)
{
    json_t *root = json_read(INPUTS_DIR "/left_out.json", e);
    struct entries l = {0};
    size_t i;
    const json_t *row;
    json_array_foreach(json_object_get(root, "left_out"), i, row)
    {
        const char *path = json_get_text(row, "path", ""), *name = json_get_text(row, "name", "");
        const char *kind = json_get_text(row, "kind", "");
        bool by_name = *name && (strcmp(kind, "roi") == 0 || strcmp(kind, "mask") == 0);
        add(&l, kind, json_get_text(row, "reason", ""), by_name || !*path ? name : path);
    }
    unite(&l);
    print(&l, "left out:", true);
    entries_free(&l);
    json_decref(root);
    return root != NULL;
}

bool listing_print(struct err *e)
{
    json_t *manifest = json_read(STATE_DIR "/manifest.json", e);
    const json_t *courses = json_object_get(manifest, "courses"), *course;
    struct entries regions = {0};
    const char *before = NULL;
    size_t i;
    bool ok = manifest != NULL;
    printf("patients and courses: %zu and %zu\n", count_patients(courses),
           json_array_size(courses));
    json_array_foreach(courses, i, course)
    {
        ok = ok && print_course(course, before, &regions, e);
        before = json_get_text(course, "patient_id", "");
    }
    unite(&regions);
    if (ok)
        print(&regions, "regions by name:", false);
    ok = ok && print_left_out(e);
    entries_free(&regions);
    json_decref(manifest);
    return ok;
}
