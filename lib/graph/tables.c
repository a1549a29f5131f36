#include "graph/tables.h"

#include "base/num.h"
#include "base/uid.h"
#include "engine/rows/writer.h"
#include "graph/table_extra.h"
#include "guard/record.h"
#include "io/atomic.h"
#include "io/csv.h"
#include "io/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const table_identity[] = {"modality",   "segmentation_source",
                                      "roi_name",   "roi_original_name",
                                      "course_dir", "patient_id",
                                      "course_id",  "structure_cropped",
                                      "roi_id",     NULL};

const char *const table_status[] = {
    "patient_id", "course_id",         "modality", "segmentation_source",
    "roi_name",   "roi_original_name", "roi_id",   "state",
    "reason",     "seconds",           "peak_mb",  "log",
    NULL};

enum { MOST_BYTES = 1 << 28 };

/* Everything that is known about one region. */
struct region {
    const json_t *job, *roi; /* of table.json */
    const json_t *masks;     /* masks.json of every source; a text: why it cannot be read */
    const json_t *mask;      /* entry of masks.json; NULL: there is none */
    bool listed;             /* there is a masks.json of its source */
    struct record record;
    struct str name; /* with what is appended to it */
    bool cropped;
};

/* The tables of a course on their way. */
struct tables {
    struct str_list columns; /* behind table_identity and the extra ones */
    struct str rows, values, status;
    bool has_values;
};

/* --- lines --- */

static void add_names(struct str *out, const char *const *names)
{
    struct csv_row row = csv_row_begin(out);
    csv_put_names(&row, names);
    csv_row_end(&row);
}

/* Number with at most three decimals. */
static void put_measure(struct csv_row *row, double value)
{
    char text[NUM_TEXT];
    csv_put(row, num_format(round(value * 1000) / 1000, text));
}

/* --- what the parts say --- */

static const json_t *find_mask(const json_t *list, const char *roi_id)
{
    size_t i;
    const json_t *m;
    json_array_foreach(json_object_get(list, "masks"), i, m)
    {
        if (strcmp(json_get_text(m, "roi_id", ""), roi_id) == 0)
            return m;
    }
    return NULL;
}

/* The region failed: something that was made for it cannot be read. Without its record it is made
 * again by the next run. */
static void give_up(struct region *r, const char *why)
{
    if (r->record.stage)
        record_change(&r->record, RECORD_FAILED, why);
    else
        record_state(&r->record, RECORD_FAILED, "features", why);
    unlink(json_get_text(r->roi, "record", ""));
}

/* Why one of the sources cannot be read, or NULL. Any: what is said of a structure of the recipe
 * depends on its sources, too. */
static const char *any_unread(const json_t *masks)
{
    const char *source;
    json_t *list;
    json_object_foreach((json_t *)masks, source, list)
    {
        if (json_is_string(list))
            return json_string_value(list);
    }
    return NULL;
}

static void judge(struct region *r)
{
    const char *reason = json_get_text(r->roi, "reason", NULL);
    const char *path = json_get_text(r->roi, "record", "");
    const char *unread = any_unread(r->masks);
    const char *no_mask = r->mask ? json_get_text(r->mask, "reason", NULL) : NULL;
    struct err why = {0};
    if (reason) {
        bool failed = json_is_true(json_object_get(r->roi, "failed"));
        record_state(&r->record, failed ? RECORD_FAILED : RECORD_SKIPPED,
                     failed ? "features" : "scan", reason);
    } else if (unread) {
        give_up(r, unread);
    } else if (!record_read(&r->record, path, &why)) {
        give_up(r, why.text);
    }
    const char *stage = r->record.stage;
    if (r->record.state == RECORD_FAILED && strcmp(stage, "features") != 0) {
        struct str where = {0};
        str_addf(&where, "%s: %s", stage, r->record.reason);
        record_change(&r->record, RECORD_FAILED, where.text);
        str_free(&where);
    }
    if (r->record.state == RECORD_SKIPPED && no_mask)
        record_change(&r->record, RECORD_SKIPPED, no_mask);
    if (r->record.state == RECORD_SKIPPED && r->listed && !r->mask)
        record_change(&r->record, RECORD_SKIPPED,
                      "its file gave no mask of this name (a file of several labels must name them "
                      "in its header)");
}

