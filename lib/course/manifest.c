#include "course/manifest.h"

#include "base/mem.h"
#include "course/acquisition.h"
#include "io/json.h"
#include "version.h"

#include <stdlib.h>
#include <string.h>

static void set_text(json_t *object, const char *key, const char *value)
{
    json_object_set_new(object, key, json_text(value));
}

static json_t *file_json(const struct course_file *f)
{
    json_t *o = json_object();
    set_text(o, "path", f->path);
    json_object_set_new(o, "size", json_integer(f->size));
    json_object_set_new(o, "mtime_ns", json_integer(f->mtime_ns));
    if (f->alias)
        set_text(o, "alias", f->alias);
    return o;
}

static json_t *geometry_json(const struct series *s)
{
    const struct grid *g = &s->grid;
    json_t *o = json_object(), *size = json_array();
    for (int i = 0; i < 3; i++)
        json_array_append_new(size, json_integer(g->size[i]));
    json_object_set_new(o, "size", size);
    json_object_set_new(o, "spacing_mm", json_reals(g->spacing_mm, 3));
    json_object_set_new(o, "origin_mm", json_reals(g->origin_mm, 3));
    json_object_set_new(o, "direction", json_reals(g->direction, 9));
    return o;
}

static json_t *set_json(const struct course_set *set)
{
    const struct dicom_header *h = &set->file->header;
    json_t *o = json_object(), *rois = json_array();
    json_object_set_new(o, "file", file_json(set->file));
    set_text(o, "kind", set->kind);
    set_text(o, "sop_instance_uid", h->text[DICOM_SOP_UID]);
    set_text(o, "label", h->text[DICOM_LABEL]);
    set_text(o, "date", h->text[DICOM_SET_DATE]);
    set_text(o, "time", h->text[DICOM_SET_TIME]);
    json_object_set_new(o, "rois", rois);
    return o;
}

/* Members for rtstruct2masks and for readers; written only where they apply. */
static void add_oddities(json_t *o, const struct course_roi *r)
{
    json_t *notes = json_array();
    for (size_t i = 0; i < r->notes.n; i++)
        json_array_append_new(notes, json_text(r->notes.item[i]));
    if (r->notes.n)
        json_object_set(o, "notes", notes);
    if (r->frame_differs)
        json_object_set_new(o, "frame_differs", json_true());
    if (r->frame_overridden)
        json_object_set_new(o, "frame_overridden", json_true());
    json_decref(notes);
}

static json_t *set_roi_json(const struct course_roi *r)
{
    json_t *o = json_object();
    json_object_set_new(o, "number", json_integer(r->roi->number));
    set_text(o, "name", r->roi->name);
    set_text(o, "roi_id", r->roi_id);
    json_object_set_new(o, "contours", json_integer(r->roi->contours));
    add_oddities(o, r);
    return o;
}

static json_t *course_roi_json(const struct course_roi *r)
{
    json_t *o = json_object();
    set_text(o, "roi_id", r->roi_id);
    set_text(o, "name", r->roi->name);
    set_text(o, "segmentation_source", "Manual");
    json_object_set_new(o, "structure_set", json_integer((json_int_t)r->set));
    json_object_set_new(o, "number", json_integer(r->roi->number));
    json_object_set_new(o, "contours", json_integer(r->roi->contours));
    return o;
}

/* Members about the volume for the conversion; written only where they apply. */
static void add_volume(json_t *o, const struct course *c)
{
    json_t *notes = json_array();
    for (size_t i = 0; i < c->notes.n; i++)
        json_array_append_new(notes, json_text(c->notes.item[i]));
    if (c->series.label)
        set_text(o, "volume", c->series.label);
    if (c->series.made_up)
        json_object_set_new(o, "slices_interpolated", json_integer((json_int_t)c->series.made_up));
    if (c->notes.n)
        json_object_set(o, "notes", notes);
    if (c->notes.n || c->series.made_up || c->series.rounded_mm > 0 || c->series.sheared > 0)
        json_object_set_new(o, "forgiven", json_true());
    json_decref(notes);
}

static json_t *course_json(const struct course *c)
{
    json_t *o = json_object(), *files = json_array(), *sets = json_array(), *rois = json_array();
    struct str folder = {0};
    char date[9];
    acquisition_date(&c->series, date);
    str_addf(&folder, "%s/%s", c->patient_dir, c->id);
    set_text(o, "id", c->id);
    set_text(o, "patient_id", course_text(c, DICOM_PATIENT_ID));
    set_text(o, "patient_dir", c->patient_dir);
    set_text(o, "course_dir", str_text(&folder));
    set_text(o, "modality", course_text(c, DICOM_MODALITY));
    set_text(o, "series_uid", course_text(c, DICOM_SERIES_UID));
    set_text(o, "study_uid", course_text(c, DICOM_STUDY_UID));
    set_text(o, "frame_of_reference_uid", course_text(c, DICOM_FRAME_OF_REFERENCE));
    json_object_set_new(o, "geometry", geometry_json(&c->series));
    add_volume(o, c);
    json_object_set_new(o, "acquisition", acquisition_json(&c->series));
    set_text(o, "date", date);
    for (size_t i = 0; i < c->series.files; i++)
        json_array_append_new(files, file_json(c->series.file[i]));
    json_object_set_new(o, "files", files);
    for (size_t i = 0; i < c->sets; i++)
        json_array_append_new(sets, set_json(&c->set[i]));
    for (size_t i = 0; i < c->rois; i++) {
        json_t *its = json_object_get(json_array_get(sets, c->roi[i].set), "rois");
        json_array_append_new(its, set_roi_json(&c->roi[i]));
        json_array_append_new(rois, course_roi_json(&c->roi[i]));
    }
    json_object_set_new(o, "structure_sets", sets);
    json_object_set_new(o, "rois", rois);
    str_free(&folder);
    return o;
}

