/* Grey level co-occurrence features (specification 6.3). */
#include "engine/features/families.h"

#include "engine/features/glcm_sums.h"
#include "engine/features/mcc.h"
#include "engine/matrices/glcm.h"

#include <math.h>
#include <string.h>

static const struct feature feature[] = {
    {"Autocorrelation", "QWB0", "1", false},
    {"ClusterProminence", "AE86", "1", false},
    {"ClusterShade", "7NFM", "1", false},
    {"ClusterTendency", "DG8W", "1", false},
    {"Contrast", "ACUI", "1", false},
    {"Correlation", "NI2N", "1", false},
    {"DifferenceAverage", "TF7R", "1", false},
    {"DifferenceEntropy", "NTRS", "1", false},
    {"DifferenceVariance", "D3YU", "1", false},
    {"Id", "IB1Z", "1", false},
    {"Idm", "WF0Z", "1", false},
    {"Idmn", "1QCO", "1", false},
    {"Idn", "NDRX", "1", false},
    {"Imc1", "R8DG", "1", false},
    {"Imc2", "JN9H", "1", false},
    {"InverseVariance", "E8JP", "1", false},
    {"JointAverage", "60VM", "1", false},
    {"JointEnergy", "8ZQL", "1", false},
    {"JointEntropy", "TU9B", "1", false},
    {"MCC", NULL, "1", false},
    {"MaximumProbability", "GYBY", "1", false},
    {"SumAverage", "ZGXS", "1", false},
    {"SumEntropy", "P6QZ", "1", false},
    {"SumSquares", "UR99", "1", false},
    {"Dissimilarity", "8S9J", "1", true, true},
    {"Homogeneity1", "IB1Z", "1", true, true},
    {"Homogeneity2", "WF0Z", "1", true, true},
    {"SumVariance", "OEEB", "1", true, true},
};
enum { N_FEATURES = sizeof feature / sizeof *feature };

/* sum of (i + j - mean)^power p */
static double cluster(const struct glcm_sums *s, int power)
{
    double sum = 0, mean = s->mean_i + s->mean_j;
    for (int64_t k = 2; k <= 2 * (int64_t)s->ng; k++) {
        double apart = (double)k - mean, term = s->add[k];
        for (int p = 0; p < power; p++)
            term *= apart;
        sum += term;
    }
    return sum / s->total;
}

static double autocorrelation(const struct glcm_sums *s)
{
    /* 4 i j = (i + j)^2 - (i - j)^2 */
    double sum = 0;
    for (int64_t k = 2; k <= 2 * (int64_t)s->ng; k++)
        sum += (double)(k * k) * s->add[k];
    for (int64_t k = 1; k < s->ng; k++)
        sum -= (double)(k * k) * s->sub[k];
    return sum / 4 / s->total;
}

static double cluster_prominence(const struct glcm_sums *s)
{
    return cluster(s, 4);
}

static double cluster_shade(const struct glcm_sums *s)
{
    return cluster(s, 3);
}

static double cluster_tendency(const struct glcm_sums *s)
{
    return cluster(s, 2);
}

static double contrast(const struct glcm_sums *s)
{
    double sum = 0;
    for (int64_t k = 1; k < s->ng; k++)
        sum += (double)(k * k) * s->sub[k];
    return sum / s->total;
}

static double correlation(const struct glcm_sums *s)
{
    return s->correlation;
}

static double difference_average(const struct glcm_sums *s)
{
    double sum = 0;
    for (int64_t k = 1; k < s->ng; k++)
        sum += (double)k * s->sub[k];
    return sum / s->total;
}

static double difference_entropy(const struct glcm_sums *s)
{
    return s->sub_entropy;
}

static double difference_variance(const struct glcm_sums *s)
{
    double sum = 0, mean = difference_average(s);
    for (int64_t k = 0; k < s->ng; k++)
        sum += s->sub[k] * ((double)k - mean) * ((double)k - mean);
    return sum / s->total;
}

/* sum of p / (1 + (|i - j| / unit)^power) */
static double inverse(const struct glcm_sums *s, double unit, int power)
{
    double sum = 0;
    for (int64_t k = 0; k < s->ng; k++) {
        double apart = (double)k / unit;
        sum += s->sub[k] / (1 + (power == 2 ? apart * apart : apart));
    }
    return sum / s->total;
}

static double id(const struct glcm_sums *s)
{
    return inverse(s, 1, 1);
}

static double idm(const struct glcm_sums *s)
{
    return inverse(s, 1, 2);
}

static double idmn(const struct glcm_sums *s)
{
    return inverse(s, s->ng, 2);
}

static double idn(const struct glcm_sums *s)
{
    return inverse(s, s->ng, 1);
}

static double imc1(const struct glcm_sums *s)
{
    double most = fmax(s->entropy_i, s->entropy_j);
    return most != 0 ? (s->joint_entropy - s->joint_information) / most : 0;
}

/* NaN when round-off makes the joint entropy the larger one, as in pyradiomics. */
static double imc2(const struct glcm_sums *s)
{
    if (s->product_entropy == s->joint_entropy)
        return 0;
    return sqrt(1 - pow(M_E, -2 * (s->product_entropy - s->joint_entropy)));
}

static double inverse_variance(const struct glcm_sums *s)
{
    double sum = 0;
    for (int64_t k = 1; k < s->ng; k++)
        sum += s->sub[k] / (double)(k * k);
    return sum / s->total;
}

