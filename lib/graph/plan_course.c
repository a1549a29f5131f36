#include "graph/plan.h"

#include "base/mem.h"
#include "base/sha1.h"
#include "guard/products.h"
#include "io/atomic.h"
#include "io/json.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *plan_state(const struct plan_course *c, const char *kind, const char *rest)
{
    struct str s = {0};
    str_addf(&s, STATE_DIR "/%s/%s/%s", kind, c->dir, rest);
    return str_take(&s);
}

char *plan_path(const struct plan_course *c, const char *rest)
{
    return path_join(c->dir, rest);
}

/* "<a><b><c>" below the state of a course. */
static char *state_of(const struct plan_course *c, const char *kind, const char *stage,
                      const char *source, const char *suffix)
{
    struct str s = {0};
    str_addf(&s, "%s%s%s", stage, source, suffix);
    char *path = plan_state(c, kind, s.text);
    str_free(&s);
    return path;
}

static void in_path(struct edge *x, char *path) /* takes path */
{
    edge_in(x, path);
    free(path);
}

static void out_path(struct edge *x, char *path)
{
    edge_out(x, path);
    free(path);
}

static void var_path(struct edge *x, const char *name, char *path)
{
    edge_var(x, name, path);
    free(path);
}

static char *ticket(const char *product)
{
    return path_join(TICKETS_DIR, product);
}

static void out_ticket(struct edge *x, const char *product)
{
    ticket_check(TICKETS_DIR, product);
    out_path(x, ticket(product));
}

static void in_ticket(struct edge *x, const char *product)
{
    in_path(x, ticket(product));
}

static void in_tool(struct edge *x, const char *tool)
{
    struct str s = {0};
    str_addf(&s, STATE_DIR "/tools/%s", tool);
    in_path(x, str_take(&s));
}

static char *image_of(const struct plan_course *c, const char *name)
{
    return plan_path(c, name);
}

/* A mask's path (free()). */
static char *mask_of(const struct plan_course *c, const char *source, const char *roi_id)
{
    struct str s = {0};
    str_addf(&s, "%s/masks/%s/%s.nii.gz", c->dir, source, roi_id);
    return str_take(&s);
}

/* --- sources and regions --- */

struct plan_source *plan_add_source(struct plan_course *c, const char *name)
{
    for (size_t i = 0; i < c->sources; i++)
        if (strcmp(c->source[i].name, name) == 0)
            return &c->source[i];
    struct plan_source *s = &c->source[c->sources++];
    s->name = mem_strdup(name);
    s->record = state_of(c, "records", "masks-", name, ".json");
    s->has_edge = true;
    return s;
}

void plan_add_roi(struct plan_course *c, const struct plan_source *s, const char *roi_id,
                  const char *name, const char *reason, double predicted_mb)
{
    c->roi = mem_grow(c->roi, c->rois + 1, sizeof *c->roi);
    c->roi[c->rois++] = (struct plan_roi){s->name, mem_strdup(roi_id), mem_strdup(name),
                                          reason ? mem_strdup(reason) : NULL, predicted_mb};
}

/* Measured with all image types of the largest preset: some 40 bytes a voxel of the box. */
double plan_predict_mb(double box_voxels)
{
    return 30 + box_voxels * 40 / 1048576;
}

/* --- the image --- */

static bool write_job(const struct plan_course *c, const char *path, const char *const *without,
                      const char *options, struct err *e)
{
    json_t *course = json_copy((json_t *)c->course);
    for (; *without; without++)
        json_object_del(course, *without);
    json_t *root = json_pack("{s:O, s:[o], s:s}", "root", json_object_get(c->in->manifest, "root"),
                             "courses", course, "options", options);
    char *folder = path_dir(path);
    bool ok = root && make_folders(folder, e) && json_write(path, root, e);
    free(folder);
    json_decref(root);
    return ok;
}

static bool plan_image(struct plan_course *c, struct err *e)
{
    static const char *const without[] = {"structure_sets", "rois", NULL};
    const char *suv = settings_get(c->in->settings, SET_SUV);
    bool pet = strcmp(json_get_text(c->course, "modality", ""), "PT") == 0;
    char *job = plan_state(c, "inputs", "image.json");
    struct edge *x = graph_add(c->graph, "image");
    c->image_record = plan_state(c, "records", "image.json");
    edge_out(x, c->image_record);
    static const char *const products[] = {"image.nii", "image.json"};
    for (int i = 0; i < 2; i++) {
        char *product = image_of(c, products[i]);
        out_ticket(x, product);
        free(product);
    }
    edge_in(x, job);
    in_tool(x, "dcm2nii-course");
    edge_var(x, "job", job);
    edge_var(x, "dir", c->dir);
    edge_var(x, "record", c->image_record);
    var_path(x, "log", plan_state(c, "logs", "image.log"));
    const char *options = pet && suv ? "--suv bw" : "";
    edge_var(x, "options", options);
    bool ok = write_job(c, job, without, options, e);
    free(job);
    return ok;
}

