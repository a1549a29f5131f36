/* The ITK plugin's entry points (build/plugins/radmill-itk.so): any image that ITK reads, and a
 * folder with one DICOM series. Plain C on both sides: no ITK type crosses, no exception leaves,
 * memory belongs to whoever allocated it. Used by foreign.c only. */
#ifndef RADMILL_SHIM_ITK_VOLUME_H
#define RADMILL_SHIM_ITK_VOLUME_H

#include "vol/volume.h"

#ifdef __cplusplus
extern "C" {
#endif

struct itk_volume; /* an image whose header was read */

/* Reads the header; fills grid, type and channels of *out. NULL: message (at most `room` bytes). */
struct itk_volume *radmill_itk_open(const char *path, struct volume *out, char *message,
                                    size_t room);

/* Reads all voxels, x fastest, components interleaved, into data[bytes]. */
bool radmill_itk_read(struct itk_volume *v, void *data, size_t bytes, char *message, size_t room);
void radmill_itk_close(struct itk_volume *v);

#ifdef __cplusplus
}
#endif
#endif
