/* DICOM Segmentations (PS3.3 A.51): binary, fractional, label map; read by DCMTK. */
#ifndef RADMILL_SHIM_DICOM_SEG_H
#define RADMILL_SHIM_DICOM_SEG_H

#ifdef __cplusplus
extern "C" {
#endif

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct seg_segment {
    char *name;     /* Segment Label (0062,0005), UTF-8; may be empty */
    int64_t number; /* Segment Number (0062,0004) */
    bool guessed;   /* the name has bytes that the character set does not explain */
    bool ambiguous; /* another segment has the same number */
    bool unnamed;   /* no item of Segment Sequence: frames or labels of an unknown number */
};

/* A frame's place in the patient: its pixel (c, r) lies at
 * position + row_direction * spacing[0] * c + column_direction * spacing[1] * r. LPS. */
struct seg_frame {
    int64_t segment; /* Referenced Segment Number; -1 in a label map */
    double position_mm[3];
    double direction[6];  /* along a row (c grows), along a column (r grows) */
    double spacing_mm[2]; /* of c, of r */
    double thickness_mm;  /* Spacing Between Slices, else Slice Thickness, else 0 */
    char *images; /* that it was derived from: "UID" or "UID#FRAME", joined by backslashes */
};

struct seg {
    char *sop_uid;
    char *label;                 /* Content Label (0070,0080) */
    int64_t forgiven;            /* bits of shim/dicom_forgiven.h */
    char *frame_of_reference;    /* Frame of Reference UID (0020,0052); may be empty */
    struct seg_segment *segment; /* in file order; unnamed ones last, where frames are read */
    size_t segments;
    int64_t columns, rows;
    struct seg_frame *frame;
    size_t frames;
    void *pixels; /* private */
};

/* Reads path. With `frames` false only the segments are filled. ERR_REFUSED: no DICOM, broken, no
 * segmentation, a frame without a place or segment, pixel data too short or in a form that cannot
 * be decoded. *s is zeroed then. Release with seg_free. */
bool seg_read(const char *path, bool frames, struct seg *s, struct err *e);
void seg_free(struct seg *s); /* a zeroed one is fine */

/* Which pixels of a frame's row belong to a segment: out[columns] of 0 and 1. Binary: the bit;
 * fractional: at least half of Maximum Fractional Value; label map: the pixel's value is the
 * segment's number. */
void seg_row(const struct seg *s, size_t frame, int64_t row, int64_t segment, uint8_t *out);

#ifdef __cplusplus
}
#endif

#endif
