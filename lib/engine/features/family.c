#include "engine/features/family.h"

#include "engine/features/families.h"

#include <string.h>

const struct family *family_find(const char *name)
{
    for (const struct family *const *f = families; *f; f++)
        if (strcmp((*f)->name, name) == 0)
            return *f;
    return NULL;
}

int family_feature(const struct family *f, const char *feature)
{
    for (int i = 0; i < f->n_features; i++)
        if (strcmp(family_row(f, i)->name, feature) == 0)
            return i;
    return -1;
}
