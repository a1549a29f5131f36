#include "report/pictures.h"

#include "base/mem.h"
#include "engine/load/label.h"
#include "io/atomic.h"
#include "io/json.h"
#include "io/volume_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static json_t *letters_json(const struct view_letters *l)
{
    return json_pack("[s, s, s, s]", l->left, l->right, l->top, l->bottom);
}

static void set_views(json_t *fact, const struct label_mask *m)
{
    struct view view[VIEW_PLANES];
    double field_mm;
    json_t *slices = json_array(), *letters = json_array();
    sheet_views(m, view, &field_mm);
    for (int p = 0; p < VIEW_PLANES; p++) {
        struct view_letters l = view_letters(&view[p], &m->grid);
        json_array_append_new(slices, json_integer(view[p].slice));
        json_array_append_new(letters, letters_json(&l));
    }
    json_object_set_new(fact, "field_mm", json_real(field_mm));
    json_object_set_new(fact, "slices", slices);
    json_object_set_new(fact, "letters", letters);
}

static void set_values(json_t *fact, const struct sheet_values *v, const struct sheet_window *w)
{
    const struct {
        const char *name;
        double value;
    } reals[] = {{"min", v->min}, {"mean", v->mean}, {"median", v->median}, {"max", v->max},
                 {"lo", v->lo},   {"hi", v->hi},     {"window_lo", w->lo},  {"window_hi", w->hi}};
    for (size_t i = 0; i < sizeof reals / sizeof reals[0]; i++)
        json_object_set_new(fact, reals[i].name, json_real(reals[i].value));
    json_t *bins = json_array();
    for (int i = 0; i < SHEET_BINS; i++)
        json_array_append_new(bins, json_integer(v->bin[i]));
    json_object_set_new(fact, "bins", bins);
    json_object_set_new(fact, "window", json_string(w->name));
}

static json_t *fact_of(const struct sheet_region *r, const char *roi_id,
                       const struct sheet_values *v, const struct sheet_window *w)
{
    const double *mm = r->mask.grid.spacing_mm;
    json_t *fact = json_object();
    json_object_set_new(fact, "source", json_text(r->source));
    json_object_set_new(fact, "roi_id", json_text(roi_id));
    json_object_set_new(fact, "voxels", json_integer(r->mask.n_voxels));
    json_object_set_new(fact, "volume_ml",
                        json_real((double)r->mask.n_voxels * mm[0] * mm[1] * mm[2] / 1000));
    set_values(fact, v, w);
    set_views(fact, &r->mask);
    return fact;
}

static bool draw_one(const struct volume *image, const struct sheet_region *region, size_t n,
                     size_t which, const struct sheet_window *w, picture_sink *sink, void *whereto,
                     struct err *e)
{
    struct picture picture;
    struct str png = {0};
    if (!sheet_draw(image, region, n, which, w, &picture, e))
        return false;
    bool ok = png_encode(&picture, &png, e) && sink(whereto, which, &png, e);
    free(picture.index);
    str_free(&png);
    return ok;
}

json_t *pictures_draw(const struct volume *image, const char *modality,
                      const struct sheet_region *region, const char *const *roi_id, size_t n,
                      picture_sink *sink, void *whereto, struct err *e)
{
    json_t *facts = json_object(), *list = json_array();
    const double size[3] = {(double)image->grid.size[0], (double)image->grid.size[1],
                            (double)image->grid.size[2]};
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        struct sheet_values v;
        if (!region[i].mask.n_voxels)
            continue;
        ok = sheet_measure(image, &region[i].mask, &v, e);
        struct sheet_window w = {0};
        if (ok)
            w = sheet_window_for(image, modality, v.median);
        ok = ok && draw_one(image, region, n, i, &w, sink, whereto, e);
        if (ok)
            json_array_append_new(list, fact_of(&region[i], roi_id[i], &v, &w));
    }
    json_object_set_new(facts, "size", json_reals(size, 3));
    json_object_set_new(facts, "spacing_mm", json_reals(image->grid.spacing_mm, 3));
    json_object_set_new(facts, "regions", list);
    if (!ok)
        json_decref(facts);
    return ok ? facts : NULL;
}

