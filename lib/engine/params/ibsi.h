/* The parts of IBSI's profile, for the files of this room. */
#ifndef RADMILL_ENGINE_PARAMS_IBSI_H
#define RADMILL_ENGINE_PARAMS_IBSI_H

#include "engine/params/builder.h"

extern const struct key ibsi_keys[];       /* ibsi_keys.c */
extern const char *const ibsi_sections[];  /* of the parameter file, NULL-terminated: ibsi_file.c */
extern const struct preset ibsi_presets[]; /* ends with name NULL: ibsi_presets.c */

/* struct profile's read: a parameter file in IBSI's terms (docs/ibsi.md). */
bool ibsi_read(struct builder *b, const struct params_source *source);

#endif
