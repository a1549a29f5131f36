/* Which files of a series count, and whether each of them can be a slice. */
#include "course/series_steps.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text(const struct course_file *f, enum dicom_text which)
{
    return f->header.text[which];
}

void series_drop_file(struct series_drops *d, const struct course_file *f, const char *reason)
{
    struct series_drop *item = &d->item[d->n++];
    item->file = f;
    snprintf(item->reason, sizeof item->reason, "%s", reason);
}

static bool has_value(const char *values, const char *wanted)
{
    size_t n = strlen(wanted);
    for (const char *at = values; at; at = strchr(at, '\\') ? strchr(at, '\\') + 1 : NULL)
        if (strncmp(at, wanted, n) == 0 && (at[n] == '\\' || at[n] == '\0'))
            return true;
    return false;
}

/* For uncompressed pixels; of compressed ones the size is known only after decoding. */
static double bytes_needed(const struct dicom_header *h)
{
    return (double)h->rows * (double)h->columns * (double)h->frames *
           (double)(h->bits_allocated / 8);
}

static double bytes_there(const struct dicom_header *h)
{
    return fmin((double)h->pixel_bytes, (double)(h->file_bytes - h->pixel_offset));
}

static bool is_whole(const struct course_file *f)
{
    const struct dicom_header *h = &f->header;
    return !h->damage && (h->pixel_offset < 0 || bytes_there(h) >= bytes_needed(h));
}

/* Of several copies of an instance the complete ones come first: a truncated copy must not be used
 * in place of a complete one. */
static int by_instance(const void *a, const void *b)
{
    const struct course_file *x = *(const struct course_file *const *)a;
    const struct course_file *y = *(const struct course_file *const *)b;
    int c = strcmp(text(x, DICOM_SOP_UID), text(y, DICOM_SOP_UID));
    c = c ? c : is_whole(y) - is_whole(x);
    return c ? c : strcmp(x->path, y->path);
}

static int by_path(const void *a, const void *b)
{
    const struct course_file *x = *(const struct course_file *const *)a;
    const struct course_file *y = *(const struct course_file *const *)b;
    return strcmp(x->path, y->path);
}

static bool same_place(const struct dicom_header *a, const struct dicom_header *b)
{
    if (a->frames != b->frames || a->rows != b->rows || a->columns != b->columns)
        return false;
    for (size_t i = 0; i < a->frames; i++)
        if (memcmp(a->frame[i].position_mm, b->frame[i].position_mm,
                   sizeof a->frame[i].position_mm) != 0)
            return false;
    return true;
}

/* Leaves one file of each instance in s->file, which is sorted by_instance. */
static bool drop_copies(struct series_pool *s, struct series_drops *drops, struct err *e)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->files; i++) {
        const struct course_file *before = kept ? s->file[kept - 1] : NULL, *f = s->file[i];
        if (!before || strcmp(text(before, DICOM_SOP_UID), text(f, DICOM_SOP_UID)) != 0 ||
            text(before, DICOM_SOP_UID)[0] == '\0') {
            if (f->header.damage)
                return err_set(e, ERR_REFUSED, "%s: %s", course_file_name(f), f->header.damage);
            s->file[kept++] = f;
            continue;
        }
        if (!f->header.damage && !same_place(&before->header, &f->header))
            return err_set(e, ERR_REFUSED,
                           "%s and %s have one SOP Instance UID and different places in space",
                           course_file_name(before), course_file_name(f));
        char reason[256];
        snprintf(reason, sizeof reason, "second copy of a SOP instance: %.200s",
                 course_file_name(before));
        series_drop_file(drops, f, reason);
    }
    s->files = kept;
    return true;
}

/* Fills s->file with the files that count; drops localizers and second copies. */
bool series_choose_files(const struct course_file *const *file, size_t n, struct series_pool *s,
                         struct series_drops *drops, struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        if (has_value(text(file[i], DICOM_IMAGE_TYPE), "MOSAIC"))
            return err_set(e, ERR_REFUSED, "%s: a mosaic: slices side by side in one picture",
                           course_file_name(file[i]));
        if (has_value(text(file[i], DICOM_IMAGE_TYPE), "LOCALIZER"))
            series_drop_file(drops, file[i], "localizer: no slice of the volume");
        else
            s->file[s->files++] = file[i];
    }
    if (s->files == 0)
        return err_set(e, ERR_REFUSED, "localizer: no volume");
    qsort(s->file, s->files, sizeof *s->file, by_instance);
    if (!drop_copies(s, drops, e))
        return false;
    qsort(s->file, s->files, sizeof *s->file, by_path); /* for messages that name the first */
    return true;
}

