/* The edges of one course: image, features, tables. */
#include "graph/plan_parts.h"
#include "graph/table_extra.h"

#include "base/mem.h"
#include "io/atomic.h"
#include "io/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the image --- */

/* Options for dcm2nii-course from the table of settings. */
static void image_options(const struct plan_course *c, struct str *out)
{
    const char *modality = json_get_text(c->course, "modality", "");
    for (int i = 0; i < SETTINGS; i++) {
        const struct setting_info *info = &settings_table[i];
        const char *value = settings_get(c->in->settings, i);
        if (info->image && value && (!info->modality || strcmp(info->modality, modality) == 0))
            str_addf(out, "%s%s %s", out->len ? " " : "", info->image, value);
    }
}

static bool plan_image(struct plan_course *c, struct err *e)
{
    static const char *const without[] = {"structure_sets", "rois", "date", NULL};
    struct str options = {0};
    char *job = plan_state(c, "inputs", "image.json");
    struct edge *x = graph_add(c->graph, "image");
    c->image_record = plan_state(c, "records", "image.json");
    c->image_ticket = plan_state(c, "tickets", "image.record");
    edge_outcome(x, c->image_record, c->image_ticket);
    static const char *const products[] = {"image.nii", "image.json"};
    for (int i = 0; i < 2; i++) {
        char *product = plan_path(c, products[i]);
        edge_out_ticket(x, product);
        free(product);
    }
    edge_in(x, job);
    edge_in_tool(x, "dcm2nii-course");
    edge_var(x, "job", job);
    edge_var(x, "dir", c->dir);
    c->has_image_info = true;
    edge_take_var(x, "log", plan_state(c, "logs", "image.log"));
    image_options(c, &options);
    edge_var(x, "options", str_text(&options));
    bool ok = plan_write_job(c, c->course, job, without, str_text(&options), e);
    str_free(&options);
    free(job);
    return ok;
}

/* --- features --- */

/* Of the row in the long format. No ".long.csv": a region may be called A.long. */
#define LONG_ENDING "long"

static char *feature_of(const struct plan_course *c, const struct plan_roi *r, const char *ending)
{
    struct str s = {0};
    str_addf(&s, "features/%s/%s.%s", r->source->name, r->roi_id, ending);
    char *path = plan_path(c, s.text);
    str_free(&s);
    return path;
}

/* One ticket for the row and the record of its region. */
static char *feature_ticket(const struct plan_course *c, const struct plan_roi *r)
{
    struct str s = {0};
    str_addf(&s, "features/%s/%s.record", r->source->name, r->roi_id);
    char *path = plan_state(c, "tickets", s.text);
    str_free(&s);
    return path;
}

/* The option by which an edge writes its long table, and for the guard that this is a product.
 * Frees the path. */
static void write_long(struct edge *x, char *path, bool is_guarded)
{
    struct str option = {0}, product = {0};
    str_addf(&option, "--long %s", path);
    str_addf(&product, "--product %s", path);
    edge_var(x, "long", option.text);
    if (is_guarded)
        edge_var(x, "more", product.text);
    str_free(&option);
    str_free(&product);
    free(path);
}

/* The inputs of a features edge, made by other edges or existing already. */
static bool add_inputs(const struct plan_course *c, const struct plan_roi *r, const char *mask,
                       struct edge *x, struct err *e)
{
    const char *const names[] = {"image.nii", c->has_image_info ? "image.json" : NULL};
    bool ok = true;
    for (int i = 0; ok && i < 2 && names[i]; i++) {
        char *path = plan_path(c, names[i]);
        ok = edge_in_product(x, path, c->image_record != NULL, e);
        free(path);
    }
    ok = ok && edge_in_product(x, mask, r->source->record != NULL, e);
    edge_in(x, c->params.words);
    if (c->params.file[0])
        edge_in(x, c->params.file);
    edge_in_tool(x, "radfeat");
    return ok;
}

static bool plan_features_of(struct plan_course *c, const struct plan_roi *r, struct err *e)
{
    struct edge *x = graph_add(c->graph, "features");
    char *mask = plan_mask(c, r->source->name, r->roi_id), *record = feature_of(c, r, "json");
    char *ticket = feature_ticket(c, r);
    struct str log = {0}, after = {0}, info = {0};
    edge_outcome(x, record, ticket);
    bool ok = add_inputs(c, r, mask, x, e);
    if (r->source->record) {
        edge_order(x, r->source->ticket);
        str_addf(&after, "--after %s", r->source->record);
    }
    if (c->has_image_info)
        str_addf(&info, "--image-info %s/image.json", c->dir);
    str_addf(&log, "%s/%s.log", r->source->name, r->roi_id);
    edge_take_var(x, "log", plan_state(c, "logs", log.text));
    edge_take_var(x, "row", feature_of(c, r, "csv"));
    if (c->params.is_long)
        write_long(x, feature_of(c, r, LONG_ENDING), true);
    edge_take_var(x, "mask", mask);
    edge_var(x, "after", str_text(&after));
    edge_var(x, "info", str_text(&info));
    edge_var(x, "dir", c->dir);
    edge_var(x, "params", c->params.command);
    x->predicted_mb = r->predicted_mb;
    free(record);
    free(ticket);
    str_free(&log);
    str_free(&after);
    str_free(&info);
    return ok;
}

