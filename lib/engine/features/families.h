/* The classes of pyradiomics, one row each: pyradiomics.c. */
#ifndef RADMILL_ENGINE_FEATURES_FAMILIES_H
#define RADMILL_ENGINE_FEATURES_FAMILIES_H

#include "engine/features/family.h"

extern const struct family *const pyradiomics_families[]; /* NULL-terminated; specification 1.4 */

extern const struct family *const ibsi_families[]; /* NULL-terminated; ibsi.c */

extern const struct family family_firstorder;
extern const struct family family_glcm;
extern const struct family family_gldm;
extern const struct family family_glrlm;
extern const struct family family_glszm;
extern const struct family family_ngtdm;
extern const struct family family_shape;
extern const struct family family_shape2d;

#endif