/* --- masks --- */

/* The products of a source's edge, one a line. */
static bool write_products(const struct plan_course *c, const struct plan_source *s, struct edge *x,
                           struct err *e)
{
    struct str list = {0};
    for (size_t i = 0; i < c->rois; i++) {
        if (c->roi[i].source != s->name || c->roi[i].reason)
            continue;
        char *mask = mask_of(c, s->name, c->roi[i].roi_id);
        str_addf(&list, "%s\n", mask);
        out_ticket(x, mask);
        free(mask);
    }
    char *path = state_of(c, "inputs", "masks-", s->name, ".txt"), *folder = path_dir(path);
    edge_in(x, path);
    edge_var(x, "products", path);
    bool ok = make_folders(folder, e) && out_write(path, str_text(&list), list.len, true, e);
    free(folder);
    free(path);
    str_free(&list);
    return ok;
}

struct edge *plan_masks_edge(struct plan_course *c, const char *rule, const char *tool,
                             const struct plan_source *s, struct err *e)
{
    struct edge *x = graph_add(c->graph, rule);
    char *image = image_of(c, "image.nii");
    edge_out(x, s->record);
    in_ticket(x, image);
    in_tool(x, tool);
    edge_order(x, c->image_record);
    edge_var(x, "dir", c->dir);
    edge_var(x, "record", s->record);
    edge_var(x, "after", c->image_record);
    var_path(x, "log", state_of(c, "logs", "masks-", s->name, ".log"));
    struct str masks = {0};
    str_addf(&masks, "%s/masks/%s", c->dir, s->name);
    edge_var(x, "masks", masks.text);
    str_free(&masks);
    free(image);
    return write_products(c, s, x, e) ? x : NULL;
}

/* A link under a name of ours to a file under any name. */
bool plan_link(const char *target, const char *path, struct err *e)
{
    char now[4096];
    ssize_t n = readlink(path, now, sizeof now - 1);
    if (n >= 0 && (size_t)n == strlen(target) && memcmp(now, target, (size_t)n) == 0)
        return true;
    char *folder = path_dir(path);
    bool ok = make_folders(folder, e);
    free(folder);
    if (ok && ((unlink(path) != 0 && errno != ENOENT) || symlink(target, path) != 0))
        ok = err_errno(e, "linking %s", path);
    return ok;
}

/* Links to the structure sets; their names, for the command line, into files. */
static bool link_sets(const struct plan_course *c, struct str *files, struct err *e)
{
    const char *root = json_get_text(c->in->manifest, "root", "");
    size_t i;
    const json_t *set;
    json_array_foreach(json_object_get(c->course, "structure_sets"), i, set)
    {
        char name[48];
        snprintf(name, sizeof name, "structures-%zu.dcm", i);
        char *link = plan_state(c, "inputs", name);
        char *target = path_join(root, json_get_text(json_object_get(set, "file"), "path", ""));
        bool ok = plan_link(target, link, e);
        str_addf(files, "%s%s", i ? " " : "", link);
        free(target);
        free(link);
        if (!ok)
            return false;
    }
    return true;
}

/* A slab of the image as thick as the region has contours: no smaller than its box. */
static double slab_voxels(const json_t *course, const json_t *roi)
{
    double size[3] = {0}, planes = 0;
    json_get_reals(json_object_get(course, "geometry"), "size", 3, size);
    json_get_real(roi, "contours", &planes);
    return size[0] * size[1] * (planes > 0 && planes < size[2] ? planes : size[2]);
}

static bool is_in_use(const json_t *course, const char *path)
{
    size_t i;
    const json_t *set;
    json_array_foreach(json_object_get(course, "structure_sets"), i, set)
    {
        if (strcmp(json_get_text(json_object_get(set, "file"), "path", ""), path) == 0)
            return true;
    }
    return false;
}

/* Regions of the structure sets in use that the scan left out (no contours): the status names them
 * too. Their names are minted apart: with the path, they are nobody's siblings. */
