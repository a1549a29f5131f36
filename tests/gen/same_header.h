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

/* What differs between the headers of an image, in words; NULL: nothing. */
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
    return a->rois || b->rois || a->references || b->references || a->instances.n || b->instances.n
               ? "regions or references"
               : NULL;
}

#endif
