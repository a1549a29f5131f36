/* MetaImage files (.mha, .mhd). What is read: everything of two or three axes that ITK 5.4 reads,
 * with its values and its geometry: every number type, both byte orders, compressed or not, voxels
 * behind the header, in one file, or in a slice a file by LIST or by a pattern. Keys that have no
 * bearing on that (units, anatomical orientation, scaling) are passed over, as there. */
#ifndef RADMILL_IO_META_H
#define RADMILL_IO_META_H

#include "vol/volume.h"

/* By its ending, which is what ITK goes by. */
bool meta_recognise(const char *path);

/* Release with volume_free. ERR_REFUSED names the file, the line and the cause. */
bool meta_read(const char *path, struct volume *out, struct err *e);

#endif
