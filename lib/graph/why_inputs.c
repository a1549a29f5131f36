/* What images and masks were made from, as lines of text. */
#include "graph/why_parts.h"

#include "base/mem.h"
#include "base/sha1.h"
#include "base/uid.h"
#include "graph/plan.h"
#include "graph/progress.h"
#include "io/atomic.h"
#include "io/json.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

void why_line(int depth, const char *format, ...)
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
void why_file(int depth, const char *what, const char *name, const char *path)
{
    char digest[41];
    digest_of(path, digest);
    why_line(depth, "%s%s%s  sha1 %s", what, *what ? " " : "", name, digest);
}

static char *inside(const struct why *w, const char *rest)
{
    return strcmp(w->course, ".") == 0 ? mem_strdup(rest) : path_join(w->course, rest);
}

void why_product(const struct why *w, int depth, const char *rest)
{
    char *path = inside(w, rest);
    why_file(depth, "", path, path);
    free(path);
}

/* "radfeat 0.2.0 DIGEST", with another digest of a plugin */
void why_tool(int depth, const char *tool)
{
    struct err ignored = {0};
    char *path = path_join(STATE_DIR "/tools", tool);
    char *text = file_read(path, 4096, NULL, &ignored);
    why_line(depth, "made by %s", text ? str_trim(text) : tool);
    free(text);
    free(path);
}

/* A job of the plan: {"root", "courses": [...]}; NULL: there is none. json_decref. */
json_t *why_job(const struct why *w, const char *name)
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

/* A file below DICOM_ROOT or AUTOSEG: its path relative to that, or its pseudonym. */
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
    why_file(depth, what, name, whole);
    free(whole);
}

void why_image(const struct why *w, int depth)
{
    json_t *job = why_job(w, "image.json");
    const json_t *course = course_of(job), *file;
    size_t i;
    why_product(w, depth, "image.nii");
    if (!job) {
        why_line(depth + 1, "which was there");
        return;
    }
    struct str series = {0};
    uid_hide(json_get_text(course, "series_uid", ""), &series); /* the end of the course's id */
    why_tool(depth + 1, "dcm2nii-course");
    const char *options = json_get_text(job, "options", "");
    if (*options)
        why_line(depth + 1, "with %s", options);
    why_line(depth + 1, "from %s series %s, %zu files", json_get_text(course, "modality", ""),
             str_text(&series), json_array_size(json_object_get(course, "files")));
    str_free(&series);
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
    json_t *job = why_job(w, manual ? "masks-Manual.json" : "masks-auto.json");
    const char *autoseg = settings_get(&w->settings, SET_AUTOSEG);
    size_t i;
    const json_t *set;
    if (!job)
        why_line(depth, "which was there");
    else
        why_tool(depth, "rtstruct2masks");
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
            why_mask(w, depth, "Custom", json_get_text(mask, "roi_id", ""));
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
            why_mask(w, depth, source, roi_id);
            free(source);
            free(roi_id);
            return;
        }
        at += n + (at[n] == '\n');
    }
    why_line(depth, "%s", named);
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
    why_tool(depth, "boolstruct");
    const char *recipe = settings_get(&w->settings, SET_CUSTOM_STRUCTURES);
    why_file(depth, "from recipe", recipe ? path_base(recipe) : "", RECIPE_FILE);
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

void why_mask(const struct why *w, int depth, const char *source, const char *roi_id)
{
    struct str s = {0};
    str_addf(&s, "masks/%s/%s.nii.gz", source, roi_id);
    why_product(w, depth, s.text);
    if (strcmp(source, "Custom") == 0)
        tell_recipe(w, depth + 1, roi_id);
    else
        tell_set(w, depth + 1, source, roi_id);
    str_free(&s);
}
