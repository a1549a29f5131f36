/* Settings from the command line, in place of those of a file. */
#ifndef RADMILL_ENGINE_PARAMS_OVERRIDES_H
#define RADMILL_ENGINE_PARAMS_OVERRIDES_H

#include "engine/params/builder.h"

/* The source's KEY=VALUE texts in order, then its label. ERR_USAGE for a bad one. */
bool overrides_read(struct builder *b, const struct params_source *source);

#endif
