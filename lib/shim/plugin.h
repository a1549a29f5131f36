/* Parts of the program that are loaded when they are needed, so that it starts without the
 * libraries that they stand on: ITK (shim/foreign.h), DCMTK (shim/dicom_calls.h) and its decoders
 * (shim/dicom_codecs.h). */
#ifndef RADMILL_SHIM_PLUGIN_H
#define RADMILL_SHIM_PLUGIN_H

#ifdef __cplusplus
extern "C" {
#endif

#include "base/err.h"

/* Where the plugin in `file` lies (free()); NULL: nowhere. */
char *plugin_path(const char *file);

/* The plugin in `file` for dlsym; `what` is what messages call it. It stays loaded until the
 * process ends. NULL, ERR_FAILED: it is not installed, or cannot be loaded. */
void *plugin_open(const char *file, const char *what, struct err *e);

#ifdef __cplusplus
}
#endif

#endif
