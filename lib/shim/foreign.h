/* Volumes in formats that only ITK reads, through a plugin that is loaded when the first such file
 * is opened, so that programs start without ITK. */
#ifndef RADMILL_SHIM_FOREIGN_H
#define RADMILL_SHIM_FOREIGN_H

#include "vol/volume.h"

/* Reads a file of any format that ITK knows (NRRD, MetaImage, DICOM, ...) or a folder with one
 * DICOM series; pixel type and components are kept. Release with volume_free. ERR_REFUSED: not an
 * image, more than three axes, a type that is no number; ERR_FAILED: the plugin is missing. */
bool foreign_volume_read(const char *path, struct volume *out, struct err *e);

/* Decodes all frames of a DICOM file (JPEG 2000 and what else GDCM knows) into data[bytes]: stored
 * values in native byte order, neither masked nor rescaled. ERR_REFUSED when it cannot, or when the
 * file decodes to another size. */
bool foreign_dicom_read(const char *path, void *data, size_t bytes, struct err *e);

#endif
