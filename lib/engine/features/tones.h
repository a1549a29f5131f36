/* Neighbourhood grey tone difference features (specification 6.7; IBSI 3.10). */
#ifndef RADMILL_ENGINE_FEATURES_TONES_H
#define RADMILL_ENGINE_FEATURES_TONES_H

#include "engine/features/family.h"

/* Sums over the levels that occur and over all ordered pairs of them. p = n / voxels. */
struct tones {
    double levels; /* how many occur */
    double voxels;
    double s, ps;           /* sum s; sum p s */
    double pair_contrast;   /* sum p_i p_j (i - j)^2 */
    double pair_busyness;   /* sum |i p_i - j p_j| */
    double pair_complexity; /* sum |i - j| (p_i s_i + p_j s_j) / (p_i + p_j) */
    double pair_strength;   /* sum (p_i + p_j) (i - j)^2 */
};

typedef double tones_formula(const struct tones *t);

/* A row of a family that ngtdm_measure measures. */
struct tones_row {
    struct feature feature;
    tones_formula *formula;
};

/* Measures a family of such rows: struct family's `measure`. */
bool ngtdm_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                   struct fvalue *out, struct err *e);

tones_formula tones_busyness, tones_coarseness, tones_complexity, tones_contrast, tones_strength;

#endif
