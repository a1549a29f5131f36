#include "engine/features/glcm_sums.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Logarithms for every pair of levels: for one weighted matrix, and up to so many levels only. */
enum { MOST_PLAIN = 2000 };

static int64_t doubles(const struct glcm_work *w)
{
    return 2 * ((int64_t)w->n_codes + 1) + 2 * (int64_t)w->sums.ng + 1 + w->sums.ng;
}

bool glcm_work_open(struct glcm_work *w, const struct codes *codes, int32_t ng, bool weighted,
                    struct err *e)
{
    *w = (struct glcm_work){.level = codes->level, .n_codes = codes->n, .weighted = weighted};
    struct glcm_sums *s = &w->sums;
    s->ng = ng;
    w->memory = mem_array((size_t)doubles(w), sizeof *w->memory, e);
    if (!w->memory || !xlogx_open(&w->xlogx, e)) {
        glcm_work_close(w);
        return false;
    }
    s->row = w->memory;
    s->col = s->row + w->n_codes + 1;
    s->add = s->col + w->n_codes + 1;
    s->sub = s->add + 2 * (int64_t)s->ng + 1;
    return true;
}

void glcm_work_close(struct glcm_work *w)
{
    xlogx_close(&w->xlogx);
    free(w->memory);
    *w = (struct glcm_work){0};
}

/* The one pass over the cells; returns the sum of c log2 c. */
static double pass(struct glcm_work *w, const struct cells *m)
{
    struct glcm_sums *s = &w->sums;
    double logs = 0;
    memset(w->memory, 0, (size_t)doubles(w) * sizeof *w->memory);
    s->total = s->squares = s->largest = 0;
    for (int64_t k = 0; k < m->n;) {
        uint32_t row = m->cell[k].row;
        int32_t i = w->level[row];
        double sum = 0;
        for (; k < m->n && m->cell[k].row == row; k++) {
            double c = m->cell[k].value;
            int32_t j = w->level[m->cell[k].col];
            sum += c;
            s->col[m->cell[k].col] += c;
            s->add[i + j] += c;
            s->sub[abs(i - j)] += c;
            s->squares += c * c;
            s->largest = c > s->largest ? c : s->largest;
            logs += xlogx(&w->xlogx, c);
        }
        s->row[row] = sum;
        s->total += sum;
    }
    return logs;
}

struct spread {
    double mean, variance, entropy;
    int64_t n; /* values that are not 0 */
};

/* Moments and entropy of a histogram h[0..n-1]; value_of NULL: of the index itself. */
static struct spread spread(struct glcm_work *w, const double *h, int64_t n,
                            const uint16_t *value_of)
{
    struct spread out = {0};
    double logs = 0;
    for (int64_t k = 0; k < n; k++) {
        if (h[k] == 0)
            continue;
        out.n++;
        out.mean += h[k] * (double)(value_of ? value_of[k] : k);
        logs += xlogx(&w->xlogx, h[k]);
    }
    out.mean /= w->sums.total;
    for (int64_t k = 0; k < n; k++) {
        double apart = (double)(value_of ? value_of[k] : k) - out.mean;
        out.variance += h[k] * apart * apart;
    }
    out.variance = out.n > 1 ? out.variance / w->sums.total : 0;
    out.entropy = texture_entropy(logs, w->sums.total, out.n);
    return out;
}

/* Cells in the order in which NumPy adds them up: column by column, since taking the rows and
 * columns of absent levels out turns the array's memory; row by row when exactly one level is
 * absent, which NumPy does another way. (Symmetric matrices are the same both ways.) */
struct walk {
    const struct cells *m;
    bool by_column;
    uint32_t col;
    int64_t k;
};

static struct walk walk_start(const struct glcm_work *w, const struct cells *m)
{
    return (struct walk){m, w->sums.ng - w->n_codes != 1, 1, 0};
}

static const struct cell *walk_next(struct walk *w, int32_t n)
{
    if (!w->by_column)
        return w->k < w->m->n ? &w->m->cell[w->k++] : NULL;
    for (; w->col <= (uint32_t)n; w->col++, w->k = 0)
        while (w->k < w->m->n) {
            const struct cell *c = &w->m->cell[w->k++];
            if (c->col == w->col)
                return c;
        }
    return NULL;
}

/* pyradiomics' own order of operations, for a single row or column: its standard deviation is 0 or
 * round-off, which decides between 1 and (nearly) 0. */