static void name_region(struct region *r)
{
    bool drawn = r->mask && json_is_string(json_object_get(r->mask, "file"));
    r->cropped = drawn && json_is_true(json_object_get(r->mask, "touches_border"));
    bool partial = drawn && json_is_true(json_object_get(r->mask, "partial"));
    str_add(&r->name, json_get_text(r->roi, "standard_name", json_get_text(r->roi, "name", "")));
    if (r->cropped || partial)
        str_add(&r->name, "__partial");
}

/* --- the two rows --- */

static const char *identity(const struct region *r, const char *column)
{
    if (strcmp(column, "roi_name") == 0)
        return r->name.text;
    if (strcmp(column, "roi_original_name") == 0)
        return json_get_text(r->roi, "name", "");
    if (strcmp(column, "structure_cropped") == 0)
        return r->cropped ? "True" : "False";
    const char *own = json_get_text(r->roi, column, NULL);
    return own ? own : json_get_text(r->job, column, "");
}

void tables_put_words(struct csv_row *row, const char *text)
{
    struct str shown = {0};
    uid_hide(text, &shown);
    csv_put(row, str_text(&shown));
    str_free(&shown);
}

/* Logs are reached through a link; the table shows the real path. */
static void put_log(const struct region *r, struct csv_row *row)
{
    static const char link[] = ".radmill/logs";
    struct str path = {0};
    const char *log = r->record.log;
    if (str_starts_with(log, link))
        str_addf(&path, "%s%s", json_get_text(r->job, "logs", ""), log + strlen(link));
    csv_put(row, str_text(&path));
    str_free(&path);
}

static void add_status(const struct region *r, struct str *out)
{
    struct csv_row row = csv_row_begin(out);
    for (size_t i = 0; strcmp(table_status[i], "state") != 0; i++)
        csv_put(&row, identity(r, table_status[i]));
    csv_put(&row, record_state_names[r->record.state]);
    tables_put_words(&row, r->record.reason);
    put_measure(&row, r->record.seconds);
    put_measure(&row, r->record.peak_mb);
    put_log(r, &row);
    csv_row_end(&row);
}

static void put_identity(const struct region *r, struct csv_row *row)
{
    for (size_t i = 0; table_identity[i]; i++)
        csv_put(row, identity(r, table_identity[i]));
    table_extra_put(r->job, r->masks, r->mask, row);
}

/* Cells of the row under the columns that the parameters give; what a row does not have is empty.
 */
static bool add_features(const struct region *r, const struct str_list *columns, struct str *out,
                         struct err *e)
{
    size_t bytes;
    char *text = file_read(json_get_text(r->roi, "row", ""), MOST_BYTES, &bytes, e);
    if (!text)
        return false;
    const char *at = text;
    struct str_list header = {0}, cells = {0};
    struct csv_row row = csv_row_begin(out);
    bool ok = csv_record(&at, &header) && csv_record(&at, &cells) && header.n == cells.n;
    if (ok)
        put_identity(r, &row);
    for (size_t c = 0, next = 0; ok && c < columns->n; c++) {
        size_t i = next; /* nearly always the one behind the last */
        while (i < header.n && strcmp(header.item[i], columns->item[c]) != 0)
            i++;
        for (size_t k = 0; i == header.n && k < next; k++)
            if (strcmp(header.item[k], columns->item[c]) == 0)
                i = k;
        csv_put(&row, i < header.n ? cells.item[i] : "");
        next = i < header.n ? i + 1 : next;
    }
    if (ok)
        csv_row_end(&row);
    else
        err_set(e, ERR_REFUSED, "%s: not a header and one row", json_get_text(r->roi, "row", ""));
    str_list_free(&header);
    str_list_free(&cells);
    free(text);
    return ok;
}

static bool is_long_header(const struct str_list *names)
{
    size_t n = 0;
    while (n < names->n && row_long_columns[n] && strcmp(names->item[n], row_long_columns[n]) == 0)
        n++;
    return n == names->n && !row_long_columns[n];
}