static bool check_pixels(const struct course_file *f, struct err *e)
{
    const struct dicom_header *h = &f->header;
    const char *photometric = text(f, DICOM_PHOTOMETRIC);
    if (h->sample == DICOM_SAMPLE_NONE)
        return err_set(e, ERR_REFUSED, "no pixel data");
    if (h->samples != 1 ||
        (*photometric && strncmp(photometric, "MONOCHROME", strlen("MONOCHROME")) != 0))
        return err_set(e, ERR_REFUSED, "colour image (%s, %lld samples per pixel)", photometric,
                       (long long)h->samples);
    if (h->bits_allocated != 8 && h->bits_allocated != 16 && h->bits_allocated != 32 &&
        !(h->bits_allocated == 64 && h->sample == DICOM_SAMPLE_F64))
        return err_set(e, ERR_REFUSED, "%lld bits allocated per pixel",
                       (long long)h->bits_allocated);
    if (h->sample == DICOM_SAMPLE_INT &&
        (h->bits_stored < 1 || h->bits_stored > h->bits_allocated ||
         h->high_bit < h->bits_stored - 1 || h->high_bit >= h->bits_allocated))
        return err_set(e, ERR_REFUSED, "bits stored %lld, high bit %lld of %lld bits allocated",
                       (long long)h->bits_stored, (long long)h->high_bit,
                       (long long)h->bits_allocated);
    if (h->pixel_offset < 0)
        return true;
    if (bytes_there(h) < bytes_needed(h))
        return err_set(e, ERR_REFUSED, "truncated: %.0f bytes of pixels, %.0f needed",
                       bytes_there(h), bytes_needed(h));
    return true;
}

static bool check_frames(const struct course_file *f, struct err *e)
{
    static const struct {
        uint32_t bit;
        const char *name;
    } wanted[] = {{DICOM_HAS_POSITION, "ImagePositionPatient"},
                  {DICOM_HAS_ORIENTATION, "ImageOrientationPatient"},
                  {DICOM_HAS_SPACING, "PixelSpacing"}};
    const struct dicom_header *h = &f->header;
    if (h->number_of_frames != (int64_t)h->frames)
        return err_set(e, ERR_REFUSED,
                       "NumberOfFrames is %lld, but there are functional groups for %zu",
                       (long long)h->number_of_frames, h->frames);
    for (size_t i = 0; i < h->frames; i++) {
        for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++)
            if (!(h->frame[i].has & wanted[k].bit))
                return err_set(e, ERR_REFUSED, "no usable %s%s", wanted[k].name,
                               h->frames > 1 ? " in a frame" : "");
        if (h->frame[i].has & DICOM_BAD_RESCALE)
            return err_set(e, ERR_REFUSED,
                           "rescale slope or intercept is not a number, or the slope is 0");
    }
    return true;
}

/* What all files of a volume must agree on. */
static bool check_common(const struct course_file *a, const struct course_file *b, struct err *e)
{
    static const struct {
        enum dicom_text which;
        const char *name;
    } common[] = {{DICOM_FRAME_OF_REFERENCE, "frames of reference"},
                  {DICOM_RESCALE_TYPE, "rescale types"},
                  {DICOM_UNITS, "units"},
                  {DICOM_STUDY_UID, "studies"},
                  {DICOM_MODALITY, "modalities"}};
    for (size_t k = 0; k < sizeof common / sizeof *common; k++)
        if (strcmp(text(a, common[k].which), text(b, common[k].which)) != 0)
            return err_set(e, ERR_REFUSED, "mixed %s: '%s' and '%s'", common[k].name,
                           text(a, common[k].which), text(b, common[k].which));
    return true;
}

bool series_check_files(const struct series_pool *s, struct err *e)
{
    for (size_t i = 0; i < s->files; i++) {
        const struct course_file *f = s->file[i];
        if (!check_frames(f, e) || !check_pixels(f, e))
            return err_wrap(e, "%s", course_file_name(f));
        if (!check_common(s->file[0], f, e))
            return err_wrap(e, "%s and %s", course_file_name(s->file[0]), course_file_name(f));
    }
    return true;
}

static int by_uid(const void *a, const void *b)
{
    return strcmp(a, *(const char *const *)b);
}

bool series_is_named(const struct series_wish *wish, const struct course_file *f)
{
    return wish->n_named > 0 && bsearch(text(f, DICOM_SOP_UID), wish->named, wish->n_named,
                                        sizeof *wish->named, by_uid) != NULL;
}
