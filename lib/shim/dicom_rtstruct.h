/* RT Structure Sets (DICOM PS3.3 A.19): names and contours, nothing else. */
#ifndef RADMILL_SHIM_DICOM_RTSTRUCT_H
#define RADMILL_SHIM_DICOM_RTSTRUCT_H

#ifdef __cplusplus
extern "C" {
#endif

#include "base/err.h"
#include "vol/contour.h"

#include <stddef.h>
#include <stdint.h>

struct rtstruct_roi {
    char *name;               /* ROI Name (3006,0026), UTF-8; may be empty */
    char *frame_of_reference; /* Referenced Frame of Reference UID (3006,0024); may be empty */
    int64_t number;           /* ROI Number (3006,0022); -1: none */
    bool guessed;             /* the name has bytes that the character set does not explain */
    bool ambiguous;      /* another ROI has the same number, so the contours cannot be told apart */
    bool unnamed;        /* no item of Structure Set ROI Sequence: contours of an unknown number */
    bool by_observation; /* ROI Name is empty: the name is its observation's label */
    struct contour *contour; /* Contour Sequence (3006,0040), in file order */
    char **image; /* of each contour: the images that it names, "UID" or "UID#FRAME" (Referenced
                     Frame Number), joined by backslashes; empty: none */
    size_t contours;
};

struct rtstruct {
    char *sop_uid;
    char *label;      /* Structure Set Label (3006,0002) */
    int64_t forgiven; /* bits of shim/dicom_forgiven.h */
    struct rtstruct_roi
        *roi; /* in the order of Structure Set ROI Sequence (3006,0020), unnamed ones last */
    size_t rois;
};

/* Reads path. ERR_REFUSED: no DICOM, broken, or no structure set. *set is zeroed then. With
 * `contours` false only names and counts are kept and no coordinate is parsed. Release with
 * rtstruct_free. */
bool rtstruct_read(const char *path, bool contours, struct rtstruct *set, struct err *e);

/* Its two ways, for tests that compare them. The quick one is false, and *set zeroed, for a file
 * that is not plain (shim/dicom_plain.h). */
bool rtstruct_read_plainly(const char *path, bool contours, struct rtstruct *set);
bool rtstruct_read_by_dcmtk(const char *path, bool contours, struct rtstruct *set, struct err *e);

void rtstruct_free(struct rtstruct *set); /* a zeroed one is fine */

#ifdef __cplusplus
}
#endif

#endif
