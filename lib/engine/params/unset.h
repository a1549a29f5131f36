/* Keys that are null in the file although something uses their value. */
#ifndef RADMILL_ENGINE_PARAMS_UNSET_H
#define RADMILL_ENGINE_PARAMS_UNSET_H

#include "engine/params/keys.h"
#include "engine/params/params.h"

/* The first key that is null but used by p (voxel: in voxel mode), or NULL. */
const struct key *unset_but_used(const struct params *p, bool voxel);

#endif
