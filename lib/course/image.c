#include "course/image.h"

#include "base/log.h"
#include "base/mem.h"
#include "course/acquisition.h"
#include "course/disguise.h"
#include "course/headers.h"
#include "course/sop_class.h"
#include "course/suv.h"
#include "course/walk.h"
#include "io/json.h"
#include "io/nii.h"
#include "version.h"

#include <stdlib.h>
#include <string.h>

static const char *text(const struct image *image, enum dicom_text which)
{
    return image->series.file[0]->header.text[which];
}

/* Compressed files and pipes cannot be begun again when a value does not fit: those hold the
 * volume.
 */
static bool write_volume(const char *root, const double *factor, const char *path,
                         struct image *out, struct err *e)
{
    const struct assembly how = {.factor = factor, .stored_bits = out->values.stored_bits};
    if (strcmp(path, "-") != 0 && !str_ends_with(path, ".gz"))
        return assemble_to_file(root, &out->series, &how, path, &out->volume, &out->facts, e);
    return assemble(root, &out->series, &how, &out->volume, &out->facts, e) &&
           nii_write(path, &out->volume, true, e);
}

/* From arranged slices to voxels in a file. */
static bool make_volume(const char *root, const struct image_wish *wish, const char *path,
                        struct image *out, struct err *e)
{
    double *factor = NULL;
    out->suv = wish->suv_bw && strcmp(text(out, DICOM_MODALITY), "PT") == 0;
    bool ok = true;
    if (out->suv) {
        factor = mem_array(out->series.files, sizeof *factor, e);
        ok = factor && suv_factors(&out->series, factor, &out->suv_notes, e);
    }
    ok = ok && write_volume(root, factor, path, out, e);
    free(factor);
    return ok;
}

static bool arrange(struct image *out, const struct course_file *const *file, size_t n,
                    const struct image_wish *wish, struct err *e)
{
    out->values = wish->values;
    return series_arrange(file, n, &out->series, &out->drops, e) &&
           values_check(&out->series, &wish->values, e);
}

static bool check_scanned(const struct manifest_course *c, const struct file_list *files,
                          struct err *e)
{
    for (size_t i = 0; i < files->n; i++) {
        const struct course_file *f = &files->file[i];
        if (f->problem)
            return err_set(e, ERR_REFUSED, "%s: %s (scan again?)", course_file_name(f), f->problem);
        if (strcmp(f->header.text[DICOM_SERIES_UID], c->series_uid) != 0)
            return err_set(e, ERR_REFUSED, "%s is no longer of series %s: scan again",
                           course_file_name(f), c->series_uid);
    }
    return true;
}

bool image_of_course(const struct manifest_course *c, const struct image_wish *wish,
                     const char *path, struct image *out, struct err *e)
{
    *out = (struct image){0};
    for (size_t i = 0; i < c->files.n; i++)
        file_list_add(&out->files, c->files.item[i]);
    const struct course_file **file = mem_array(out->files.n, sizeof(struct course_file *), e);
    headers_read(c->root, &out->files, NULL);
    for (size_t i = 0; i < c->files.n; i++)
        if (c->aliases.item[i][0])
            disguise_file(&out->files.file[i], c->aliases.item[i], c->patient_id);
    bool ok = file && check_scanned(c, &out->files, e);
    for (size_t i = 0; ok && i < out->files.n; i++)
        file[i] = &out->files.file[i];
    ok =
        ok && arrange(out, file, out->files.n, wish, e) && make_volume(c->root, wish, path, out, e);
    free(file);
    if (!ok)
        image_free(out);
    return ok;
}

static bool is_image(const struct course_file *f)
{
    return !f->problem && sop_class_of(f->header.text[DICOM_SOP_CLASS])->kind == SOP_IMAGE;
}

/* The image files below the folder; they must be of one series. */
static bool one_series(const struct file_list *files, const struct course_file **file, size_t *n,
                       struct err *e)
{
    *n = 0;
    for (size_t i = 0; i < files->n; i++) {
        if (files->file[i].header.damage)
            return err_set(e, ERR_REFUSED, "%s: %s", files->file[i].path,
                           files->file[i].header.damage);
        if (is_image(&files->file[i]))
            file[(*n)++] = &files->file[i];
        else
            log_info("%s is not used: %s", files->file[i].path,
                     files->file[i].problem ? files->file[i].problem : "no CT, MR or PT image");
    }
    if (*n == 0)
        return err_set(e, ERR_REFUSED, "no CT, MR or PET image among %zu files", files->n);
    for (size_t i = 1; i < *n; i++) {
        const char *first = file[0]->header.text[DICOM_SERIES_UID];
        const char *other = file[i]->header.text[DICOM_SERIES_UID];
        if (strcmp(first, other) != 0)
            return err_set(e, ERR_REFUSED, "more than one series: %s and %s (use --scan)", first,
                           other);
    }
    return true;
}

bool image_of_folder(const char *folder, const struct image_wish *wish, const char *path,
                     struct image *out, struct err *e)
{
    *out = (struct image){0};
    const struct str_list none = {0};
    const struct course_file **file = NULL;
    size_t n;
    bool ok = walk(folder, &none, &out->files, e);
    headers_read(folder, &out->files, NULL);
    ok = ok && (file = mem_array(out->files.n, sizeof(struct course_file *), e)) != NULL &&
         one_series(&out->files, file, &n, e) && arrange(out, file, n, wish, e) &&
         make_volume(folder, wish, path, out, e);
    free(file);
    if (!ok) {
        image_free(out);
        return err_wrap(e, "%s", folder);
    }
    return true;
}

