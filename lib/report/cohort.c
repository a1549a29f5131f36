/* What the cohort's page tells, read from the tables. */
#include "report/cohort.h"

#include "base/mem.h"
#include "base/num.h"
#include "io/atomic.h"
#include "io/json.h"
#include "io/json_count.h"
#include "report/course_page.h"
#include "report/reason.h"
#include "report/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- texts and counts --- */

/* A copy of a text that lives as long as the cohort; equal texts are one. */
static const char *keep(struct cohort *c, const char *text)
{
    json_t *key = json_text(text);
    const char *clean = json_string_value(key);
    json_t *kept = json_object_get(c->texts, clean);
    if (!kept) {
        json_object_set(c->texts, clean, key);
        kept = key;
    }
    json_decref(key);
    return json_string_value(kept);
}

/* --- courses --- */

static int by_patient_and_id(const void *a, const void *b)
{
    const struct cohort_course *x = a, *y = b;
    int order = strcmp(x->patient, y->patient);
    return order ? order : strcmp(x->id, y->id);
}

static void read_courses(struct cohort *c)
{
    const json_t *list = json_object_get(c->job, "courses"), *course;
    size_t i;
    c->course = mem_must(calloc(json_array_size(list) + 1, sizeof *c->course));
    json_array_foreach(list, i, course)
    {
        c->course[c->courses++] =
            (struct cohort_course){.patient = json_get_text(course, "patient_id", ""),
                                   .id = json_get_text(course, "id", ""),
                                   .modality = json_get_text(course, "modality", ""),
                                   .dir = json_get_text(course, "course_dir", "")};
    }
    qsort(c->course, c->courses, sizeof *c->course, by_patient_and_id);
    for (i = 0; i < c->courses; i++)
        c->patients += i == 0 || strcmp(c->course[i].patient, c->course[i - 1].patient) != 0;
}

struct cohort_course *cohort_course_of(const struct cohort *c, const char *patient,
                                       const char *course)
{
    const struct cohort_course key = {.patient = patient, .id = course};
    return bsearch(&key, c->course, c->courses, sizeof key, by_patient_and_id);
}

/* --- regions --- */

static bool same_group(const struct cohort_region *r, const struct cohort_group *g)
{
    return strcmp(r->name, g->name) == 0 && strcmp(r->source, g->source) == 0 &&
           strcmp(r->modality, g->modality) == 0;
}

static int by_group(const void *a, const void *b)
{
    const struct cohort_region *x = *(struct cohort_region *const *)a,
                               *y = *(struct cohort_region *const *)b;
    int order = strcmp(x->modality, y->modality);
    order = order ? order : strcmp(x->name, y->name);
    order = order ? order : strcmp(x->source, y->source);
    return order ? order : (x > y) - (x < y);
}

static void group_regions(struct cohort *c)
{
    struct cohort_region **sorted = mem_must(calloc(c->n + 1, sizeof *sorted));
    for (size_t i = 0; i < c->n; i++)
        sorted[i] = &c->region[i];
    qsort(sorted, c->n, sizeof *sorted, by_group);
    for (size_t i = 0; i < c->n; i++) {
        struct cohort_region *r = sorted[i];
        if (i == 0 || !same_group(r, &c->group[c->groups - 1])) {
            c->group = mem_grow(c->group, c->groups + 1, sizeof *c->group);
            c->group[c->groups++] = (struct cohort_group){
                .modality = r->modality, .source = r->source, .name = r->name};
        }
        struct cohort_group *g = &c->group[c->groups - 1];
        g->region = mem_grow(g->region, g->n + 1, sizeof *g->region);
        g->region[g->n++] = (size_t)(r - c->region);
        r->group = c->groups - 1;
    }
    free(sorted);
}

static bool read_status(struct cohort *c, const char *path, struct err *e)
{
    struct rows rows;
    if (!rows_open(&rows, path, e))
        return false;
    size_t room = 0;
    while (rows_next(&rows)) {
        if (c->n == room)
            c->region = mem_grow(c->region, room = 2 * room + 64, sizeof *c->region);
        struct cohort_region *r = &c->region[c->n++];
        *r = (struct cohort_region){.patient = keep(c, rows_get(&rows, "patient_id")),
                                    .course = keep(c, rows_get(&rows, "course_id")),
                                    .modality = keep(c, rows_get(&rows, "modality")),
                                    .source = keep(c, rows_get(&rows, "segmentation_source")),
                                    .name = keep(c, rows_get(&rows, "roi_name")),
                                    .roi_id = keep(c, rows_get(&rows, "roi_id")),
                                    .state = keep(c, rows_get(&rows, "state")),
                                    .reason = keep(c, rows_get(&rows, "reason"))};
        for (int f = 0; f < COHORT_FEATURES; f++)
            r->value[f] = NAN;
        struct cohort_course *course = cohort_course_of(c, r->patient, r->course);
        if (course) {
            course->ok += strcmp(r->state, "ok") == 0;
            course->skipped += strcmp(r->state, "skipped") == 0;
            course->failed += strcmp(r->state, "failed") == 0;
        }
    }
    rows_close(&rows);
    group_regions(c);
    return true;
}

static bool read_left_out(struct cohort *c, const char *path, struct err *e)
{
    struct rows rows;
    if (!rows_open(&rows, path, e))
        return false;
    while (rows_next(&rows)) {
        struct str what = {0};
        str_addf(&what, "%s: ", rows_get(&rows, "kind"));
        reason_in_general(rows_get(&rows, "reason"), &what);
        json_count(c->left_out, what.text);
        json_count(c->kinds, rows_get(&rows, "kind"));
        c->n_left_out++;
        str_free(&what);
    }
    rows_close(&rows);
    return true;
}