/* Every value of the region, behind what identifies it; nothing when the file is broken. */
static bool add_values(const struct region *r, struct str *out, struct err *e)
{
    size_t bytes, before = out->len, width = 0;
    const char *path = json_get_text(r->roi, "long", "");
    char *text = file_read(path, MOST_BYTES, &bytes, e);
    const char *at = text;
    struct str_list cells = {0};
    if (!text)
        return false;
    bool ok = csv_record(&at, &cells) && is_long_header(&cells);
    for (width = cells.n; ok && csv_record(&at, &cells);) {
        struct csv_row row = csv_row_begin(out);
        ok = cells.n == width;
        put_identity(r, &row);
        csv_put_list(&row, &cells);
        csv_row_end(&row);
    }
    if (!ok) {
        out->len = before;
        err_set(e, ERR_REFUSED, "%s: not a table of one line per value", path);
    }
    str_list_free(&cells);
    free(text);
    return ok;
}

static void add_region(const json_t *job, const json_t *masks, const json_t *roi, struct tables *t)
{
    struct region r = {.job = job, .roi = roi, .masks = masks};
    struct err why = {0};
    const char *source = json_get_text(roi, "segmentation_source", "");
    r.listed = json_object_get(masks, source) && !json_get_text(roi, "reason", NULL);
    r.mask = find_mask(json_object_get(masks, source), json_get_text(roi, "roi_id", ""));
    judge(&r);
    name_region(&r);
    size_t before = t->values.len;
    if (r.record.state == RECORD_OK && !((!t->has_values || add_values(&r, &t->values, &why)) &&
                                         add_features(&r, &t->columns, &t->rows, &why))) {
        t->values.len = before;
        give_up(&r, why.text);
    }
    add_status(&r, &t->status);
    record_free(&r.record);
    str_free(&r.name);
}

/* --- the course --- */

/* masks.json of every source; of one that is there but cannot be read, why. */
static json_t *read_masks(const json_t *job)
{
    json_t *all = json_object();
    const char *source;
    json_t *path;
    json_object_foreach(json_object_get(job, "masks"), source, path)
    {
        struct err why = {0};
        json_t *one = json_read(json_string_value(path), &why);
        if (!one && access(json_string_value(path), F_OK) == 0)
            one = json_text(why.text);
        if (one)
            json_object_set_new(all, source, one);
    }
    return all;
}

static bool read_columns(const char *path, struct str_list *columns, struct err *e)
{
    size_t bytes;
    char *text = file_read(path, MOST_BYTES, &bytes, e);
    const char *at = text;
    bool ok = text && (csv_record(&at, columns) || err_set(e, ERR_REFUSED, "%s: empty", path));
    free(text);
    return ok;
}

static void add_header(const json_t *job, const struct str_list *columns, const char *const *names,
                       struct str *out)
{
    struct csv_row header = csv_row_begin(out);
    csv_put_names(&header, table_identity);
    table_extra_put_names(job, &header);
    if (columns)
        csv_put_list(&header, columns);
    else
        csv_put_names(&header, names);
    csv_row_end(&header);
}

static void fill(const json_t *job, struct tables *t)
{
    size_t i;
    const json_t *roi;
    json_t *masks = read_masks(job);
    add_header(job, &t->columns, NULL, &t->rows);
    add_header(job, NULL, row_long_columns, &t->values);
    add_names(&t->status, table_status);
    json_array_foreach(json_object_get(job, "rois"), i, roi)
    {
        add_region(job, masks, roi, t);
    }
    json_decref(masks);
}

bool tables_course(const char *job_path, const struct course_tables *out, struct err *e)
{
    json_t *job = json_read(job_path, e);
    struct tables t = {.has_values = out->values != NULL};
    bool ok = job && read_columns(json_get_text(job, "columns", ""), &t.columns, e);
    if (ok) {
        fill(job, &t);
        ok = out_write(out->radiomics, t.rows.text, t.rows.len, true, e) &&
             (!out->values || out_write(out->values, t.values.text, t.values.len, true, e)) &&
             out_write(out->status, t.status.text, t.status.len, true, e);
    }
    str_free(&t.rows);
    str_free(&t.values);
    str_free(&t.status);
    str_list_free(&t.columns);
    json_decref(job);
    return ok;
}
