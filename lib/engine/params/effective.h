/* The settings as the diagnostics print them: the keys that are always shown, then every other key
 * that was set, in the order in which that happened. */
#ifndef RADMILL_ENGINE_PARAMS_EFFECTIVE_H
#define RADMILL_ENGINE_PARAMS_EFFECTIVE_H

#include "base/str.h"
#include "engine/params/profile.h"

struct effective { /* zero-initialise */
    struct {
        const struct key *key;
        char *text;
    } * item;
    size_t n;
};

bool effective_set(struct effective *f, const struct key *key, const struct yaml_node *value,
                   struct err *e);
/* "{'a': 1, ...}"; in voxel mode the last key is 'voxelBased'. */
void effective_print(const struct effective *f, const struct profile *p, bool voxel,
                     struct str *out);
void effective_free(struct effective *f);

#endif
