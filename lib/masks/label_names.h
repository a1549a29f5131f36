/* Names of labels, as files carry them. */
#ifndef RADMILL_MASKS_LABEL_NAMES_H
#define RADMILL_MASKS_LABEL_NAMES_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct label_name {
    char *name;    /* original */
    int64_t value; /* of its voxels */
    int channel;   /* component of the voxels (3D Slicer: layer); 0 for ordinary files */
};

struct label_names {
    struct label_name *item;
    size_t n;
};

/* Appends the labels of a Caret XML text (what TotalSegmentator and Connectome Workbench put into a
 * NIfTI header extension): <Label Key="5" ...>liver</Label>, plain or CDATA. Key 0 is background
 * and left out, and so is anything malformed. */
void label_names_caret(const char *xml, struct label_names *out);

/* Appends the segments of the text header of an NRRD that 3D Slicer wrote: SegmentN_Name,
 * SegmentN_LabelValue (1 when absent), SegmentN_Layer (N when neither is there: older releases keep
 * one segment in each component). */
void label_names_slicer(const char *header, struct label_names *out);

/* Appends the names that a label map carries in its header (NIfTI, NRRD); none is fine. */
bool label_names_read(const char *path, struct label_names *names, struct err *e);

void label_names_free(struct label_names *l);

#endif
