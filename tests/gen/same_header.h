/* Two headers of one file, field by field: what the quick reader of plain files and DCMTK find must
 * be the same. */
#ifndef RADMILL_TESTS_SAME_HEADER_H
#define RADMILL_TESTS_SAME_HEADER_H

#include "shim/dicom_header.h"

#include <stddef.h>
#include <string.h>

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_names(const struct dicom_names *a, const struct dicom_names *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++)
        same = same_text(a->item[i], b->item[i]);
    return same;
}

/* Numbers bit by bit: NaN is what is absent. */
static bool same_frame(const struct dicom_frame *a, const struct dicom_frame *b)
{
    const size_t numbers =
        offsetof(struct dicom_frame, position_decimals) - offsetof(struct dicom_frame, position_mm);
    return a->has == b->has && memcmp(a->position_mm, b->position_mm, numbers) == 0 &&
           a->position_decimals == b->position_decimals &&
           a->cosine_decimals == b->cosine_decimals && a->type == b->type;
}

static bool same_images(const struct dicom_named *a, size_t n, const struct dicom_named *b,
                        size_t m)
{
    bool same = n == m;
    for (size_t i = 0; same && i < n; i++)
        same = a[i].instance == b[i].instance && a[i].frame == b[i].frame;
    return same;
}

static bool same_regions(const struct dicom_header *a, const struct dicom_header *b)
{
    bool same = a->rois == b->rois;
    for (size_t i = 0; same && i < a->rois; i++) {
        const struct dicom_roi *r = &a->roi[i], *s = &b->roi[i];
        same = same_text(r->name, s->name) && r->number == s->number &&
               same_text(r->frame_of_reference, s->frame_of_reference) &&
               r->contours == s->contours && r->unnamed == s->unnamed &&
               r->by_observation == s->by_observation &&
               same_images(r->image, r->images, s->image, s->images);
    }
    return same;
}

static bool same_references(const struct dicom_header *a, const struct dicom_header *b)
{
    bool same = a->references == b->references;
    for (size_t i = 0; same && i < a->references; i++) {
        const struct dicom_reference *r = &a->reference[i], *s = &b->reference[i];
        same = same_text(r->frame_of_reference, s->frame_of_reference) &&
               same_text(r->series, s->series) &&
               same_images(r->image, r->images, s->image, s->images);
    }
    return same;
}

/* What differs between the headers of an image or a structure set, in words; NULL: nothing. */
static const char *header_difference(const struct dicom_header *a, const struct dicom_header *b)
{
    for (int t = 0; t < DICOM_TEXTS; t++)
        if (!same_text(a->text[t], b->text[t]))
            return "a text";
    if (a->file_bytes != b->file_bytes || !same_text(a->damage, b->damage))
        return "the length of the file, or its damage";
    if (a->forgiven != b->forgiven)
        return "what is forgiven";
    if (a->rows != b->rows || a->columns != b->columns || a->samples != b->samples)
        return "rows, columns or samples";
    if (a->bits_allocated != b->bits_allocated || a->bits_stored != b->bits_stored ||
        a->high_bit != b->high_bit || a->is_signed != b->is_signed || a->sample != b->sample)
        return "the kind of samples";
    if (a->pixel_offset != b->pixel_offset || a->pixel_bytes != b->pixel_bytes)
        return "the place of the pixels";
    if (a->number_of_frames != b->number_of_frames || a->frames != b->frames)
        return "the number of frames";
    for (size_t i = 0; i < a->frames; i++)
        if (!same_frame(&a->frame[i], &b->frame[i]))
            return "a frame";
    if (!same_names(&a->frame_types, &b->frame_types))
        return "the types of frames";
    if (!same_names(&a->instances, &b->instances))
        return "the images that it names";
    return !same_regions(a, b) ? "regions" : !same_references(a, b) ? "references" : NULL;
}

#endif
