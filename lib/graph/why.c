#include "graph/why.h"

#include "graph/plan.h"
#include "graph/why_parts.h"
#include "io/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- features and tables --- */

static void tell_params(const struct why *w, int depth)
{
    json_t *job = why_job(w, "table.json");
    struct plan_params p = plan_params_for(&w->settings, json_get_text(job, "modality", ""));
    if (p.source)
        why_file(depth, "with parameters", path_base(p.source), p.file);
    else
        why_line(depth, "with parameters %s", p.preset ? p.preset : "of radfeat's own");
    if (p.profile)
        why_line(depth, "of profile %s", p.profile);
    json_decref(job);
}

static void tell_features(const struct why *w, const char *rest, const char *source,
                          const char *roi_id)
{
    why_product(w, 0, rest);
    why_tool(1, "radfeat");
    tell_params(w, 1);
    why_mask(w, 1, source, roi_id);
    why_image(w, 1);
}

/* The rows that a table of a course was made from, and what these were made from. */
static void tell_course(const struct why *w, const char *rest)
{
    json_t *job = why_job(w, "table.json");
    size_t i;
    const json_t *roi;
    why_product(w, 0, rest);
    why_tool(1, "radtable");
    json_array_foreach(json_object_get(job, "rois"), i, roi)
    {
        const char *row = json_get_text(roi, "row", NULL);
        if (row && access(row, F_OK) == 0)
            why_file(1, "from", row, row);
    }
    why_tool(1, "radfeat");
    tell_params(w, 1);
    why_image(w, 1);
    json_decref(job);
}

/* What was left out, and the table of courses, come from the scan. */
static void tell_scan(const char *path)
{
    why_file(0, "", path, path);
    why_tool(1, "radtable");
    why_line(1, "from the scan");
    why_tool(2, "dcm2nii-course");
}

static bool tell_cohort(const char *path, struct err *e)
{
    static const char *const tables[] = {"radiomics.csv", "status.csv", "radiomics_long.csv"};
    const char *name = path_base(path);
    bool is_long = strcmp(name, tables[2]) == 0;
    if (str_starts_with(name, "left_out.") || str_starts_with(name, "courses.")) {
        tell_scan(path);
        return true;
    }
    if (!is_long && !str_starts_with(name, "radiomics.") && !str_starts_with(name, "status."))
        return err_set(e, ERR_REFUSED, "no product whose origin is known");
    json_t *manifest = json_read(STATE_DIR "/manifest.json", e);
    size_t i;
    const json_t *course;
    const char *of = tables[is_long ? 2 : str_starts_with(name, "status.") ? 1 : 0];
    if (!manifest)
        return false;
    why_file(0, "", path, path);
    why_tool(1, is_long ? "radtable" : "featmerge");
    json_array_foreach(json_object_get(manifest, "courses"), i, course)
    {
        char *table = path_join(json_get_text(course, "course_dir", ""), of);
        why_file(1, "from", table, table);
        free(table);
    }
    json_decref(manifest);
    return true;
}

/* --- which product --- */

/* rest: below the course. */
static bool tell_product(const struct why *w, const char *rest, struct err *e)
{
    char kind[16], source[256], name[256];
    bool three = sscanf(rest, "%15[^/]/%255[^/]/%255[^/]", kind, source, name) == 3;
    char *dot = three ? strchr(name, '.') : NULL;
    if (three && strcmp(kind, "masks") == 0)
        dot = str_ends_with(name, ".nii.gz") ? name + strlen(name) - 7 : NULL;
    else if (three)
        dot = strrchr(name, '.');
    if (dot)
        *dot = '\0';
    if (dot && strcmp(kind, "features") == 0)
        tell_features(w, rest, source, name);
    else if (dot && strcmp(kind, "masks") == 0) {
        why_mask(w, 0, source, name);
        why_image(w, 1);
    } else if (strcmp(rest, "image.nii") == 0 || strcmp(rest, "image.json") == 0)
        why_image(w, 0);
    else if (strcmp(rest, "radiomics.csv") == 0 || strcmp(rest, "radiomics_long.csv") == 0 ||
             strcmp(rest, "status.csv") == 0)
        tell_course(w, rest);
    else
        return err_set(e, ERR_REFUSED,
                       "no product whose origin is known: an image, a mask, a row "
                       "or a table");
    return true;
}

static bool tell_path(struct why *w, const char *path, struct err *e)
{
    const char *key = settings_get(&w->settings, SET_PSEUDONYMIZE);
    if (key && !pseudonym_key_read(key, &w->key, e))
        return false;
    if (str_starts_with(path, "_RESULTS/"))
        return tell_cohort(path, e);
    const char *patient_end = strchr(path, '/');
    const char *end = patient_end ? strchr(patient_end + 1, '/') : NULL;
    bool is_course = access("image.nii", F_OK) == 0;
    if (is_course || !end) {
        strcpy(w->course, ".");
        return is_course ? tell_product(w, path, e)
                         : err_set(e, ERR_REFUSED, "no product of a run");
    }
    snprintf(w->course, sizeof w->course, "%.*s", (int)(end - path), path);
    return tell_product(w, end + 1, e);
}

bool why_tell(const char *file, struct err *e)
{
    char *path = realpath(file, NULL);
    if (!path) {
        err_errno(e, "%s", file);
        e->code = ERR_REFUSED;
        return false;
    }
    struct why w = {0};
    char *folder = path_dir(path);
    for (;;) {
        char *state = path_join(folder, STATE_DIR "/settings.json");
        bool found = access(state, F_OK) == 0;
        free(state);
        if (found || strcmp(folder, "/") == 0 || !*folder)
            break;
        char *above = path_dir(folder);
        free(folder);
        folder = above;
    }
    bool ok = *folder && strcmp(folder, "/") != 0 && chdir(folder) == 0;
    if (!ok)
        err_set(e, ERR_REFUSED, "it is in no OUTDIR of a run");
    ok = ok && settings_load(&w.settings, STATE_DIR "/settings.json", e) &&
         tell_path(&w, path + strlen(folder) + 1, e);
    if (!ok)
        err_wrap(e, "%s", file);
    settings_free(&w.settings);
    pseudonym_key_free(&w.key);
    free(folder);
    free(path);
    return ok;
}
