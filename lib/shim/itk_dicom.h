/* The plugin's entry to GDCM's decoders; only shim/foreign.h calls it. */
#ifndef RADMILL_SHIM_ITK_DICOM_H
#define RADMILL_SHIM_ITK_DICOM_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Decodes all frames of a DICOM file into data[bytes]: stored values, as they are, in native byte
 * order. false: message (at most `room` bytes), also when the file decodes to another size. */
bool radmill_itk_dicom(const char *path, void *data, size_t bytes, char *message, size_t room);

#ifdef __cplusplus
}
#endif
#endif
