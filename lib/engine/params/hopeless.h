/* Values that are of the right type and in range, and with which no case can succeed. */
#ifndef RADMILL_ENGINE_PARAMS_HOPELESS_H
#define RADMILL_ENGINE_PARAMS_HOPELESS_H

#include "engine/params/keys.h"
#include "engine/params/params.h"

/* The first key whose value makes every case of p fail, or NULL; *wanted is what its value must be,
 * as a text behind "must ". pyradiomics accepts such files and then aborts case by case. */
const struct key *hopeless_key(const struct params *p, const char **wanted);

#endif