static json_t *left_out_json(const struct left_out *l)
{
    json_t *o = json_object();
    set_text(o, "kind", l->kind);
    set_text(o, "path", l->path);
    set_text(o, "patient_id", l->patient_id);
    set_text(o, "course_id", l->course_id);
    set_text(o, "name", l->name);
    set_text(o, "reason", l->reason);
    if (l->unreadable)
        json_object_set_new(o, "unreadable", json_true());
    if (l->original_path)
        set_text(o, "original_path", l->original_path);
    if (l->files.n) {
        json_t *files = json_array();
        for (size_t i = 0; i < l->files.n; i++)
            json_array_append_new(files, json_text(l->files.item[i]));
        json_object_set_new(o, "files", files);
    }
    return o;
}

bool manifest_write(const char *path, const char *root, const struct scan *s, struct err *e)
{
    json_t *o = json_object(), *courses = json_array(), *left_out = json_array();
    set_text(o, "radmill", RADMILL_VERSION);
    set_text(o, "root", root);
    for (size_t i = 0; i < s->courses; i++)
        json_array_append_new(courses, course_json(&s->course[i]));
    for (size_t i = 0; i < s->left_out.n; i++)
        json_array_append_new(left_out, left_out_json(&s->left_out.item[i]));
    json_object_set_new(o, "courses", courses);
    json_object_set_new(o, "left_out", left_out);
    bool ok = json_write(path, o, e);
    json_decref(o);
    return ok;
}

static bool is_course(const json_t *course, const char *wanted)
{
    const char *id = json_get_text(course, "id", ""), *slash = strrchr(wanted, '/');
    if (!slash || strcmp(slash + 1, id) != 0)
        return false;
    static const char *const patient[] = {"patient_dir", "patient_id"};
    size_t n = (size_t)(slash - wanted);
    for (int i = 0; i < 2; i++) {
        const char *name = json_get_text(course, patient[i], "");
        if (strlen(name) == n && memcmp(name, wanted, n) == 0)
            return true;
    }
    return false;
}

const json_t *manifest_find_course(const json_t *root, const char *wanted, struct err *e)
{
    const json_t *courses = json_object_get(root, "courses"), *found = NULL;
    if (!json_is_array(courses)) {
        err_set(e, ERR_REFUSED, "no manifest: it has no list of courses");
        return NULL;
    }
    size_t n = json_array_size(courses);
    if (!wanted && n == 1)
        return json_array_get(courses, 0);
    for (size_t i = 0; wanted && i < n && !found; i++)
        if (is_course(json_array_get(courses, i), wanted))
            found = json_array_get(courses, i);
    if (!found && wanted)
        err_set(e, ERR_REFUSED, "no course %s in it (it has %zu)", wanted, n);
    else if (!found)
        err_set(e, ERR_REFUSED, "it holds %zu courses: say which (--course PATIENT/COURSE)", n);
    return found;
}

const json_t *manifest_find_roi(const json_t *set, int64_t number)
{
    size_t i;
    const json_t *roi;
    json_array_foreach(json_object_get(set, "rois"), i, roi)
    {
        int64_t its;
        if (json_get_int(roi, "number", &its) && its == number)
            return roi;
    }
    return NULL;
}

static bool take_course(const json_t *root, const json_t *course, struct manifest_course *out,
                        struct err *e)
{
    const json_t *files = json_object_get(course, "files");
    const char *base = json_get_text(root, "root", NULL);
    if (!base || !json_is_array(files) || json_array_size(files) == 0)
        return err_set(e, ERR_REFUSED, "no manifest: root or files are missing");
    out->root = mem_strdup(base);
    out->id = mem_strdup(json_get_text(course, "id", ""));
    out->patient_id = mem_strdup(json_get_text(course, "patient_id", ""));
    out->series_uid = mem_strdup(json_get_text(course, "series_uid", ""));
    out->interpolated = json_object_get(course, "slices_interpolated") != NULL;
    if (json_get_text(course, "volume", NULL))
        out->volume = mem_strdup(json_get_text(course, "volume", ""));
    for (size_t i = 0; i < json_array_size(json_object_get(course, "notes")); i++) {
        const json_t *note = json_array_get(json_object_get(course, "notes"), i);
        if (json_is_string(note))
            str_list_add(&out->notes, json_string_value(note));
    }
    for (size_t i = 0; i < json_array_size(files); i++) {
        const char *path = json_get_text(json_array_get(files, i), "path", NULL);
        if (!path)
            return err_set(e, ERR_REFUSED, "no manifest: file %zu has no path", i);
        str_list_add(&out->files, path);
        str_list_add(&out->aliases, json_get_text(json_array_get(files, i), "alias", ""));
    }
    return true;
}

bool manifest_read_course(const char *path, const char *course, struct manifest_course *out,
                          struct err *e)
{
    *out = (struct manifest_course){0};
    json_t *root = json_read(path, e);
    if (!root)
        return false;
    const json_t *found = manifest_find_course(root, course, e);
    bool ok = found && take_course(root, found, out, e);
    json_decref(root);
    if (!ok) {
        manifest_course_free(out);
        return err_wrap(e, "%s", path);
    }
    return true;
}

void manifest_course_free(struct manifest_course *c)
{
    free(c->root);
    free(c->id);
    free(c->patient_id);
    free(c->series_uid);
    free(c->volume);
    str_list_free(&c->notes);
    str_list_free(&c->files);
    str_list_free(&c->aliases);
    *c = (struct manifest_course){0};
}
