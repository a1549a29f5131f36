/* image.json: where an image came from, what it is, and what was odd. */
#include "course/image.h"

#include "base/mem.h"
#include "course/acquisition.h"
#include "io/json.h"
#include "version.h"

#include <stdlib.h>
#include <string.h>

static const char *text(const struct image *image, enum dicom_text which)
{
    return image->series.file[0]->header.text[which];
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
    if (image->series.label)
        json_object_set_new(o, "volume", json_text(image->series.label));
    if (image->series.made_up)
        json_object_set_new(o, "slices_interpolated",
                            json_integer((json_int_t)image->series.made_up));
    return o;
}

static bool is_lossy(const struct image *image)
{
    for (size_t i = 0; i < image->series.files; i++)
        if (strcmp(image->series.file[i]->header.text[DICOM_LOSSY], "01") == 0)
            return true;
    return false;
}

/* Faults that were accepted in reading the files, each with the number of files. */
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

/* What was accepted by the user's rules for values. */
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

/* What was accepted by the rules for volumes. */
static void add_volume(const struct series *s, json_t *notes)
{
    struct str note = {0};
    if (s->label)
        str_addf(&note, "one of several volumes of its series: %s\n", s->label);
    if (s->rounded_mm > 0)
        str_addf(
            &note,
            "positions were rounded by their writer (%d decimals): slices are up to %.3g mm off "
            "an even grid of %g mm\n",
            s->position_decimals, s->rounded_mm, s->grid.spacing_mm[2]);
    if (s->sheared > 0)
        str_addf(&note,
                 "direction cosines of %d decimals: corrected by %.2g, so that slices are "
                 "perpendicular to their stack\n",
                 s->cosine_decimals, s->sheared);
    if (s->made_up)
        str_addf(&note,
                 "%zu of %zu slices are missing and were made up as the mean of their neighbours "
                 "(MISSING_SLICES=interpolate)\n",
                 s->made_up, s->planes);
    for (const char *at = str_text(&note); *at; at = strchr(at, '\n') + 1) {
        char *line = mem_must(strndup(at, strcspn(at, "\n")));
        json_array_append_new(notes, json_text(line));
        free(line);
    }
    str_free(&note);
}

static json_t *notes_json(const struct image *image)
{
    json_t *notes = json_array();
    add_volume(&image->series, notes);
    for (size_t i = 0; i < image->notes.n; i++)
        json_array_append_new(notes, json_text(image->notes.item[i]));
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
