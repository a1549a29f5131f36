/* What needs DCMTK: files that are not plain, and segmentations. Its libraries, with
 * those that they bring (libxml2, ICU), take two milliseconds to load, which small series and every
 * region of a cohort would pay for; so programs are linked with shim/dicom_away.c in place of the
 * functions themselves, and load a plugin (build/plugins/radmill-dicom.so, shim/dicom_plugin.c)
 * when the first of these is called. Tests are linked with the functions. */
#ifndef RADMILL_SHIM_DICOM_CALLS_H
#define RADMILL_SHIM_DICOM_CALLS_H

#include "shim/dicom_class.h"
#include "shim/dicom_decoded.h"
#include "shim/dicom_header.h"
#include "shim/dicom_rtstruct.h"
#include "shim/dicom_seg.h"

/* The functions of these names. */
struct dicom_calls {
    const char *release; /* of radmill: that of the program */
    bool (*dicom_class_by_dcmtk)(const char *path, char uid[DICOM_UID_SIZE]);
    bool (*dicom_header_read_by_dcmtk)(const char *path, struct dicom_header *h, struct err *e);
    struct dicom_decoded *(*dicom_decoded_read)(const char *path, const struct dicom_header *h,
                                                struct err *e);
    const unsigned char *(*dicom_decoded_bytes)(const struct dicom_decoded *d);
    void (*dicom_decoded_free)(struct dicom_decoded *d);
    bool (*rtstruct_read_by_dcmtk)(const char *path, bool contours, struct rtstruct *set,
                                   struct err *e);
    bool (*seg_read)(const char *path, bool frames, struct seg *s, struct err *e);
    void (*seg_row)(const struct seg *s, size_t frame, int64_t row, int64_t segment, uint8_t *out);
    void (*seg_free)(struct seg *s);
};

/* The plugin's entry. */
const struct dicom_calls *radmill_dicom_calls(void);

#endif