static void add_refused_rois(struct plan_course *c, const struct plan_source *s)
{
    size_t i;
    const json_t *l;
    json_array_foreach(json_object_get(c->in->manifest, "left_out"), i, l)
    {
        const char *path = json_get_text(l, "path", ""), *name = json_get_text(l, "name", "");
        if (strcmp(json_get_text(l, "kind", ""), "roi") != 0 || !is_in_use(c->course, path))
            continue;
        struct sha1 digest;
        char hex[41], id[64];
        sha1_init(&digest);
        sha1_add(&digest, path, strlen(path) + 1);
        sha1_add(&digest, name, strlen(name) + 1);
        sha1_hex(&digest, hex);
        snprintf(id, sizeof id, "left-out-%zu-%.8s", c->rois, hex);
        plan_add_roi(c, s, id, name, json_get_text(l, "reason", ""), 0);
    }
}

static void add_manual_rois(struct plan_course *c, const struct plan_source *s)
{
    size_t i;
    const json_t *roi;
    json_array_foreach(json_object_get(c->course, "rois"), i, roi)
    {
        plan_add_roi(c, s, json_get_text(roi, "roi_id", ""), json_get_text(roi, "name", ""), NULL,
                     plan_predict_mb(slab_voxels(c->course, roi)));
    }
    add_refused_rois(c, s);
}

static bool plan_manual(struct plan_course *c, struct err *e)
{
    static const char *const without[] = {"files", NULL};
    if (!json_array_size(json_object_get(c->course, "structure_sets")))
        return true;
    struct plan_source *s = plan_add_source(c, "Manual");
    add_manual_rois(c, s);
    struct str files = {0}, options = {0};
    char *job = plan_state(c, "inputs", "masks-Manual.json");
    struct edge *x = plan_masks_edge(c, "masks", "rtstruct2masks", s, e);
    bool ok = x && link_sets(c, &files, e) && write_job(c, job, without, "", e);
    if (ok) {
        edge_in(x, job);
        edge_var(x, "files", str_text(&files));
        str_addf(&options, "--manifest %s --course %s", job, c->dir);
        edge_var(x, "options", options.text);
    }
    free(job);
    str_free(&files);
    str_free(&options);
    return ok;
}

/* Without other sources there is nothing to build from: the structures are named, and that is all.
 */
static struct plan_source *add_custom_rois(struct plan_course *c)
{
    bool possible = c->sources > 0;
    struct plan_source *s = plan_add_source(c, "Custom");
    double size[3] = {0};
    json_get_reals(json_object_get(c->course, "geometry"), "size", 3, size);
    for (size_t i = 0; i < c->in->customs; i++)
        plan_add_roi(c, s, c->in->custom[i].roi_id, c->in->custom[i].name,
                     possible ? NULL : "this course has no structures to build from",
                     plan_predict_mb(size[0] * size[1] * size[2]));
    s->has_edge = possible;
    return possible ? s : NULL;
}

static bool plan_custom(struct plan_course *c, struct err *e)
{
    size_t regions = c->rois, others = c->sources;
    struct plan_source *s = c->in->customs ? add_custom_rois(c) : NULL;
    if (!s)
        return true;
    struct edge *x = plan_masks_edge(c, "custom", "boolstruct", s, e);
    if (!x)
        return false;
    edge_in(x, RECIPE_FILE);
    edge_var(x, "recipe", RECIPE_FILE);
    struct str folders = {0};
    for (size_t i = 0; i < others; i++) {
        str_addf(&folders, "%s%s/masks/%s", i ? " " : "", c->dir, c->source[i].name);
        edge_order(x, c->source[i].record);
    }
    edge_var(x, "sources", str_text(&folders));
    str_free(&folders);
    for (size_t i = 0; i < regions; i++) {
        char *mask = mask_of(c, c->roi[i].source, c->roi[i].roi_id);
        if (!c->roi[i].reason)
            in_ticket(x, mask);
        free(mask);
    }
    return true;
}

/* --- features --- */

static char *feature_of(const struct plan_course *c, const struct plan_roi *r, const char *ending)
{
    struct str s = {0};
    str_addf(&s, "%s/features/%s/%s.%s", c->dir, r->source, r->roi_id, ending);
    return str_take(&s);
}

static const struct plan_source *source_of(const struct plan_course *c, const struct plan_roi *r)
{
    for (size_t i = 0; i < c->sources; i++)
        if (c->source[i].name == r->source)
            return &c->source[i];
    return NULL;
}

