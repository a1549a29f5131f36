/* The edge of _RESULTS/methods.md: from the parameters in force, and the tables of the run. And
 * what its job shares with that of the report. */
#include "graph/plan_parts.h"

#include "io/atomic.h"
#include "io/json.h"

#include <string.h>

#define METHODS_PAGE "_RESULTS/methods.md"
#define METHODS_JOB  INPUTS_DIR "/methods.json"

/* Of a file its name and the digest of its content: where it lies says nothing of the results. */
static bool tell_file(const char *path, struct str *out, struct err *e)
{
    char hex[41];
    if (!file_sha1(path, hex, e))
        return false;
    str_addf(out, "%s (SHA-1 %.12s)", path_base(path), hex);
    return true;
}

/* What decides the results, given or by default; what may spell an identifier is not shown. */
json_t *plan_settings_in_force(const struct run_settings *s, struct err *e)
{
    bool ok = true;
    json_t *list = json_array();
    for (int i = 0; ok && i < SETTINGS; i++) {
        const struct setting_info *info = &settings_table[i];
        const char *value = settings_get(s, i);
        struct str shown = {0};
        if (!value || strcmp(info->stage, "run") == 0 || i == SET_REPORT)
            continue;
        if (info->is_private)
            str_add(&shown, "given");
        else if (info->kind == SETTING_FILE)
            ok = tell_file(value, &shown, e);
        else
            str_add(&shown, value);
        json_t *pair = json_array();
        json_array_append_new(pair, json_string(info->name));
        json_array_append_new(pair, json_text(str_text(&shown)));
        json_array_append_new(list, pair);
        str_free(&shown);
    }
    if (ok)
        return list;
    json_decref(list);
    return NULL;
}

json_t *plan_list_courses(const json_t *manifest)
{
    static const char *const same[] = {"course_dir", "patient_id", "id", "modality"};
    json_t *list = json_array();
    const json_t *course;
    size_t i;
    json_array_foreach(json_object_get(manifest, "courses"), i, course)
    {
        json_t *o = json_object();
        for (size_t k = 0; k < sizeof same / sizeof same[0]; k++)
            json_object_set_new(o, same[k], json_text(json_get_text(course, same[k], "")));
        json_array_append_new(list, o);
    }
    return list;
}

/* --- the job --- */

static void set_text(json_t *o, const char *name, const char *text)
{
    if (text)
        json_object_set_new(o, name, json_text(text));
}

static json_t *parameters_json(const struct plan_params *p, struct err *e)
{
    char hex[41];
    json_t *o = json_object();
    json_object_set_new(o, "modalities", json_array());
    set_text(o, "profile", p->profile);
    set_text(o, "preset", p->preset);
    if (!p->source)
        return o;
    if (!file_sha1(p->file, hex, e)) {
        json_decref(o);
        return NULL;
    }
    set_text(o, "path", p->file);
    set_text(o, "name", path_base(p->source));
    set_text(o, "sha1", hex);
    return o;
}

/* The groups of modalities with the same parameters, which are those with the same words for
 * radfeat. Without a course: what one would be measured with. */
static json_t *list_parameters(const struct plan_input *in, struct edge *x, struct err *e)
{
    bool ok = true;
    json_t *list = json_array(), *by_words = json_object(), *seen = json_object();
    const json_t *course;
    size_t i;
    json_array_foreach(json_object_get(in->manifest, "courses"), i, course)
    {
        const char *modality = json_get_text(course, "modality", "");
        struct plan_params p = plan_params_for(in->settings, modality);
        if (!ok || json_object_get(seen, modality))
            continue;
        json_object_set_new(seen, modality, json_true());
        json_t *group = json_object_get(by_words, p.command);
        if (!group) {
            group = parameters_json(&p, e);
            ok = group != NULL;
            json_array_append_new(list, group);
            json_object_set(by_words, p.command, group);
            if (p.source)
                edge_in(x, p.file);
        }
        json_array_append_new(json_object_get(group, "modalities"), json_text(modality));
    }
    json_decref(seen);
    json_decref(by_words);
    if (ok)
        return list;
    json_decref(list);
    return NULL;
}

/* The structures of the recipe, without what only paths need. */
static json_t *list_structures(const json_t *recipe)
{
    static const char *const same[] = {"name", "operation", "sources"};
    json_t *list = json_array();
    const json_t *structure;
    size_t i;
    json_array_foreach(recipe, i, structure)
    {
        json_t *o = json_object();
        for (size_t k = 0; k < sizeof same / sizeof same[0]; k++)
            json_object_set(o, same[k], json_object_get(structure, same[k]));
        json_array_append_new(list, o);
    }
    return list;
}

bool plan_methods(const struct plan_input *in, struct graph *g, struct err *e)
{
    static const char *const tables[] = {"_RESULTS/status.csv", "_RESULTS/left_out.csv",
                                         "_RESULTS/courses.csv"};
    struct edge *x = graph_add(g, "methods");
    const char *suv = settings_get(in->settings, SET_SUV);
    edge_out_table(x, METHODS_PAGE);
    edge_in(x, METHODS_JOB);
    edge_in_tool(x, "radreport");
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        edge_in_ticket(x, tables[i]);
    edge_var(x, "job", METHODS_JOB);
    json_t *root = json_object(), *parameters = list_parameters(in, x, e),
           *settings = parameters ? plan_settings_in_force(in->settings, e) : NULL;
    json_object_set_new(root, "parameters", parameters);
    json_object_set_new(root, "suv", json_boolean(suv != NULL));
    json_object_set_new(root, "structures", list_structures(in->recipe));
    json_object_set_new(root, "settings", settings);
    json_object_set_new(root, "courses", plan_list_courses(in->manifest));
    bool ok = settings && json_write(METHODS_JOB, root, e);
    json_decref(root);
    return ok;
}
