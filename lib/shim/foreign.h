/* Volumes in formats beyond NIfTI, through a plugin that is loaded only when one is met: programs
 * that see NIfTI alone start without ITK. */
#ifndef RADMILL_SHIM_FOREIGN_H
#define RADMILL_SHIM_FOREIGN_H

#include "vol/volume.h"

/* Reads a file of any format that ITK knows (NRRD, MetaImage, DICOM, ...) or a folder with one
 * DICOM series; pixel type and components are kept. Release with volume_free. ERR_REFUSED: not an
 * image, more than three axes, a type that is no number; ERR_FAILED: the plugin is missing. */
bool foreign_volume_read(const char *path, struct volume *out, struct err *e);

#endif