static void plan_roi_features(struct plan_course *c, const struct plan_roi *r)
{
    struct edge *x = graph_add(c->graph, "features");
    char *mask = mask_of(c, r->source, r->roi_id);
    char *image = image_of(c, "image.nii"), *info = image_of(c, "image.json");
    char *record = feature_of(c, r, "json"), *row = feature_of(c, r, "csv");
    const char *before = source_of(c, r)->record;
    edge_out(x, record);
    in_ticket(x, image);
    in_ticket(x, info);
    in_ticket(x, mask);
    edge_in(x, c->params.words);
    if (c->params.file[0])
        edge_in(x, c->params.file);
    in_tool(x, "radfeat");
    edge_order(x, before);
    edge_var(x, "record", record);
    edge_var(x, "row", row);
    edge_var(x, "after", before);
    edge_var(x, "mask", mask);
    edge_var(x, "dir", c->dir);
    edge_var(x, "params", c->params.command);
    struct str log = {0};
    str_addf(&log, STATE_DIR "/logs/%s/%s/%s.log", c->dir, r->source, r->roi_id);
    edge_var(x, "log", log.text);
    str_free(&log);
    x->predicted_mb = r->predicted_mb;
    free(mask);
    free(image);
    free(info);
    free(record);
    free(row);
}

/* --- the tables of the course --- */

static int by_source_and_id(const void *a, const void *b)
{
    const struct plan_roi *x = a, *y = b;
    int order = strcmp(x->source, y->source);
    return order ? order : strcmp(x->roi_id, y->roi_id);
}

static json_t *table_roi(const struct plan_course *c, const struct plan_roi *r)
{
    json_t *o = json_object();
    json_object_set_new(o, "segmentation_source", json_string(r->source));
    json_object_set_new(o, "roi_id", json_string(r->roi_id));
    json_object_set_new(o, "name", json_text(r->name));
    if (r->reason) {
        json_object_set_new(o, "reason", json_string(r->reason));
        return o;
    }
    char *record = feature_of(c, r, "json"), *row = feature_of(c, r, "csv");
    json_object_set_new(o, "record", json_string(record));
    json_object_set_new(o, "row", json_string(row));
    free(record);
    free(row);
    return o;
}

static bool write_table_job(const struct plan_course *c, const char *path, struct err *e)
{
    static const char *const same[] = {"patient_id", "modality", "course_dir"};
    json_t *root = json_object(), *rois = json_array(), *masks = json_object();
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        json_object_set_new(root, same[i], json_text(json_get_text(c->course, same[i], "")));
    json_object_set_new(root, "course_id", json_text(json_get_text(c->course, "id", "")));
    json_object_set_new(root, "columns", json_string(c->params.columns));
    const char *logs = settings_get(c->in->settings, SET_LOGS);
    json_object_set_new(root, "logs", json_text(logs ? logs : "_LOGS"));
    for (size_t i = 0; i < c->sources; i++) {
        struct str list = {0};
        str_addf(&list, "%s/masks/%s/masks.json", c->dir, c->source[i].name);
        json_object_set_new(masks, c->source[i].name, json_string(list.text));
        str_free(&list);
    }
    json_object_set_new(root, "masks", masks);
    for (size_t i = 0; i < c->rois; i++)
        json_array_append_new(rois, table_roi(c, &c->roi[i]));
    json_object_set_new(root, "rois", rois);
    bool ok = json_write(path, root, e);
    json_decref(root);
    return ok;
}

static bool plan_table(struct plan_course *c, struct err *e)
{
    struct edge *x = graph_add(c->graph, "course");
    char *job = plan_state(c, "inputs", "table.json");
    out_path(x, plan_path(c, "radiomics.csv"));
    out_path(x, plan_path(c, "status.csv"));
    edge_in(x, job);
    edge_in(x, c->params.columns);
    in_tool(x, "radtable");
    for (size_t i = 0; i < c->sources; i++)
        if (c->source[i].has_edge)
            edge_in(x, c->source[i].record);
    for (size_t i = 0; i < c->rois; i++)
        if (!c->roi[i].reason)
            in_path(x, feature_of(c, &c->roi[i], "json"));
    edge_var(x, "job", job);
    edge_var(x, "dir", c->dir);
    qsort(c->roi, c->rois, sizeof *c->roi, by_source_and_id);
    bool ok = make_folders(c->dir, e) && write_table_job(c, job, e);
    free(job);
    return ok;
}

/* --- all of it --- */

bool plan_course(struct plan_course *c, const struct auto_masks *masks, struct err *e)
{
    bool ok = plan_image(c, e) && plan_manual(c, e) && plan_auto(c, masks, e) && plan_custom(c, e);
    for (size_t i = 0; ok && i < c->rois; i++)
        if (!c->roi[i].reason)
            plan_roi_features(c, &c->roi[i]);
    return ok && plan_table(c, e);
}

void plan_course_free(struct plan_course *c)
{
    for (size_t i = 0; i < c->sources; i++) {
        free(c->source[i].name);
        free(c->source[i].record);
    }
    for (size_t i = 0; i < c->rois; i++) {
        free(c->roi[i].roi_id);
        free(c->roi[i].name);
        free(c->roi[i].reason);
    }
    free(c->roi);
    free(c->image_record);
}
