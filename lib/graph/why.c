#include "graph/why.h"

#include "base/mem.h"
#include "base/sha1.h"
#include "graph/plan.h"
#include "graph/progress.h"
#include "io/atomic.h"
#include "io/json.h"

#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct why {
    char course[PATH_MAX]; /* "PATIENT/COURSE", or "." for a folder that is a course */
    struct run_settings settings;
    struct pseudonym_key key;
};

/* --- lines --- */

static void digest_of(const char *path, char out[41])
{
    char piece[1 << 16];
    struct sha1 digest;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    sha1_init(&digest);
    ssize_t n = fd < 0 ? -1 : 0;
    while (fd >= 0 && (n = read(fd, piece, sizeof piece)) > 0)
        sha1_add(&digest, piece, (size_t)n);
    if (fd >= 0)
        close(fd);
    sha1_hex(&digest, out);
    if (n < 0)
        snprintf(out, 41, "cannot be read");
}

static void line(int depth, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void line(int depth, const char *format, ...)
{
    char text[PATH_MAX + 256];
    struct str clean = {0};
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    clean_text(text, &clean);
    printf("%*s%s\n", 2 * depth, "", str_text(&clean));
    str_free(&clean);
}

/* "WHAT NAME  sha1 DIGEST" of the file that lies at path. */
static void file_line(int depth, const char *what, const char *name, const char *path)
{
    char digest[41];
    digest_of(path, digest);
    line(depth, "%s%s%s  sha1 %s", what, *what ? " " : "", name, digest);
}

static char *inside(const struct why *w, const char *rest)
{
    return strcmp(w->course, ".") == 0 ? mem_strdup(rest) : path_join(w->course, rest);
}

static void product_line(const struct why *w, int depth, const char *rest)
{
    char *path = inside(w, rest);
    file_line(depth, "", path, path);
    free(path);
}

/* "radfeat 0.2.0 DIGEST" */
static void tool_line(int depth, const char *tool)
{
    struct err ignored = {0};
    char *path = path_join(STATE_DIR "/tools", tool);
    char *text = file_read(path, 4096, NULL, &ignored);
    line(depth, "made by %s", text ? str_trim(text) : tool);
    free(text);
    free(path);
}

/* A job of the plan: {"root", "courses": [...]}; NULL: there is none. json_decref. */
static json_t *read_job(const struct why *w, const char *name)
{
    struct err ignored = {0};
    char *folder = path_join(INPUTS_DIR, w->course), *path = path_join(folder, name);
    json_t *job = access(path, F_OK) == 0 ? json_read(path, &ignored) : NULL;
    free(folder);
    free(path);
    return job;
}

static const json_t *course_of(const json_t *job)
{
    return json_array_get(json_object_get(job, "courses"), 0);
}

/* --- what the user gave --- */

/* A file below DICOM_ROOT or AUTOSEG: by its path in there, or its pseudonym. */
static void given_line(const struct why *w, int depth, const char *what, const char *root,
                       const char *path)
{
    char alias[PSEUDONYM_SIZE];
    char *whole = path_join(root, path);
    size_t n = strlen(root);
    const char *name = strncmp(path, root, n) == 0 && path[n] == '/' ? path + n + 1 : path;
    if (w->key.n) {
        pseudonym_of_path(&w->key, path, alias);
        name = alias;
    }
    file_line(depth, what, name, whole);
    free(whole);
}

static void tell_image(const struct why *w, int depth)
{
    json_t *job = read_job(w, "image.json");
    const json_t *course = course_of(job), *file;
    size_t i;
    product_line(w, depth, "image.nii");
    if (!job) {
        line(depth + 1, "which was there");
        return;
    }
    char uid[PSEUDONYM_SIZE];
    const char *series = json_get_text(course, "series_uid", "");
    if (w->key.n)
        pseudonym_of_uid(&w->key, series, uid);
    tool_line(depth + 1, "dcm2nii-course");
    const char *options = json_get_text(job, "options", "");
    if (*options)
        line(depth + 1, "with %s", options);
    line(depth + 1, "from %s series %s, %zu files", json_get_text(course, "modality", ""),
         w->key.n ? uid : series, json_array_size(json_object_get(course, "files")));
    json_array_foreach(json_object_get(course, "files"), i, file) given_line(
        w, depth + 2, "file", json_get_text(job, "root", ""), json_get_text(file, "path", ""));
    json_decref(job);
}

/* --- masks --- */

static bool has_roi(const json_t *set, const char *roi_id)
{
    size_t i;
    const json_t *roi;
    json_array_foreach(json_object_get(set, "rois"), i, roi)
    {
        if (strcmp(json_get_text(roi, "roi_id", ""), roi_id) == 0)
            return true;
    }
    return false;
}

/* The structure set, or the user's mask file, that holds the region. */
static void tell_set(const struct why *w, int depth, const char *source, const char *roi_id)
{
    bool manual = strcmp(source, "Manual") == 0;
    json_t *job = read_job(w, manual ? "masks-Manual.json" : "masks-auto.json");
    const char *autoseg = settings_get(&w->settings, SET_AUTOSEG);
    size_t i;
    const json_t *set;
    if (!job)
        line(depth, "which was there");
    else
        tool_line(depth, "rtstruct2masks");
    json_array_foreach(json_object_get(course_of(job), "structure_sets"), i, set)
    {
        const json_t *file = json_object_get(set, "file");
        if (!has_roi(set, roi_id))
            continue;
        given_line(w, depth, manual ? "from structure set" : "from mask file",
                   manual    ? json_get_text(job, "root", "")
                   : autoseg ? autoseg
                             : "",
                   json_get_text(file, manual ? "path" : "of", ""));
    }
    json_decref(job);
}

static void tell_mask(const struct why *w, int depth, const char *source, const char *roi_id);

/* "SOURCE/NAME" of masks.json: a structure of the recipe, or in the list of what there was to
 * build from. */
static void tell_source(const struct why *w, int depth, const json_t *masks, const char *list,
                        const char *named)
{
    static const char own[] = "Custom/";
    size_t k;
    const json_t *mask;
    json_array_foreach(masks, k, mask)
    {
        if (str_starts_with(named, own) &&
            strcmp(json_get_text(mask, "name", ""), named + strlen(own)) == 0) {
            tell_mask(w, depth, "Custom", json_get_text(mask, "roi_id", ""));
            return;
        }
    }
    for (const char *at = list; at && *at;) {
        size_t n = strcspn(at, "\n"), slash = strcspn(at, "/"), blank = strcspn(at, " ");
        bool same = slash < blank && blank < n && strncmp(at, named, slash + 1) == 0 &&
                    strlen(named + slash + 1) == n - blank - 1 &&
                    strncmp(at + blank + 1, named + slash + 1, n - blank - 1) == 0;
        if (same) {
            char *source = mem_must(strndup(at, slash));
            char *roi_id = mem_must(strndup(at + slash + 1, blank - slash - 1));
            tell_mask(w, depth, source, roi_id);
            free(source);
            free(roi_id);
            return;
        }
        at += n + (at[n] == '\n');
    }
    line(depth, "%s", named);
}

static void tell_recipe(const struct why *w, int depth, const char *roi_id)
{
    struct err ignored = {0};
    size_t i, k;
    const json_t *mask, *name;
    char *path = inside(w, "masks/Custom/masks.json");
    char *folder = path_join(INPUTS_DIR, w->course),
         *list = path_join(folder, "sources-Custom.txt");
    char *text = file_read(list, 1 << 26, NULL, &ignored);
    json_t *masks = json_read(path, &ignored);
    tool_line(depth, "boolstruct");
    const char *recipe = settings_get(&w->settings, SET_CUSTOM_STRUCTURES);
    file_line(depth, "from recipe", recipe ? path_base(recipe) : "", RECIPE_FILE);
    json_array_foreach(json_object_get(masks, "masks"), i, mask)
    {
        if (strcmp(json_get_text(mask, "roi_id", ""), roi_id) != 0)
            continue;
        json_array_foreach(json_object_get(mask, "sources"), k, name)
            tell_source(w, depth, json_object_get(masks, "masks"), text, json_string_value(name));
    }
    json_decref(masks);
    free(text);
    free(list);
    free(folder);
    free(path);
}

static void tell_mask(const struct why *w, int depth, const char *source, const char *roi_id)
{
    struct str s = {0};
    str_addf(&s, "masks/%s/%s.nii.gz", source, roi_id);
    product_line(w, depth, s.text);
    if (strcmp(source, "Custom") == 0)
        tell_recipe(w, depth + 1, roi_id);
    else
        tell_set(w, depth + 1, source, roi_id);
    str_free(&s);
}

/* --- features and tables --- */

static void tell_params(const struct why *w, int depth)
{
    json_t *job = read_job(w, "table.json");
    struct plan_params p = plan_params_for(&w->settings, json_get_text(job, "modality", ""));
    if (p.source)
        file_line(depth, "with parameters", path_base(p.source), p.file);
    else
        line(depth, "with parameters %s", p.preset ? p.preset : "of radfeat's own");
    json_decref(job);
}

static void tell_features(const struct why *w, const char *rest, const char *source,
                          const char *roi_id)
{
    product_line(w, 0, rest);
    tool_line(1, "radfeat");
    tell_params(w, 1);
    tell_mask(w, 1, source, roi_id);
    tell_image(w, 1);
}

/* The rows that a table of a course is from, and what all of them are from. */
static void tell_course(const struct why *w, const char *rest)
{
    json_t *job = read_job(w, "table.json");
    size_t i;
    const json_t *roi;
    product_line(w, 0, rest);
    tool_line(1, "radtable");
    json_array_foreach(json_object_get(job, "rois"), i, roi)
    {
        const char *row = json_get_text(roi, "row", NULL);
        if (row && access(row, F_OK) == 0)
            file_line(1, "from", row, row);
    }
    tool_line(1, "radfeat");
    tell_params(w, 1);
    tell_image(w, 1);
    json_decref(job);
}

static bool tell_cohort(const char *path, struct err *e)
{
    static const char *const tables[] = {"radiomics.csv", "status.csv"};
    json_t *manifest = json_read(STATE_DIR "/manifest.json", e);
    size_t i;
    const json_t *course;
    const char *name = path_base(path);
    const char *of = str_starts_with(name, tables[1]) ? tables[1] : tables[0];
    if (!manifest)
        return false;
    file_line(0, "", path, path);
    tool_line(1, "featmerge");
    json_array_foreach(json_object_get(manifest, "courses"), i, course)
    {
        char *table = path_join(json_get_text(course, "course_dir", ""), of);
        file_line(1, "from", table, table);
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
        tell_mask(w, 0, source, name);
        tell_image(w, 1);
    } else if (strcmp(rest, "image.nii") == 0 || strcmp(rest, "image.json") == 0)
        tell_image(w, 0);
    else if (strcmp(rest, "radiomics.csv") == 0 || strcmp(rest, "status.csv") == 0)
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
