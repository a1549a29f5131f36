/* The table of courses: what their series are, and how they were acquired. */
#include "graph/plan_parts.h"

#include "base/mem.h"
#include "io/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A course and the day of its image. */
struct dated {
    const char *patient, *date; /* borrowed from the manifest; date: YYYYMMDD, or empty */
    const json_t *course;
    const char *first; /* the patient's first day; empty: none is known */
};

static int by_patient_and_date(const void *a, const void *b)
{
    const struct dated *x = a, *y = b;
    int order = strcmp(x->patient, y->patient);
    if (!order) /* those without a date behind the others */
        order = !x->date[0] - !y->date[0];
    order = order ? order : strcmp(x->date, y->date);
    return order ? order
                 : strcmp(json_get_text(x->course, "id", ""), json_get_text(y->course, "id", ""));
}

/* The courses of the manifest, by patient and date, each with the patient's first day. */
static struct dated *list_dated(const json_t *courses, size_t *n)
{
    struct dated *list = mem_must(calloc(json_array_size(courses) + 1, sizeof *list));
    *n = json_array_size(courses);
    for (size_t i = 0; i < *n; i++) {
        const json_t *course = json_array_get(courses, i);
        list[i] = (struct dated){.patient = json_get_text(course, "patient_id", ""),
                                 .date = json_get_text(course, "date", ""),
                                 .course = course};
    }
    qsort(list, *n, sizeof *list, by_patient_and_date);
    for (size_t i = 0; i < *n; i++) {
        bool same = i > 0 && strcmp(list[i - 1].patient, list[i].patient) == 0;
        list[i].first = same ? list[i - 1].first : list[i].date;
    }
    return list;
}

/* Days since a day long ago (proleptic Gregorian calendar), of YYYYMMDD. */
static long day_number(const char *date)
{
    int year = 0, month = 1, day = 1;
    sscanf(date, "%4d%2d%2d", &year, &month, &day);
    int y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 9 : month - 3;
    return 365L * y + y / 4 - y / 100 + y / 400 + (153L * m + 2) / 5 + day;
}

static void set_dates(json_t *row, const struct dated *d, bool dates)
{
    if (!d->date[0])
        return;
    json_object_set_new(row, "days_since_first_image",
                        json_integer(day_number(d->date) - day_number(d->first)));
    if (!dates)
        return;
    char iso[16];
    snprintf(iso, sizeof iso, "%.4s-%.2s-%.2s", d->date, d->date + 4, d->date + 6);
    json_object_set_new(row, "date", json_string(iso));
}

static void set_geometry(json_t *row, const json_t *geometry)
{
    static const char axis[] = "xyz";
    double size[3], spacing[3];
    bool known = json_get_reals(geometry, "size", 3, size) &&
                 json_get_reals(geometry, "spacing_mm", 3, spacing);
    for (int i = 0; known && i < 3; i++) {
        char name[32];
        snprintf(name, sizeof name, "size_%c", axis[i]);
        json_object_set_new(row, name, json_integer((json_int_t)size[i]));
        snprintf(name, sizeof name, "spacing_%c_mm", axis[i]);
        json_object_set_new(row, name, json_real(spacing[i]));
    }
}

/* UIDs lead back to the archive, so with a key they are replaced by pseudonyms, like the patient
 * id. */
static void set_uids(json_t *row, const json_t *course, const struct pseudonym_key *key)
{
    static const char *const uids[] = {"study_uid", "series_uid", "frame_of_reference_uid"};
    for (size_t i = 0; i < sizeof uids / sizeof uids[0]; i++) {
        const char *uid = json_get_text(course, uids[i], "");
        char alias[PSEUDONYM_SIZE];
        if (key && key->n && *uid) {
            pseudonym_of_uid(key, uid, alias);
            uid = alias;
        }
        json_object_set_new(row, uids[i], json_text(uid));
    }
}

static json_t *course_row(const struct plan_input *in, const struct dated *d, bool dates)
{
    static const char *const same[] = {"patient_id", "course_dir", "modality"};
    json_t *row = json_object();
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        json_object_set_new(row, same[i], json_text(json_get_text(d->course, same[i], "")));
    json_object_set_new(row, "course_id", json_text(json_get_text(d->course, "id", "")));
    set_uids(row, d->course, in->key);
    set_dates(row, d, dates);
    set_geometry(row, json_object_get(d->course, "geometry"));
    json_object_update(row, json_object_get(d->course, "acquisition"));
    return row;
}

bool plan_courses(const struct plan_input *in, struct graph *g, struct err *e)
{
    const char *job = INPUTS_DIR "/courses.json";
    struct edge *x = graph_add(g, "courses");
    edge_out_table(x, "_RESULTS/courses.csv");
    edge_in(x, job);
    edge_in(x, STATE_DIR "/tools/radtable");
    edge_var(x, "job", job);
    size_t n;
    bool dates = strcmp(settings_get(in->settings, SET_DATES), "1") == 0;
    struct dated *list = list_dated(json_object_get(in->manifest, "courses"), &n);
    json_t *rows = json_array(), *root = json_object();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(rows, course_row(in, &list[i], dates));
    json_object_set_new(root, "dates", json_boolean(dates));
    json_object_set_new(root, "courses", rows);
    bool ok = json_write(job, root, e);
    json_decref(root);
    free(list);
    return ok;
}