static json_t *source_json(const struct image *image)
{
    static const struct {
        const char *key;
        enum dicom_text which;
    } row[] = {{"patient_id", DICOM_PATIENT_ID},
               {"modality", DICOM_MODALITY},
               {"series_uid", DICOM_SERIES_UID},
               {"study_uid", DICOM_STUDY_UID},
               {"frame_of_reference_uid", DICOM_FRAME_OF_REFERENCE},
               {"rescale_type", DICOM_RESCALE_TYPE},
               {"units", DICOM_UNITS}};
    json_t *o = json_object();
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        json_object_set_new(o, row[i].key, json_text(text(image, row[i].which)));
    json_object_set_new(o, "files", json_integer((json_int_t)image->series.files));
    json_object_set_new(o, "slices", json_integer((json_int_t)image->series.planes));
    return o;
}

static bool is_lossy(const struct image *image)
{
    for (size_t i = 0; i < image->series.files; i++)
        if (strcmp(image->series.file[i]->header.text[DICOM_LOSSY], "01") == 0)
            return true;
    return false;
}

/* What was forgiven in reading the files, each with the number of files. */
static void add_forgiven(const struct image *image, json_t *notes)
{
    for (int bit = 0; bit < DICOM_FORGAVE_BITS; bit++) {
        size_t n = 0;
        for (size_t i = 0; i < image->series.files; i++)
            n += image->series.file[i]->header.forgiven >> bit & 1;
        if (n == 0)
            continue;
        struct str note = {0};
        str_addf(&note, "%zu of %zu files: %s", n, image->series.files, dicom_forgiven_note(bit));
        json_array_append_new(notes, json_text(str_text(&note)));
        str_free(&note);
    }
}

/* What the user's rules for values let in. */
static void add_values(const struct image *image, json_t *notes)
{
    struct str note = {0};
    if (values_are_bare(&image->series))
        json_array_append_new(notes, json_text("no rescale slope and intercept: stored values "
                                               "taken as they are (RESCALE=identity)"));
    if (image->facts.beyond) {
        str_addf(&note, "%lld samples use bits beyond the stored ones, %s",
                 (long long)image->facts.beyond,
                 image->values.stored_bits == STORED_ALL
                     ? "taken as part of their values (STORED_BITS=all)"
                     : "which were cut (STORED_BITS=cut)");
        json_array_append_new(notes, json_text(str_text(&note)));
    }
    str_free(&note);
}

static json_t *notes_json(const struct image *image)
{
    json_t *notes = json_array();
    if (image->series.tilted)
        json_array_append_new(notes, json_text("gantry tilt of whole pixels per slice: cropped to "
                                               "the pixels that all slices cover"));
    if (is_lossy(image))
        json_array_append_new(notes, json_text("compressed with losses at some time: values are "
                                               "not those that were measured"));
    if (image->suv)
        json_array_append_new(notes, json_text("standardised uptake values by body weight"));
    for (size_t i = 0; i < image->suv_notes.n; i++)
        json_array_append_new(notes, json_text(image->suv_notes.item[i]));
    add_values(image, notes);
    add_forgiven(image, notes);
    for (size_t i = 0; i < image->drops.n; i++) {
        struct str note = {0};
        str_addf(&note, "%s: %s", course_file_name(image->drops.item[i].file),
                 image->drops.item[i].reason);
        json_array_append_new(notes, json_text(str_text(&note)));
        str_free(&note);
    }
    return notes;
}

bool image_write_json(const char *path, const struct image *image, struct err *e)
{
    const struct grid *g = &image->volume.grid;
    json_t *o = json_object(), *size = json_array(), *digests = json_object();
    for (int i = 0; i < 3; i++)
        json_array_append_new(size, json_integer(g->size[i]));
    json_object_set_new(digests, "sha1", json_string(image->facts.sha1));
    json_object_set_new(o, "radmill", json_string(RADMILL_VERSION));
    json_object_set_new(o, "source", source_json(image));
    json_object_set_new(o, "size", size);
    json_object_set_new(o, "spacing", json_reals(g->spacing_mm, 3));
    json_object_set_new(o, "origin", json_reals(g->origin_mm, 3));
    json_object_set_new(o, "direction", json_reals(g->direction, 9));
    json_object_set_new(o, "pixel_type", json_string(pixel_name(image->volume.type)));
    json_object_set_new(o, "digests", digests);
    json_object_set_new(o, "minimum", json_real(image->facts.minimum));
    json_object_set_new(o, "maximum", json_real(image->facts.maximum));
    json_object_set_new(o, "mean", json_real(image->facts.mean));
    json_object_set_new(o, "acquisition", acquisition_json(&image->series));
    json_object_set_new(o, "notes", notes_json(image));
    bool ok = json_write(path, o, e);
    json_decref(o);
    return ok;
}

void image_free(struct image *image)
{
    series_free(&image->series);
    series_drops_free(&image->drops);
    str_list_free(&image->suv_notes);
    volume_free(&image->volume);
    file_list_free(&image->files);
    *image = (struct image){0};
}
