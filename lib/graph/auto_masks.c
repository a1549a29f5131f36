/* Automatic masks as TotalSegmentator leaves them: one file per region, below a folder that names
 * the patient, the patient and the course, or the series. */
#include "graph/plan_parts.h"

#include "base/mem.h"
#include "io/folder.h"
#include "io/json.h"
#include "io/nii.h"
#include "io/nrrd.h"
#include "masks/label_names.h"
#include "names/mint.h"
#include "vol/regrid.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const endings[] = {".nii.gz", ".nii", ".seg.nrrd", ".nrrd", NULL};

/* The courses that a folder's name stands for. */
struct place {
    const json_t **course;
    size_t n;
};

static void place_add(struct place *p, const json_t *course)
{
    p->course = mem_grow(p->course, p->n + 1, sizeof *p->course);
    p->course[p->n++] = course;
}

static bool is_called(const json_t *course, const char *key, const char *name)
{
    return strcmp(json_get_text(course, key, ""), name) == 0;
}

/* By patient (original, minted or pseudonym) or series. */
static struct place place_of(const json_t *courses, const struct pseudonym_key *key,
                             const char *name)
{
    struct place p = {0};
    size_t i;
    const json_t *course;
    char pseudonym[PSEUDONYM_SIZE] = "";
    if (key->n)
        pseudonym_of_patient(key, name, pseudonym);
    const char *patient = key->n ? pseudonym : name;
    json_array_foreach(courses, i, course)
    {
        if (is_called(course, "patient_id", patient) || is_called(course, "patient_dir", name) ||
            is_called(course, "series_uid", name))
            place_add(&p, course);
    }
    return p;
}

/* Among these, the course with that id. */
static struct place place_within(const struct place *outer, const char *id)
{
    struct place p = {0};
    for (size_t i = 0; i < outer->n; i++)
        if (is_called(outer->course[i], "id", id))
            place_add(&p, outer->course[i]);
    return p;
}

const char *auto_mask_called(const struct auto_masks *m, const char *path,
                             char alias[PSEUDONYM_SIZE])
{
    if (!m->key->n)
        return path;
    pseudonym_of_path(m->key, path, alias);
    return alias;
}

static json_t *leave_out(struct auto_masks *m, const struct place *p, const char *path,
                         const char *reason)
{
    const json_t *one = p->n == 1 ? p->course[0] : NULL;
    char alias[PSEUDONYM_SIZE], *disguised = NULL;
    const char *name = path_base(path);
    if (m->key->n) {
        pseudonym_of_path(m->key, path, alias);
        reason = disguised = str_replaced(reason, path, alias);
        name = path = alias;
    }
    const char *patient = p->n ? json_get_text(p->course[0], "patient_id", "") : "";
    json_t *row = json_object();
    json_object_set_new(row, "kind", json_string("mask"));
    json_object_set_new(row, "path", json_text(path));
    json_object_set_new(row, "patient_id", json_text(patient));
    json_object_set_new(row, "course_id", json_text(one ? json_get_text(one, "id", "") : ""));
    json_object_set_new(row, "name", json_text(name));
    json_object_set_new(row, "reason", json_text(reason));
    free(disguised);
    json_array_append_new(m->left_out, row);
    return row;
}

/* A mask that cannot be read now may be used in the next run. */
static void leave_unread(struct auto_masks *m, const struct place *p, const char *path,
                         const struct err *why)
{
    json_t *row = leave_out(m, p, path, why->text);
    if (why->code == ERR_FAILED)
        json_object_set_new(row, "unreadable", json_true());
}

const char *auto_mask_ending(const char *file)
{
    for (const char *const *ending = endings; *ending; ending++)
        if (strlen(file) > strlen(*ending) && str_ends_with(file, *ending))
            return *ending;
    return NULL;
}

/* The name without its ending (free()); NULL: no mask file by its name. */
static char *stem_of(const char *file)
{
    const char *ending = auto_mask_ending(file);
    struct str s = {0};
    if (!ending)
        return NULL;
    str_add_n(&s, file, strlen(file) - strlen(ending));
    return str_take(&s);
}

/* An edge depends on the mask's file only, so voxels in a second file could change unnoticed. */
static bool take_nrrd(const char *header, struct grid *g, struct err *e)
{
    bool detached;
    if (!header[0])
        return err_set(e, ERR_REFUSED, "not an NRRD file");
    if (!nrrd_header_grid(header, g, &detached, e))
        return false;
    return !detached || err_set(e, ERR_REFUSED, "NRRD whose voxels lie in another file");
}

/* Where a mask file lies, by its header. */
static bool read_grid(const char *path, struct grid *g, struct err *e)
{
    if (!str_ends_with(path, ".nrrd"))
        return nii_exact_grid(path, g, e);
    char *header = nrrd_header_text(path, e);
    bool ok = header && take_nrrd(header, g, e);
    free(header);
    return ok;
}