/* --- the tables of the course --- */

static int by_source_and_id(const void *a, const void *b)
{
    const struct plan_roi *x = a, *y = b;
    int order = strcmp(x->source->name, y->source->name);
    return order ? order : strcmp(x->roi_id, y->roi_id);
}

static json_t *table_roi(const struct plan_course *c, const struct plan_roi *r)
{
    json_t *o = json_object();
    json_object_set_new(o, "segmentation_source", json_string(r->source->name));
    json_object_set_new(o, "roi_id", json_string(r->roi_id));
    json_object_set_new(o, "name", json_text(r->name));
    if (r->standard)
        json_object_set_new(o, "standard_name", json_text(r->standard));
    if (r->reason) {
        json_object_set_new(o, "reason", json_text(r->reason));
        json_object_set_new(o, "failed", json_boolean(r->has_failed));
        return o;
    }
    char *record = feature_of(c, r, "json"), *row = feature_of(c, r, "csv");
    json_object_set_new(o, "record", json_string(record));
    json_object_set_new(o, "row", json_string(row));
    if (c->params.is_long) {
        char *values = feature_of(c, r, LONG_ENDING);
        json_object_set_new(o, "long", json_string(values));
        free(values);
    }
    free(record);
    free(row);
    return o;
}

/* As text, for the table's cell. */
static json_t *made_up_slices(const json_t *course)
{
    char text[24];
    int64_t n = 0;
    json_get_int(course, "slices_interpolated", &n);
    snprintf(text, sizeof text, "%lld", (long long)n);
    return json_string(text);
}

static json_t *extra_columns(const struct run_settings *s)
{
    struct str_list names = {0};
    json_t *array = json_array();
    table_extra_columns(s, &names);
    for (size_t i = 0; i < names.n; i++)
        json_array_append_new(array, json_string(names.item[i]));
    str_list_free(&names);
    return array;
}

static bool write_table_job(const struct plan_course *c, const char *path, struct err *e)
{
    static const char *const same[] = {"patient_id", "modality", "course_dir"};
    json_t *root = json_object(), *rois = json_array(), *masks = json_object();
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        json_object_set_new(root, same[i], json_text(json_get_text(c->course, same[i], "")));
    json_object_set_new(root, "course_id", json_text(json_get_text(c->course, "id", "")));
    json_object_set_new(root, "columns", json_string(c->params.columns));
    json_object_set_new(root, "extra", extra_columns(c->in->settings));
    json_object_set_new(root, "slices_interpolated", made_up_slices(c->course));
    const char *logs = settings_get(c->in->settings, SET_LOGS);
    json_object_set_new(root, "logs", json_text(logs ? logs : "_LOGS"));
    for (size_t i = 0; i < c->sources; i++) {
        struct str list = {0};
        str_addf(&list, "%s/masks/%s/masks.json", c->dir, c->source[i]->name);
        json_object_set_new(masks, c->source[i]->name, json_string(list.text));
        str_free(&list);
    }
    json_object_set_new(root, "masks", masks);
    for (size_t i = 0; i < c->rois; i++)
        if (c->roi[i].is_listed)
            json_array_append_new(rois, table_roi(c, &c->roi[i]));
    json_object_set_new(root, "rois", rois);
    bool ok = json_write(path, root, e);
    json_decref(root);
    return ok;
}

static bool plan_table(struct plan_course *c, struct err *e)
{
    struct edge *x = graph_add(c->graph, "course");
    static const char *const products[] = {"radiomics.csv", "status.csv", "radiomics_long.csv"};
    char *job = plan_state(c, "inputs", "table.json");
    for (int i = 0; i < (c->params.is_long ? 3 : 2); i++) {
        char *product = plan_path(c, products[i]);
        edge_out_ticket(x, product);
        free(product);
    }
    edge_in(x, job);
    edge_in(x, c->params.columns);
    edge_in_tool(x, "radtable");
    for (size_t i = 0; i < c->sources; i++)
        if (c->source[i]->ticket)
            edge_in(x, c->source[i]->ticket);
    for (size_t i = 0; i < c->rois; i++)
        if (plan_is_measured(&c->roi[i]))
            edge_take_in(x, feature_ticket(c, &c->roi[i]));
    edge_var(x, "job", job);
    edge_var(x, "dir", c->dir);
    if (c->params.is_long)
        write_long(x, plan_path(c, products[2]), false);
    qsort(c->roi, c->rois, sizeof *c->roi, by_source_and_id);
    bool ok = make_folders(c->dir, e) && write_table_job(c, job, e);
    free(job);
    return ok;
}

/* --- all of it --- */

bool plan_results(struct plan_course *c, struct err *e)
{
    bool ok = true;
    plan_find_clashes(c);
    for (size_t i = 0; ok && i < c->rois; i++)
        if (plan_is_measured(&c->roi[i]))
            ok = plan_features_of(c, &c->roi[i], e);
    return ok && plan_table(c, e);
}

bool plan_course(struct plan_course *c, const struct auto_masks *masks, struct err *e)
{
    return plan_image(c, e) && plan_manual(c, e) && plan_auto(c, masks, e) && plan_custom(c, e) &&
           plan_results(c, e) && plan_course_report(c, e);
}
