#include "engine/params/profile.h"

#include <string.h>

const struct profile *const profiles[] = {&profile_pyradiomics, &profile_ibsi, NULL};

const struct profile *profile_find(const char *name)
{
    for (const struct profile *const *p = profiles; *p; p++)
        if (strcmp((*p)->name, name) == 0)
            return *p;
    return NULL;
}
