/* A volume from a file of any format that we read: NIfTI and ANALYZE (io/nii.h), NRRD (io/nrrd.h)
 * and MetaImage (io/meta.h) by readers of our own, everything else by ITK (shim/foreign.h). */
#ifndef RADMILL_IO_VOLUME_FILE_H
#define RADMILL_IO_VOLUME_FILE_H

#include "vol/volume.h"

/* "-": NIfTI on stdin. The grid has passed grid_settle. Release with volume_free. ERR_REFUSED names
 * the file and the cause. */
bool volume_file_read(const char *path, struct volume *out, struct err *e);

/* Is it read by a reader of our own from a file? Two such may be read by two threads. */
bool volume_file_is_ours(const char *path);

#endif
