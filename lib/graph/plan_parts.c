/* A course while it is planned: its sources and regions, and what all its edges need. */
#include "graph/plan_parts.h"

#include "base/mem.h"
#include "io/atomic.h"
#include "io/json.h"

#include <stdlib.h>
#include <string.h>

/* --- sources and regions --- */

struct plan_source *plan_add_source(struct plan_course *c, const char *name, bool has_edge)
{
    for (size_t i = 0; i < c->sources; i++)
        if (strcmp(c->source[i]->name, name) == 0)
            return c->source[i];
    struct plan_source *s = mem_must(calloc(1, sizeof *s));
    s->name = mem_strdup(name);
    s->record = has_edge ? plan_state_of(c, "records", "masks-", name, ".json") : NULL;
    s->ticket = has_edge ? plan_state_of(c, "tickets", "masks-", name, ".record") : NULL;
    c->source = mem_grow(c->source, c->sources + 1, sizeof *c->source);
    c->source[c->sources++] = s;
    return s;
}

void plan_drop_source(struct plan_course *c)
{
    struct plan_source *s = c->source[--c->sources];
    free(s->name);
    free(s->record);
    free(s->ticket);
    free(s);
}

void plan_add_roi(struct plan_course *c, const struct plan_source *s, const char *roi_id,
                  const char *name, const char *reason, double predicted_mb)
{
    c->roi = mem_grow(c->roi, c->rois + 1, sizeof *c->roi);
    c->roi[c->rois++] = (struct plan_roi){.source = s,
                                          .roi_id = mem_strdup(roi_id),
                                          .name = mem_strdup(name),
                                          .reason = reason ? mem_strdup(reason) : NULL,
                                          .predicted_mb = predicted_mb,
                                          .is_listed = true};
}

void plan_fail_roi(struct plan_roi *r, const char *reason)
{
    free(r->reason);
    r->reason = mem_strdup(reason);
    r->has_failed = true;
}

bool plan_is_measured(const struct plan_roi *r)
{
    return r->is_listed && !r->reason;
}

/* A region whose name clashes may still be a source of a structure. */
bool plan_is_drawn(const struct plan_roi *r)
{
    return !r->reason || r->has_failed;
}

/* An upper bound by a slab: LUNG1-001's right lung is predicted 890 MB, and took 513 MB with preset
 * ct (81 MB with the defaults). */
double plan_predict_mb(double voxels)
{
    return 30 + voxels * 40 / 1048576;
}

/* --- edges --- */

bool plan_write_job(const struct plan_course *c, const json_t *of, const char *path,
                    const char *const *without, const char *options, struct err *e)
{
    json_t *course = json_copy((json_t *)of);
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

/* The products of a source's edge, one a line. */
static bool write_products(const struct plan_course *c, const struct plan_source *s, struct edge *x,
                           struct err *e)
{
    struct str list = {0};
    for (size_t i = 0; i < c->rois; i++) {
        if (c->roi[i].source != s || !plan_is_drawn(&c->roi[i]))
            continue;
        char *mask = plan_mask(c, s->name, c->roi[i].roi_id);
        str_addf(&list, "%s\n", mask);
        edge_out_ticket(x, mask);
        free(mask);
    }
    char *path = plan_state_of(c, "inputs", "masks-", s->name, ".txt"), *folder = path_dir(path);
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
    char *image = plan_path(c, "image.nii");
    struct str masks = {0}, after = {0};
    edge_outcome(x, s->record, s->ticket);
    bool ok = edge_in_product(x, image, c->image_record != NULL, e);
    edge_in_tool(x, tool);
    if (c->image_record) {
        edge_order(x, c->image_ticket);
        str_addf(&after, "--after %s", c->image_record);
    }
    edge_var(x, "dir", c->dir);
    edge_var(x, "after", str_text(&after));
    edge_take_var(x, "log", plan_state_of(c, "logs", "masks-", s->name, ".log"));
    str_addf(&masks, "masks/%s", s->name);
    edge_take_var(x, "masks", plan_path(c, masks.text));
    str_free(&masks);
    str_free(&after);
    free(image);
    return ok && write_products(c, s, x, e) ? x : NULL;
}

void plan_course_free(struct plan_course *c)
{
    for (size_t i = 0; i < c->rois; i++) {
        free(c->roi[i].roi_id);
        free(c->roi[i].name);
        free(c->roi[i].reason);
        free(c->roi[i].standard);
        free(c->roi[i].set);
    }
    for (size_t i = 0; i < c->sources; i++) {
        free(c->source[i]->name);
        free(c->source[i]->record);
        free(c->source[i]->ticket);
        free(c->source[i]);
    }
    free(c->roi);
    free(c->source);
    free(c->image_record);
    free(c->image_ticket);
}
