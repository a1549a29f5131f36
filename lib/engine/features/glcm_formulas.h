/* Formulas of the co-occurrence features (IBSI 3.6), each of the sums of one matrix. They belong to
 * no profile: the rows of a profile give them names and codes. */
#ifndef RADMILL_ENGINE_FEATURES_GLCM_FORMULAS_H
#define RADMILL_ENGINE_FEATURES_GLCM_FORMULAS_H

#include "engine/features/family.h"
#include "engine/features/glcm_sums.h"

typedef double glcm_formula(const struct glcm_sums *s);

/* A row of a family that glcm_measure measures. */
struct glcm_row {
    struct feature feature;
    glcm_formula *formula; /* NULL: gone */
};

/* The row of a family that has this formula, whatever its name; -1 when there is none. */
int glcm_row_of(const struct family *f, glcm_formula *formula);

/* Measures a family of such rows: struct family's `measure`. */
bool glcm_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                  struct fvalue *out, struct err *e);

glcm_formula glcm_autocorrelation;
glcm_formula glcm_cluster_prominence;
glcm_formula glcm_cluster_shade;
glcm_formula glcm_cluster_tendency;
glcm_formula glcm_contrast;
glcm_formula glcm_correlation;
glcm_formula glcm_difference_average;
glcm_formula glcm_difference_entropy;
glcm_formula glcm_difference_variance;
glcm_formula glcm_information_correlation_1;
glcm_formula glcm_information_correlation_2;
glcm_formula glcm_inverse_difference;
glcm_formula glcm_inverse_difference_moment;
glcm_formula glcm_inverse_difference_moment_normalised;
glcm_formula glcm_inverse_difference_normalised;
glcm_formula glcm_inverse_variance;
glcm_formula glcm_joint_average;
glcm_formula glcm_joint_energy;
glcm_formula glcm_joint_entropy;
glcm_formula glcm_joint_variance;
glcm_formula glcm_maximal_correlation;
glcm_formula glcm_maximum_probability;
glcm_formula glcm_sum_average;
glcm_formula glcm_sum_entropy;

#endif
