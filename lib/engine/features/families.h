/* The rows of families[]: one object per family, each in the file of its name. */
#ifndef RADMILL_ENGINE_FEATURES_FAMILIES_H
#define RADMILL_ENGINE_FEATURES_FAMILIES_H

#include "engine/features/family.h"

extern const struct family family_firstorder; /* firstorder.c */
extern const struct family family_glcm;       /* glcm.c */
extern const struct family family_gldm;       /* gldm.c */
extern const struct family family_glrlm;      /* glrlm.c */
extern const struct family family_glszm;      /* glszm.c */
extern const struct family family_ngtdm;      /* ngtdm.c */
extern const struct family family_shape;      /* shape.c */
extern const struct family family_shape2d;    /* shape2d.c */

#endif