bool pictures_read_mask(const char *path, const struct grid *image, struct label_mask *out,
                        struct err *e)
{
    struct volume v = {0};
    if (!volume_file_read(path, &v, e))
        return false;
    bool ok = grid_same(image, &v.grid, 1e-3) && v.channels == 1
                  ? label_find(&v, 1, out, e)
                  : err_set(e, ERR_REFUSED, "%s: not on the grid of the image", path);
    volume_free(&v);
    return ok;
}

/* --- a course of the graph --- */

static const char *member(const json_t *job, size_t i, const char *name)
{
    return json_get_text(json_array_get(json_object_get(job, "regions"), i), name, "");
}

/* Pictures go where the job says. */
static bool into_file(void *job, size_t region, const struct str *png, struct err *e)
{
    const char *path = member(job, region, "picture");
    char *folder = path_dir(path);
    bool ok = make_folders(folder, e) && out_write(path, png->text, png->len, true, e);
    free(folder);
    return ok;
}

/* Names the pictures in the facts, and removes those of regions that have none any more. */
static bool settle(const json_t *job, json_t *facts, struct err *e)
{
    const json_t *list = json_object_get(facts, "regions");
    size_t n = json_array_size(json_object_get(job, "regions")), next = 0;
    for (size_t i = 0; i < n; i++) {
        json_t *fact = json_array_get(list, next);
        const char *path = member(job, i, "picture");
        if (fact && strcmp(json_get_text(fact, "roi_id", ""), member(job, i, "roi_id")) == 0 &&
            strcmp(json_get_text(fact, "source", ""), member(job, i, "source")) == 0) {
            json_object_set_new(fact, "picture", json_string(path_base(path)));
            next++;
        } else if (unlink(path) != 0 && errno != ENOENT) {
            return err_errno(e, "%s", path);
        }
    }
    return true;
}

/* What cannot be used is no error here, since the status of the regions says why; so what is there
 * is read twice before it counts as such: a read error that occurs once looks like a broken file.
 */
static bool read_image(const char *path, struct volume *out)
{
    struct err why = {0};
    return access(path, F_OK) == 0 &&
           (volume_file_read(path, out, &why) || volume_file_read(path, out, &why));
}

static bool read_mask(const char *path, const struct grid *image, struct label_mask *out)
{
    struct err why = {0};
    return access(path, F_OK) == 0 && (pictures_read_mask(path, image, out, &why) ||
                                       pictures_read_mask(path, image, out, &why));
}

/* Masks that are not there, or cannot be used, are left empty. */
static struct sheet_region *read_masks(const json_t *job, const struct grid *image, size_t n)
{
    struct sheet_region *region = mem_must(calloc(n + 1, sizeof *region));
    for (size_t i = 0; i < n; i++) {
        region[i].source = member(job, i, "source");
        if (!read_mask(member(job, i, "mask"), image, &region[i].mask))
            region[i].mask = (struct label_mask){0};
    }
    return region;
}

static json_t *draw_job(const json_t *job, struct volume *image, struct err *e)
{
    size_t n = json_array_size(json_object_get(job, "regions"));
    struct sheet_region *region = read_masks(job, &image->grid, n);
    const char **roi_id = mem_must(calloc(n + 1, sizeof *roi_id));
    for (size_t i = 0; i < n; i++)
        roi_id[i] = member(job, i, "roi_id");
    json_t *facts = pictures_draw(image, json_get_text(job, "modality", ""), region, roi_id, n,
                                  into_file, (void *)job, e);
    for (size_t i = 0; i < n; i++)
        label_mask_free(&region[i].mask);
    free(roi_id);
    free(region);
    return facts;
}

bool pictures_of_job(const json_t *job, const char *facts_path, struct err *e)
{
    struct volume image = {0};
    bool there = read_image(json_get_text(job, "image", ""), &image);
    json_t *facts = there ? draw_job(job, &image, e) : json_pack("{s:[]}", "regions");
    char *folder = path_dir(facts_path);
    bool ok = facts && settle(job, facts, e) && make_folders(folder, e) &&
              json_write(facts_path, facts, e);
    free(folder);
    json_decref(facts);
    if (there)
        volume_free(&image);
    return ok;
}