static double joint_average(const struct glcm_sums *s)
{
    return s->mean_i;
}

static double joint_energy(const struct glcm_sums *s)
{
    return s->squares / s->total / s->total;
}

static double joint_entropy(const struct glcm_sums *s)
{
    return s->joint_entropy;
}

static double maximum_probability(const struct glcm_sums *s)
{
    return s->largest / s->total;
}

static double sum_average(const struct glcm_sums *s)
{
    return s->mean_i + s->mean_j;
}

static double sum_entropy(const struct glcm_sums *s)
{
    return s->add_entropy;
}

static double sum_squares(const struct glcm_sums *s)
{
    return s->variance_i;
}

/* NULL: MCC, which needs the matrix itself. */
static double (*const formula[])(const struct glcm_sums *) = {
    autocorrelation,
    cluster_prominence,
    cluster_shade,
    cluster_tendency,
    contrast,
    correlation,
    difference_average,
    difference_entropy,
    difference_variance,
    id,
    idm,
    idmn,
    idn,
    imc1,
    imc2,
    inverse_variance,
    joint_average,
    joint_energy,
    joint_entropy,
    NULL,
    maximum_probability,
    sum_average,
    sum_entropy,
    sum_squares,
};
enum { N_FORMULAS = sizeof formula / sizeof *formula };

struct state {
    struct texture texture;
    struct glcm matrices;
    struct glcm_work work;
    struct glcm_plain plain;
    bool weighted;
};

static bool matrix(void *family, int i, struct cells *out, struct err *e)
{
    struct state *s = family;
    return glcm_matrix(&s->matrices, i, out, e);
}

static bool total(void *family, const struct cells *m, double *sum, struct err *e)
{
    struct state *s = family;
    return glcm_plain_total(&s->plain, m, sum, e);
}

static double weight(enum weighting_norm norm, const double q_mm[3])
{
    switch (norm) {
    case WEIGHT_INFINITY: {
        double most = fmax(fmax(q_mm[0], q_mm[1]), q_mm[2]);
        return exp(-(most * most));
    }
    case WEIGHT_EUCLIDEAN:
        return exp(-(q_mm[2] * q_mm[2] + q_mm[1] * q_mm[1] + q_mm[0] * q_mm[0]));
    case WEIGHT_MANHATTAN: {
        double sum = q_mm[2] + q_mm[1] + q_mm[0];
        return exp(-(sum * sum));
    }
    default:
        return 1;
    }
}

static bool evaluate(void *family, const struct cells *m, const bool *wanted, double *value,
                     struct err *e)
{
    struct state *s = family;
    const struct glcm_sums *sums = &s->work.sums;
    if (!glcm_sum(&s->work, &s->plain, m, e))
        return false;
    for (int f = 0; f < N_FORMULAS; f++) {
        if (!wanted[f])
            continue;
        if (formula[f])
            value[f] = formula[f](sums);
        else if (s->work.n_codes == 1)
            value[f] = 1;
        else if (!mcc(m, s->work.n_codes, sums->total, sums->row, sums->col, s->weighted, value + f,
                      e))
            return false;
    }
    return true;
}

/* One grey level, no pairs: what pyradiomics' sums over nothing and its shortcut for flat regions
 * give. */
static void empty(void *family, bool several, double *value)
{
    const struct state *s = family;
    if (s->texture.codes->n > 1)
        return;
    for (int f = 0; f < N_FORMULAS; f++)
        if (several && !formula[f])
            value[f] = 1;
        else if (!several && formula[f] == inverse_variance)
            value[f] = 0;
}

static bool run(struct state *s, const struct family_input *in, const bool *wanted,
                struct fvalue *out, struct err *e)
{
    struct directional d = {
        .family = s,
        .n_features = N_FORMULAS,
        .total = total,
        .n_directions = s->texture.directions.n,
        .offset = s->texture.directions.offset,
        .matrix = matrix,
        .weight = weight,
        .evaluate = evaluate,
        .empty = empty,
    };
    bool ok =
        glcm_open(&s->matrices, s->texture.codes, &s->texture.directions,
                  in->settings->symmetrical_glcm, e) &&
        glcm_work_open(&s->work, s->texture.codes, in->levels->n_levels, s->weighted, e) &&
        glcm_plain_open(&s->plain, in, s->texture.codes, &s->texture.directions, s->weighted, e) &&
        texture_directions(&d, in, wanted, out, e);
    glcm_close(&s->matrices);
    glcm_work_close(&s->work);
    glcm_plain_close(&s->plain);
    return ok;
}

static bool compute(const struct family_input *in, const bool *wanted, struct fvalue *out,
                    struct err *e)
{
    const struct real_list *distances = &in->settings->distances;
    struct state s = {.weighted = in->settings->weighting_norm != WEIGHT_NONE};
    bool ok = texture_open(in, CODES_DENSE, DIRECTIONS_HALF, distances->item, distances->n,
                           &s.texture, e) &&
              run(&s, in, wanted, out, e);
    texture_absent(N_FORMULAS, N_FEATURES, wanted, out);
    texture_close(&s.texture);
    return ok || err_wrap(e, "glcm");
}

const struct family family_glcm = {"glcm", TAP_LEVELS, feature, N_FEATURES, compute};
