/* pyradiomics' parameter file (specification 1): the layout of its sections. */
#ifndef RADMILL_ENGINE_PARAMS_PYRADIOMICS_FILE_H
#define RADMILL_ENGINE_PARAMS_PYRADIOMICS_FILE_H

#include "engine/params/builder.h"

extern const char *const pyradiomics_sections[]; /* NULL-terminated */

/* Fills b->p from b->doc (NULL: no file) and the overrides. */
bool pyradiomics_read(struct builder *b, const struct params_source *source);

#endif