/* --- features --- */

/* What is shown where it was computed: size, form, level, disorder, by the name that the profile of
 * the table has for it. */
static const struct {
    const char *unit, *column[4];
} wanted[COHORT_FEATURES] = {
    {"mm\xc2\xb3",
     {"original_shape_MeshVolume", "original_morphology_VolumeMesh", "original_shape_VoxelVolume",
      "original_morphology_VolumeVoxelCounting"}},
    {"", {"original_shape_Sphericity", "original_morphology_Sphericity"}},
    {"", {"original_firstorder_Mean", "original_statistics_Mean"}},
    {"", {"original_firstorder_Entropy", "original_intensity_histogram_Entropy"}},
};

static void choose_features(struct cohort *c, const struct str_list *columns)
{
    for (size_t w = 0; w < COHORT_FEATURES; w++)
        for (size_t i = 0; i < sizeof wanted[w].column / sizeof wanted[w].column[0]; i++)
            if (wanted[w].column[i] && str_list_has(columns, wanted[w].column[i])) {
                c->unit[c->features] = wanted[w].unit;
                c->feature[c->features++] = wanted[w].column[i];
                break;
            }
}

/* The row of status.csv that a row of radiomics.csv is of: both are in one order, so it is mostly
 * the next one. */
static struct cohort_region *region_of(struct cohort *c, const struct rows *row, size_t *next)
{
    const char *patient = rows_get(row, "patient_id"), *course = rows_get(row, "course_id"),
               *source = rows_get(row, "segmentation_source"), *roi_id = rows_get(row, "roi_id");
    for (size_t k = 0; k < c->n; k++) {
        struct cohort_region *r = &c->region[(*next + k) % c->n];
        if (strcmp(r->roi_id, roi_id) == 0 && strcmp(r->source, source) == 0 &&
            strcmp(r->course, course) == 0 && strcmp(r->patient, patient) == 0) {
            *next = (size_t)(r - c->region) + 1;
            return r;
        }
    }
    return NULL;
}

static bool read_features(struct cohort *c, const char *path, struct err *e)
{
    struct rows rows;
    size_t next = 0;
    if (!rows_open(&rows, path, e))
        return false;
    choose_features(c, &rows.header);
    while (c->n && rows_next(&rows)) {
        struct cohort_region *r = region_of(c, &rows, &next);
        for (size_t f = 0; r && f < c->features; f++)
            if (!num_parse_double(rows_get(&rows, c->feature[f]), &r->value[f]))
                r->value[f] = NAN;
    }
    rows_close(&rows);
    return true;
}

/* --- all of it --- */

/* Outliers of each course. */
static void count_outliers(struct cohort *c)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct cohort_region *r = &c->region[i];
        struct cohort_course *course = cohort_course_of(c, r->patient, r->course);
        for (size_t f = 0; course && f < c->features; f++)
            course->outliers += r->is_outlier[f];
    }
}

bool cohort_read_states(struct cohort *c, const json_t *job, const char *folder, struct err *e)
{
    *c = (struct cohort){
        .job = job, .texts = json_object(), .left_out = json_object(), .kinds = json_object()};
    char *status = path_join(folder, "status.csv"), *left_out = path_join(folder, "left_out.csv");
    read_courses(c);
    bool ok = read_status(c, status, e) && read_left_out(c, left_out, e);
    free(status);
    free(left_out);
    return ok;
}

bool cohort_read(struct cohort *c, const json_t *job, const char *folder, struct err *e)
{
    char *radiomics = path_join(folder, "radiomics.csv");
    bool ok = cohort_read_states(c, job, folder, e) && read_features(c, radiomics, e);
    if (ok) {
        cohort_mark_outliers(c);
        count_outliers(c);
    }
    free(radiomics);
    return ok;
}

void cohort_free(struct cohort *c)
{
    for (size_t g = 0; g < c->groups; g++)
        free(c->group[g].region);
    free(c->group);
    free(c->region);
    free(c->course);
    json_decref(c->texts);
    json_decref(c->left_out);
    json_decref(c->kinds);
}

json_t *cohort_reasons(const struct cohort *c)
{
    json_t *counts = json_object();
    for (size_t i = 0; i < c->n; i++) {
        const struct cohort_region *r = &c->region[i];
        struct str what = {0};
        if (strcmp(r->state, "ok") == 0)
            continue;
        str_addf(&what, "%s, %s: ", r->state, r->source);
        reason_in_general(r->reason, &what);
        json_count(counts, what.text);
        str_free(&what);
    }
    return counts;
}

void cohort_href(const struct cohort *c, const struct cohort_region *r, struct str *out)
{
    const struct cohort_course *course = cohort_course_of(c, r->patient, r->course);
    if (!course)
        return;
    str_addf(out, "%s.html#", course->dir);
    course_anchor(out, r->source, r->roi_id);
}

void cohort_link(const struct cohort *c, const struct cohort_region *r, const char *up,
                 struct html *h)
{
    struct str href = {0};
    cohort_href(c, r, &href);
    if (href.len)
        html_put(h, "<a href=\"./{}{}\"><bdi>{}</bdi></a>", up, str_text(&href), r->name);
    else
        html_put(h, "<bdi>{}</bdi>", r->name);
    str_free(&href);
}
