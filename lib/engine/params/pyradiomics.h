/* The parts of pyradiomics' profile (pyradiomics.c puts them together). */
#ifndef RADMILL_ENGINE_PARAMS_PYRADIOMICS_H
#define RADMILL_ENGINE_PARAMS_PYRADIOMICS_H

#include "engine/params/profile.h"

extern const struct key pyradiomics_keys[];       /* pyradiomics_keys.c */
extern const struct preset pyradiomics_presets[]; /* pyradiomics_presets.c */

#endif