static double flat_correlation(const struct glcm_work *w, const struct cells *m)
{
    double ui = 0, uj = 0, vi = 0, vj = 0, product = 0;
    const struct cell *c;
    for (struct walk k = walk_start(w, m); (c = walk_next(&k, w->n_codes));) {
        double p = c->value / w->sums.total;
        ui += w->level[c->row] * p;
        uj += w->level[c->col] * p;
    }
    for (struct walk k = walk_start(w, m); (c = walk_next(&k, w->n_codes));) {
        double p = c->value / w->sums.total;
        double i = w->level[c->row] - ui, j = w->level[c->col] - uj;
        vi += p * (i * i);
        vj += p * (j * j);
        product += p * i * j;
    }
    double sigma = sqrt(vi) * sqrt(vj);
    return sigma == 0 ? 1 : product / (sigma + TEXTURE_EPS);
}

/* sum of p log2(p + eps), p = row x column, over all pairs of rows and columns. */
static double plain_product(const struct glcm_work *w)
{
    const struct glcm_sums *s = &w->sums;
    bool by_column = walk_start(w, NULL).by_column;
    double product = 0;
    for (int32_t a = 1; a <= w->n_codes; a++)
        for (int32_t b = 1; b <= w->n_codes; b++) {
            double p = by_column ? s->row[b] * s->col[a] : s->row[a] * s->col[b];
            if (p > 0)
                product += p * log2(p + TEXTURE_EPS);
        }
    return product;
}

/* The entropies behind Imc1 and Imc2 in pyradiomics' own order: where the levels are (nearly)
 * independent their differences are round-off, whose sign decides between 0 and undefined. */
static void plain_entropies(struct glcm_work *w, const struct cells *m)
{
    struct glcm_sums *s = &w->sums;
    double joint = 0, information = 0;
    const struct cell *c;
    memset(s->row, 0, (size_t)(w->n_codes + 1) * sizeof *s->row);
    memset(s->col, 0, (size_t)(w->n_codes + 1) * sizeof *s->col);
    for (struct walk k = walk_start(w, m); (c = walk_next(&k, w->n_codes));) {
        double p = c->value / s->total;
        s->row[c->row] += p;
        s->col[c->col] += p;
        joint += p * log2(p + TEXTURE_EPS);
    }
    for (struct walk k = walk_start(w, m); (c = walk_next(&k, w->n_codes));)
        information += c->value / s->total * log2(s->row[c->row] * s->col[c->col] + TEXTURE_EPS);
    s->joint_entropy = -joint;
    s->joint_information = -information;
    s->product_entropy = -plain_product(w);
    s->entropy_i = s->entropy_j = 0;
    for (int32_t i = 1; i <= w->n_codes; i++) {
        s->entropy_i -= s->row[i] * log2(s->row[i] + TEXTURE_EPS);
        s->entropy_j -= s->col[i] * log2(s->col[i] + TEXTURE_EPS);
    }
    for (int32_t i = 1; i <= w->n_codes; i++) { /* back to the units of the cells */
        s->row[i] *= s->total;
        s->col[i] *= s->total;
    }
}

void glcm_sum(struct glcm_work *w, const struct cells *m)
{
    struct glcm_sums *s = &w->sums;
    double logs = pass(w, m);
    struct spread i = spread(w, s->row, w->n_codes + 1, w->level);
    struct spread j = spread(w, s->col, w->n_codes + 1, w->level);
    struct spread add = spread(w, s->add, 2 * (int64_t)s->ng + 1, NULL);
    struct spread sub = spread(w, s->sub, s->ng, NULL);
    s->mean_i = i.mean;
    s->mean_j = j.mean;
    s->variance_i = i.variance;
    s->variance_j = j.variance;
    s->entropy_i = i.entropy;
    s->entropy_j = j.entropy;
    s->add_entropy = add.entropy;
    s->sub_entropy = sub.entropy;
    s->joint_entropy = texture_entropy(logs, s->total, m->n);
    s->joint_information = s->product_entropy = s->entropy_i + s->entropy_j;

    /* covariance = (variance of i + j - variance of i - j) / 4 */
    double apart = sub.variance + sub.mean * sub.mean - (i.mean - j.mean) * (i.mean - j.mean);
    double sigma = sqrt(i.variance) * sqrt(j.variance);
    s->correlation =
        sigma > 0 ? (add.variance - apart) / 4 / (sigma + TEXTURE_EPS) : flat_correlation(w, m);
    if (s->product_entropy - s->joint_entropy < 1e-6 || (w->weighted && w->n_codes <= MOST_PLAIN))
        plain_entropies(w, m);
}
