/* _RESULTS/courses.csv: one row per course. */
#include "graph/tables.h"

#include "base/mem.h"
#include "base/num.h"
#include "io/atomic.h"
#include "io/csv.h"
#include "io/json.h"
#include "shim/acquisition_fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const in_front[] = {"patient_id",
                                       "course_id",
                                       "course_dir",
                                       "modality",
                                       "study_uid",
                                       "series_uid",
                                       "frame_of_reference_uid",
                                       "days_since_first_image"};
static const char *const behind_days[] = {"size_x",       "size_y",       "size_z",
                                          "spacing_x_mm", "spacing_y_mm", "spacing_z_mm"};
static const char *const at_the_end[] = {"uptake_min"};

static void add_all(struct str_list *columns, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        str_list_add(columns, names[i]);
}

static void list_columns(bool dates, struct str_list *columns)
{
    add_all(columns, in_front, sizeof in_front / sizeof in_front[0]);
    if (dates)
        str_list_add(columns, "date");
    add_all(columns, behind_days, sizeof behind_days / sizeof behind_days[0]);
    for (size_t i = 0; i < acquisition_count(); i++)
        str_list_add(columns, acquisition_name(i));
    add_all(columns, at_the_end, sizeof at_the_end / sizeof at_the_end[0]);
}

static int by_patient_and_course(const void *a, const void *b)
{
    static const char *const keys[] = {"patient_id", "course_id", "series_uid"};
    int order = 0;
    for (size_t i = 0; order == 0 && i < sizeof keys / sizeof keys[0]; i++)
        order = strcmp(json_get_text(*(json_t *const *)a, keys[i], ""),
                       json_get_text(*(json_t *const *)b, keys[i], ""));
    return order;
}

static void add_cell(struct csv_row *row, const json_t *value)
{
    char number[NUM_TEXT];
    if (json_is_integer(value)) {
        snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        csv_put(row, number);
    } else if (json_is_real(value)) {
        csv_put(row, num_format(json_real_value(value), number));
    } else {
        csv_put(row, json_is_string(value) ? json_string_value(value) : "");
    }
}

static void add_row(struct str *text, const json_t *course, const struct str_list *columns)
{
    struct csv_row row = csv_row_begin(text);
    for (size_t i = 0; i < columns->n; i++)
        add_cell(&row, json_object_get(course, columns->item[i]));
    csv_row_end(&row);
}

bool tables_courses(const char *job_path, const char *out, struct err *e)
{
    json_t *job = json_read(job_path, e);
    if (!job)
        return false;
    const json_t *courses = json_object_get(job, "courses");
    struct str text = {0};
    struct str_list columns = {0};
    list_columns(json_is_true(json_object_get(job, "dates")), &columns);
    struct csv_row header = csv_row_begin(&text);
    csv_put_list(&header, &columns);
    csv_row_end(&header);
    size_t n = json_array_size(courses);
    const json_t **row = mem_must(calloc(n + 1, sizeof *row));
    for (size_t i = 0; i < n; i++)
        row[i] = json_array_get(courses, i);
    qsort(row, n, sizeof *row, by_patient_and_course);
    for (size_t i = 0; i < n; i++)
        add_row(&text, row[i], &columns);
    bool ok = out_write(out, text.text, text.len, true, e);
    free(row);
    str_list_free(&columns);
    str_free(&text);
    json_decref(job);
    return ok;
}
