/* What kind of DICOM object a file is, without reading more than its first elements. */
#ifndef RADMILL_SHIM_DICOM_CLASS_H
#define RADMILL_SHIM_DICOM_CLASS_H

#ifdef __cplusplus
extern "C" {
#endif

#include <stdbool.h>

enum { DICOM_UID_SIZE = 72 };

/* SOP Class UID (0008,0016) of path, else that of the meta header (0002,0002). false: no DICOM
 * file, or one without both. */
bool dicom_class(const char *path, char uid[DICOM_UID_SIZE]);

/* Its two ways, as dicom_header_read has them. */
bool dicom_class_plainly(const char *path, char uid[DICOM_UID_SIZE]);
bool dicom_class_by_dcmtk(const char *path, char uid[DICOM_UID_SIZE]);

#define DICOM_CLASS_OF_RTSTRUCT     "1.2.840.10008.5.1.4.1.1.481.3"
#define DICOM_CLASS_OF_ENHANCED_PET "1.2.840.10008.5.1.4.1.1.130"
#define DICOM_CLASS_OF_SEG          "1.2.840.10008.5.1.4.1.1.66.4"
#define DICOM_CLASS_OF_LABELMAP     "1.2.840.10008.5.1.4.1.1.66.7"

#ifdef __cplusplus
}
#endif

#endif