static bool grid_of(const json_t *course, struct grid *g)
{
    const json_t *geometry = json_object_get(course, "geometry");
    double size[3];
    *g = (struct grid){.dims = 3};
    bool ok = json_get_reals(geometry, "size", 3, size) &&
              json_get_reals(geometry, "spacing_mm", 3, g->spacing_mm) &&
              json_get_reals(geometry, "origin_mm", 3, g->origin_mm) &&
              json_get_reals(geometry, "direction", 9, g->direction);
    for (int i = 0; ok && i < 3; i++)
        g->size[i] = (int64_t)size[i];
    return ok;
}

static struct auto_mask *take_region(struct auto_masks *m, const char *path, const char *name,
                                     const json_t *course, const struct grid *g)
{
    m->item = mem_grow(m->item, m->n + 1, sizeof *m->item);
    m->item[m->n] = (struct auto_mask){
        .path = mem_strdup(path),
        .name = mem_strdup(name),
        .course = course,
        /* the header may be wrong */
        .voxels = (double)g->size[0] * (double)g->size[1] * (double)g->size[2],
    };
    return &m->item[m->n++];
}

/* A file of one region gives the region its name; a file that names labels holds one region per
 * label. */
static void take_file(struct auto_masks *m, const char *path, const char *stem,
                      const struct label_names *labels, const json_t *course, const struct grid *g)
{
    if (!labels->n)
        take_region(m, path, stem, course, g);
    for (size_t i = 0; i < labels->n; i++)
        take_region(m, path, labels->item[i].name, course, g)->is_label = true;
}

/* Assigns a mask file to every course that its folder names and whose grid it fits. */
static void place_mask(struct auto_masks *m, const struct place *p, const char *path,
                       const char *stem)
{
    struct err e = {0};
    struct grid its, grid;
    struct regrid_map map;
    char reason[512] = "no patient, course or series of this name";
    bool used = false;
    struct label_names labels = {0};
    if (p->n && !(read_grid(path, &its, &e) && label_names_read(path, &labels, &e))) {
        leave_unread(m, p, path, &e);
        label_names_free(&labels);
        return;
    }
    for (size_t i = 0; i < p->n; i++) {
        bool known = grid_of(p->course[i], &grid);
        if (known && !regrid_find(&its, &grid, &map)) {
            regrid_explain(&its, &grid, reason, sizeof reason);
            continue;
        }
        take_file(m, path, stem, &labels, p->course[i], &its);
        used = true;
    }
    if (!used)
        leave_out(m, p, path, reason);
    label_names_free(&labels);
}

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

enum { LEVELS = 2 }; /* patient, course */

static void walk(struct auto_masks *m, const json_t *courses, const struct place *here,
                 const char *folder, int level);

static void visit(struct auto_masks *m, const json_t *courses, const struct place *here,
                  const char *path, int level)
{
    const char *name = path_base(path);
    if (is_folder(path)) {
        struct place inner =
            level == 0 ? place_of(courses, m->key, name) : place_within(here, name);
        if (level < LEVELS)
            walk(m, courses, &inner, path, level + 1);
        else
            leave_out(m, here, path, "a folder too deep");
        free(inner.course);
        return;
    }
    char *stem = stem_of(name);
    if (stem)
        place_mask(m, here, path, stem);
    else
        leave_out(m, here, path, "no mask file (.nii.gz, .nii, .seg.nrrd, .nrrd)");
    free(stem);
}

static void walk(struct auto_masks *m, const json_t *courses, const struct place *here,
                 const char *folder, int level)
{
    struct str_list names = {0};
    struct err why = {0};
    if (!folder_names(folder, &names, &why))
        leave_unread(m, here, folder, &why);
    for (size_t i = 0; i < names.n; i++) {
        char *path = path_join(folder, names.item[i]);
        visit(m, courses, here, path, level);
        free(path);
    }
    str_list_free(&names);
}

/* Minted names among the masks of one course. */
static void mint_course(struct auto_masks *m, const json_t *course)
{
    struct mint_name *names = mem_must(calloc(m->n + 1, sizeof *names));
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++)
        if (m->item[i].course == course)
            names[n++] =
                (struct mint_name){.original = m->item[i].name, .discriminator = m->item[i].path};
    mint_siblings(names, n);
    for (size_t i = 0, k = 0; i < m->n; i++)
        if (m->item[i].course == course)
            m->item[i].roi_id = mem_strdup(names[k++].minted);
    free(names);
}

bool auto_masks_find(const struct plan_input *in, struct auto_masks *out, struct err *e)
{
    const char *folder = settings_get(in->settings, SET_AUTOSEG);
    const json_t *courses = json_object_get(in->manifest, "courses"), *course;
    const struct place nowhere = {0};
    size_t i;
    *out = (struct auto_masks){.key = in->key, .left_out = json_array()};
    if (folder)
        walk(out, courses, &nowhere, folder, 0);
    if (folder && !out->n && !json_array_size(out->left_out))
        return err_set(e, ERR_REFUSED,
                       "AUTOSEG: no file in it (is it mounted?); tables stay as they are");
    json_array_foreach(courses, i, course)
    {
        mint_course(out, course);
    }
    return true;
}

void auto_masks_free(struct auto_masks *m)
{
    for (size_t i = 0; i < m->n; i++) {
        free(m->item[i].path);
        free(m->item[i].name);
        free(m->item[i].roi_id);
    }
    free(m->item);
    json_decref(m->left_out);
    *m = (struct auto_masks){0};
}
