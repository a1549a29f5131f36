#include "course/image.h"

#include "base/log.h"
#include "base/mem.h"
#include "course/disguise.h"
#include "course/headers.h"
#include "course/sop_class.h"
#include "course/suv.h"
#include "course/volumes.h"
#include "course/walk.h"
#include "io/nii.h"

#include <stdlib.h>
#include <string.h>

static const char *text(const struct image *image, enum dicom_text which)
{
    return image->series.file[0]->header.text[which];
}

/* Compressed files and pipes cannot be started again when a value does not fit the pixel type, so
 * for these the volume is held in memory.
 */
static bool write_volume(const char *root, const double *factor, struct pool *pool,
                         const char *path, struct image *out, struct err *e)
{
    const struct assembly how = {
        .factor = factor, .stored_bits = out->values.stored_bits, .pool = pool};
    if (strcmp(path, "-") != 0 && !str_ends_with(path, ".gz"))
        return assemble_to_file(root, &out->series, &how, path, &out->volume, &out->facts, e);
    return assemble(root, &out->series, &how, &out->volume, &out->facts, e) &&
           nii_write(path, &out->volume, true, e);
}

/* Writes the voxels of arranged slices to a file. */
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
    ok = ok && write_volume(root, factor, wish->pool, path, out, e);
    free(factor);
    return ok;
}

static bool arrange(struct image *out, const struct course_file *const *file, size_t n,
                    const struct series_wish *of_series, const struct image_wish *wish,
                    struct err *e)
{
    struct series_list list;
    out->values = wish->values;
    bool ok = series_arrange(file, n, of_series, &list, &out->drops, e);
    if (ok && list.n > 1) {
        char *labels = volumes_text(&list);
        ok = err_set(e, ERR_REFUSED,
                     "several volumes in one series: %.400s (--scan makes courses "
                     "of them)",
                     labels);
        free(labels);
    }
    if (ok) {
        out->series = list.item[0];
        list.item[0] = (struct series){0};
        ok = values_check(&out->series, &wish->values, e);
    }
    series_list_free(&list);
    return ok;
}

static bool check_scanned(const struct manifest_course *c, const struct file_list *files,
                          struct err *e)
{
    for (size_t i = 0; i < files->n; i++) {
        const struct course_file *f = &files->file[i];
        if (f->problem)
            return err_set(e, f->unreadable ? ERR_FAILED : ERR_REFUSED, "%s: %s (scan again?)",
                           course_file_name(f), f->problem);
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
    headers_read_together(c->root, &out->files, wish->pool);
    for (size_t i = 0; i < c->files.n; i++)
        if (c->aliases.item[i][0])
            disguise_file(&out->files.file[i], c->aliases.item[i], c->patient_id);
    for (size_t i = 0; i < c->notes.n; i++)
        str_list_add(&out->notes, c->notes.item[i]);
    const struct series_wish of_series = {.volume = c->volume, .interpolate = c->interpolated};
    bool ok = file && check_scanned(c, &out->files, e);
    for (size_t i = 0; ok && i < out->files.n; i++)
        file[i] = &out->files.file[i];
    ok = ok && arrange(out, file, out->files.n, &of_series, wish, e) &&
         make_volume(c->root, wish, path, out, e);
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
        if (files->file[i].unreadable)
            return err_set(e, ERR_FAILED, "%s: %s", files->file[i].path, files->file[i].problem);
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
    const struct series_wish of_series = {.root = folder, .interpolate = wish->interpolate};
    const struct walk_wish everything = {.links = WALK_NO_LINKS};
    const struct course_file **file = NULL;
    size_t n;
    bool ok = walk(folder, &everything, &out->files, e);
    headers_read_together(folder, &out->files, wish->pool);
    ok = ok && (file = mem_array(out->files.n, sizeof(struct course_file *), e)) != NULL &&
         one_series(&out->files, file, &n, e) && arrange(out, file, n, &of_series, wish, e) &&
         make_volume(folder, wish, path, out, e);
    free(file);
    if (!ok) {
        image_free(out);
        return err_wrap(e, "%s", folder);
    }
    return true;
}

void image_free(struct image *image)
{
    series_free(&image->series);
    series_drops_free(&image->drops);
    str_list_free(&image->suv_notes);
    str_list_free(&image->notes);
    volume_free(&image->volume);
    file_list_free(&image->files);
    *image = (struct image){0};
}
