/* Formulas of the co-occurrence features (IBSI 3.6), of the sums of one matrix. */
#include "engine/features/glcm_formulas.h"

#include <math.h>

static double square(double x)
{
    return x * x;
}

/* sum of (i + j - mean)^power p */
static double cluster(const struct glcm_sums *s, int power)
{
    double sum = 0, mean = s->mean_i + s->mean_j;
    for (int64_t k = 0; k < s->add.n; k++) {
        double apart = s->add.at[k] - mean, term = s->add.count[k];
        for (int p = 0; p < power; p++)
            term *= apart;
        sum += term;
    }
    return sum / s->total;
}

double glcm_autocorrelation(const struct glcm_sums *s)
{
    /* 4 i j = (i + j)^2 - (i - j)^2 */
    double sum = 0;
    for (int64_t k = 0; k < s->add.n; k++)
        sum += square(s->add.at[k]) * s->add.count[k];
    for (int64_t k = 0; k < s->sub.n; k++)
        sum -= square(s->sub.at[k]) * s->sub.count[k];
    return sum / 4 / s->total;
}

double glcm_cluster_prominence(const struct glcm_sums *s)
{
    return cluster(s, 4);
}

double glcm_cluster_shade(const struct glcm_sums *s)
{
    return cluster(s, 3);
}

double glcm_cluster_tendency(const struct glcm_sums *s)
{
    return cluster(s, 2);
}

double glcm_contrast(const struct glcm_sums *s)
{
    double sum = 0;
    for (int64_t k = 0; k < s->sub.n; k++)
        sum += square(s->sub.at[k]) * s->sub.count[k];
    return sum / s->total;
}

double glcm_correlation(const struct glcm_sums *s)
{
    return s->correlation;
}

double glcm_difference_average(const struct glcm_sums *s)
{
    double sum = 0;
    for (int64_t k = 0; k < s->sub.n; k++)
        sum += s->sub.at[k] * s->sub.count[k];
    return sum / s->total;
}

double glcm_difference_entropy(const struct glcm_sums *s)
{
    return s->sub_entropy;
}

double glcm_difference_variance(const struct glcm_sums *s)
{
    double sum = 0, mean = glcm_difference_average(s);
    for (int64_t k = 0; k < s->sub.n; k++)
        sum += s->sub.count[k] * (s->sub.at[k] - mean) * (s->sub.at[k] - mean);
    return sum / s->total;
}

/* sum of p / (1 + (|i - j| / unit)^power) */
static double inverse(const struct glcm_sums *s, double unit, int power)
{
    double sum = 0;
    for (int64_t k = 0; k < s->sub.n; k++) {
        double apart = s->sub.at[k] / unit;
        sum += s->sub.count[k] / (1 + (power == 2 ? apart * apart : apart));
    }
    return sum / s->total;
}

double glcm_inverse_difference(const struct glcm_sums *s)
{
    return inverse(s, 1, 1);
}

double glcm_inverse_difference_moment(const struct glcm_sums *s)
{
    return inverse(s, 1, 2);
}

double glcm_inverse_difference_moment_normalised(const struct glcm_sums *s)
{
    return inverse(s, s->ng, 2);
}

double glcm_inverse_difference_normalised(const struct glcm_sums *s)
{
    return inverse(s, s->ng, 1);
}

double glcm_information_correlation_1(const struct glcm_sums *s)
{
    double most = fmax(s->entropy_i, s->entropy_j);
    return most != 0 ? (s->joint_entropy - s->joint_information) / most : 0;
}

/* NaN when round-off makes the joint entropy the larger one, as in pyradiomics. */
double glcm_information_correlation_2(const struct glcm_sums *s)
{
    if (s->product_entropy == s->joint_entropy)
        return 0;
    return sqrt(1 - pow(M_E, -2 * (s->product_entropy - s->joint_entropy)));
}

double glcm_inverse_variance(const struct glcm_sums *s)
{
    double sum = 0;
    for (int64_t k = 0; k < s->sub.n; k++)
        sum += s->sub.at[k] ? s->sub.count[k] / square(s->sub.at[k]) : 0;
    return sum / s->total;
}

double glcm_joint_average(const struct glcm_sums *s)
{
    return s->mean_i;
}

double glcm_joint_energy(const struct glcm_sums *s)
{
    return s->squares / s->total / s->total;
}

double glcm_joint_entropy(const struct glcm_sums *s)
{
    return s->joint_entropy;
}

double glcm_maximum_probability(const struct glcm_sums *s)
{
    return s->largest / s->total;
}

double glcm_sum_average(const struct glcm_sums *s)
{
    return s->mean_i + s->mean_j;
}

double glcm_sum_entropy(const struct glcm_sums *s)
{
    return s->add_entropy;
}

double glcm_joint_variance(const struct glcm_sums *s)
{
    return s->variance_i;
}

double glcm_maximal_correlation(const struct glcm_sums *s)
{
    return s->maximal_correlation;
}
