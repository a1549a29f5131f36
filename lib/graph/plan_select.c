/* ROIS, SKIP_ROIS and ROI_NAMES in the plan of a course: which regions are measured, which are
 * drawn only because a recipe may need them, and what they are called. */
#include "graph/plan_parts.h"

#include "base/mem.h"
#include "io/json.h"

#include <stdlib.h>
#include <string.h>

bool plan_recipe_wanted(const struct plan_input *in)
{
    size_t i;
    const json_t *structure;
    json_array_foreach(in->recipe, i, structure)
    {
        if (!selection_refuses(in->selection, json_get_text(structure, "name", "")))
            return true;
    }
    return false;
}

static void leave(const struct plan_course *c, const struct plan_place *p, const char *name,
                  const char *reason)
{
    json_t *row = json_object();
    json_object_set_new(row, "kind", json_string(p->kind));
    json_object_set_new(row, "path", json_text(p->path));
    json_object_set_new(row, "patient_id", json_text(json_get_text(c->course, "patient_id", "")));
    json_object_set_new(row, "course_id", json_text(json_get_text(c->course, "id", "")));
    json_object_set_new(row, "name", json_text(name));
    json_object_set_new(row, "reason", json_string(reason));
    json_array_append_new(c->in->selection->left_out, row);
}

bool plan_offer_roi(struct plan_course *c, const struct plan_source *s, const char *roi_id,
                    const char *name, const char *reason, double predicted_mb,
                    const struct plan_place *place)
{
    const char *why = selection_refuses(c->in->selection, name);
    if (why)
        leave(c, place, name, why);
    if (why && (reason || !(place->stays || plan_recipe_wanted(c->in))))
        return false;
    plan_add_roi(c, s, roi_id, name, reason, predicted_mb);
    struct plan_roi *r = &c->roi[c->rois - 1];
    r->is_listed = !why;
    if (why || !place->is_original)
        return true;
    struct str clash = {0};
    const char *standard = selection_name(c->in->selection, name, &clash);
    r->standard = standard ? mem_strdup(standard) : NULL;
    r->set = mem_strdup(place->set);
    if (clash.len && !r->reason)
        plan_fail_roi(r, clash.text);
    str_free(&clash);
    return true;
}

/* Two regions of one source and structure set with the same name are ambiguous. */
void plan_find_clashes(struct plan_course *c)
{
    for (size_t i = 0; i < c->rois; i++) {
        struct plan_roi *a = &c->roi[i];
        for (size_t k = 0; a->standard && k < i; k++) {
            struct plan_roi *b = &c->roi[k];
            if (!b->standard || strcmp(a->standard, b->standard) != 0 || a->source != b->source ||
                strcmp(a->set, b->set) != 0)
                continue;
            struct str text = {0};
            str_addf(&text, "ROI_NAMES: %s and %s are both called %s", b->name, a->name,
                     a->standard);
            if (!a->reason)
                plan_fail_roi(a, text.text);
            if (!b->reason)
                plan_fail_roi(b, text.text);
            str_free(&text);
        }
    }
}

void plan_leave_recipe(const struct plan_course *c)
{
    const struct plan_place place = {.kind = "roi", .path = ""};
    size_t i;
    const json_t *structure;
    json_array_foreach(c->in->recipe, i, structure)
    {
        const char *name = json_get_text(structure, "name", "");
        leave(c, &place, name, selection_refuses(c->in->selection, name));
    }
}

static bool is_kept(const struct plan_course *c, const struct plan_source *s, const char *roi_id)
{
    for (size_t i = 0; i < c->rois; i++)
        if (c->roi[i].source == s && strcmp(c->roi[i].roi_id, roi_id) == 0)
            return true;
    return false;
}

static void drop_from(const struct plan_course *c, const struct plan_source *s, json_t *rois)
{
    for (size_t i = json_array_size(rois); i > 0; i--)
        if (!is_kept(c, s, json_get_text(json_array_get(rois, i - 1), "roi_id", "")))
            json_array_remove(rois, i - 1);
}

json_t *plan_kept_course(const struct plan_course *c, const struct plan_source *s)
{
    json_t *course = json_deep_copy(c->course);
    size_t i;
    json_t *set;
    drop_from(c, s, json_object_get(course, "rois"));
    json_array_foreach(json_object_get(course, "structure_sets"), i, set)
        drop_from(c, s, json_object_get(set, "rois"));
    return course;
}

/* The second names for boolstruct: {"SOURCE": {"ROI_ID": "NAME"}}. */
bool plan_write_names(const struct plan_course *c, struct edge *x, struct err *e)
{
    json_t *root = json_object();
    for (size_t i = 0; i < c->rois; i++) {
        const struct plan_roi *r = &c->roi[i];
        if (!r->standard)
            continue;
        if (!json_object_get(root, r->source->name))
            json_object_set_new(root, r->source->name, json_object());
        json_object_set_new(json_object_get(root, r->source->name), r->roi_id,
                            json_text(r->standard));
    }
    char *path = plan_state(c, "inputs", "names.json");
    bool any = json_object_size(root) > 0, ok = true;
    if (any) {
        struct str option = {0};
        str_addf(&option, "--names %s", path);
        edge_in(x, path);
        edge_var(x, "names", option.text);
        str_free(&option);
        ok = json_write(path, root, e);
    } else {
        edge_var(x, "names", "");
    }
    free(path);
    json_decref(root);
    return ok;
}
