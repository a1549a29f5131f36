#include "masks/inputs.h"

#include "base/mem.h"
#include "course/manifest.h"
#include "io/json.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The structure sets of the course, below the root of the manifest. */
static bool course_files(const struct inputs_wanted *wanted, const struct inputs *in,
                         struct str_list *files, struct err *e)
{
    const char *root = json_get_text(in->manifest, "root", "");
    size_t i;
    const json_t *set;
    json_array_foreach(json_object_get(in->course, "structure_sets"), i, set)
    {
        const char *uid = json_get_text(set, "sop_instance_uid", "");
        const char *path = json_get_text(json_object_get(set, "file"), "path", NULL);
        if (!path || (wanted->structure_set && strcmp(uid, wanted->structure_set) != 0))
            continue;
        char *whole = path_join(root, path);
        str_list_add(files, whole);
        free(whole);
    }
    return files->n > 0 || err_set(e, ERR_REFUSED, "%s: %s has no such structure set",
                                   wanted->manifest, wanted->course);
}

static bool find_course(const struct inputs_wanted *wanted, struct inputs *in, struct err *e)
{
    if (!wanted->manifest)
        return true;
    in->manifest = json_read(wanted->manifest, e);
    if (!in->manifest)
        return false;
    in->course = manifest_find_course(in->manifest, wanted->course, e);
    return in->course || err_wrap(e, "%s", wanted->manifest);
}

static bool find_files(const struct inputs_wanted *wanted, const struct inputs *in,
                       struct str_list *files, struct err *e)
{
    if (wanted->n == 0)
        return course_files(wanted, in, files, e);
    for (size_t i = 0; i < wanted->n; i++)
        if (!source_files(wanted->file[i], files, e))
            return false;
    return true;
}

/* When there are several files, one that cannot be read loses only its own regions. */
static bool open_one(const char *path, bool names_only, bool among_others, struct mask_source *s,
                     struct err *e)
{
    struct err why = {0};
    if (source_open(path, names_only, s, &why))
        return true;
    if (among_others && why.code == ERR_REFUSED)
        return source_open_refused(path, why.text, s, e);
    *e = why;
    return false;
}

bool inputs_is_set(const json_t *set, const struct mask_source *s)
{
    const char *uid = json_get_text(set, "sop_instance_uid", "");
    const char *path = json_get_text(json_object_get(set, "file"), "path", "");
    return uid[0] ? strcmp(s->uid, uid) == 0 : !s->uid[0] && strcmp(s->path, path) == 0;
}

/* Adds what the manifest says about a region: its notes, and whether another frame of reference was
 * accepted. Notes that reading the file has added already are not repeated. */
static void hear_scan(const json_t *set, struct mask_roi *r)
{
    const json_t *known = manifest_find_roi(set, r->number), *note;
    size_t i;
    r->any_frame = json_is_true(json_object_get(known, "frame_differs"));
    r->frame_overridden = json_is_true(json_object_get(known, "frame_overridden"));
    json_array_foreach(json_object_get(known, "notes"), i, note)
    {
        const char *text = json_string_value(note);
        if (text && !str_list_has(&r->notes, text))
            str_list_add(&r->notes, text);
    }
}

static void hear_scan_of_all(struct inputs *in)
{
    size_t i;
    const json_t *set;
    json_array_foreach(json_object_get(in->course, "structure_sets"), i, set)
    {
        for (size_t s = 0; s < in->n; s++)
            for (size_t r = 0; inputs_is_set(set, &in->source[s]) && r < in->source[s].rois; r++)
                hear_scan(set, &in->source[s].roi[r]);
    }
}

bool inputs_open(const struct inputs_wanted *wanted, struct inputs *out, struct err *e)
{
    struct str_list files = {0};
    *out = (struct inputs){0};
    bool ok = find_course(wanted, out, e) && find_files(wanted, out, &files, e);
    out->source = mem_must(calloc(files.n + 1, sizeof *out->source));
    for (size_t i = 0; ok && i < files.n; i++) {
        ok = open_one(files.item[i], wanted->names_only, files.n > 1, &out->source[i], e);
        out->n += ok;
    }
    if (ok && out->course)
        hear_scan_of_all(out);
    str_list_free(&files);
    return ok;
}

void inputs_close(struct inputs *in)
{
    for (size_t i = 0; i < in->n; i++)
        source_close(&in->source[i]);
    free(in->source);
    json_decref(in->manifest);
    *in = (struct inputs){0};
}

char *inputs_frame_of(const char *image)
{
    struct str path = {0};
    size_t n = strlen(image);
    n -= str_ends_with(image, ".nii.gz") ? 7 : str_ends_with(image, ".nii") ? 4 : 0;
    str_add_n(&path, image, n);
    str_add(&path, ".json");
    json_t *info = access(path.text, R_OK) == 0 ? json_read(path.text, NULL) : NULL;
    char *uid =
        mem_strdup(json_get_text(json_object_get(info, "source"), "frame_of_reference_uid", ""));
    json_decref(info);
    str_free(&path);
    return uid;
}
