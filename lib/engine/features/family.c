#include "engine/features/family.h"

#include "engine/features/families.h"

#include <string.h>

/* Order of specification 1.4: the order of the columns when all classes are enabled. */
const struct family *const families[] = {
    &family_firstorder, &family_glcm,  &family_gldm,    &family_glrlm, &family_glszm,
    &family_ngtdm,      &family_shape, &family_shape2d, NULL,
};

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
        if (strcmp(f->feature[i].name, feature) == 0)
            return i;
    return -1;
}
