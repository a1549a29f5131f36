#include "engine/params/profile.h"

#include <string.h>

const struct family *profile_family(const struct profile *p, const char *name)
{
    for (const struct family *const *f = p->families; *f; f++)
        if (strcmp((*f)->name, name) == 0)
            return *f;
    return NULL;
}

const struct filter *profile_filter(const struct profile *p, const char *name)
{
    for (const struct filter *const *f = p->filters; *f; f++)
        if (strcmp((*f)->name, name) == 0)
            return *f;
    return NULL;
}

const struct preset *profile_preset(const struct profile *p, const char *name)
{
    for (const struct preset *s = p->presets; s->name; s++)
        if (strcmp(s->name, name) == 0)
            return s;
    return NULL;
}
