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

bool glcm_work_open(struct glcm_work *w, const struct codes *codes, int32_t ng,
                    const struct arithmetic *arithmetic, bool weighted, struct err *e)
{
    *w = (struct glcm_work){
        .level = codes->level, .n_codes = codes->n, .arithmetic = arithmetic, .weighted = weighted};
    struct glcm_sums *s = &w->sums;
    s->ng = ng;
    w->memory = mem_array((size_t)doubles(w), sizeof *w->memory, e);
    w->at = mem_array((size_t)(3 * (int64_t)ng + 1), sizeof *w->at, e);
    if (!w->memory || !w->at || !xlogx_open(&w->xlogx, 2 * codes->n_voxels, e)) {
        glcm_work_close(w);
        return false;
    }
    s->row = w->memory;
    s->col = s->row + w->n_codes + 1;
    s->add = (struct glcm_histogram){.count = s->col + w->n_codes + 1, .at = w->at};
    s->sub = (struct glcm_histogram){.count = s->add.count + 2 * (int64_t)ng + 1,
                                     .at = w->at + 2 * (int64_t)ng + 1};
    return true;
}

void glcm_work_close(struct glcm_work *w)
{
    xlogx_close(&w->xlogx);
    free(w->memory);
    free(w->at);
    *w = (struct glcm_work){0};
}

/* The one pass over the cells; returns the sum of c log2 c. What is added up stays in registers:
 * the compiler cannot know that no histogram lies over it. */
static double pass(struct glcm_work *w, const struct cells *m)
{
    struct glcm_sums *s = &w->sums;
    const uint32_t *level = w->level;
    double *col = s->col, *add = s->add.count, *sub = s->sub.count;
    double logs = 0, total = 0, squares = 0, largest = 0;
    memset(w->memory, 0, (size_t)doubles(w) * sizeof *w->memory);
    for (const struct cell *cell = m->cell, *end = cell + m->n; cell < end;) {
        uint32_t row = cell->row;
        int32_t i = (int32_t)level[row];
        double sum = 0;
        for (; cell < end && cell->row == row; cell++) {
            double c = cell->value;
            int32_t j = (int32_t)level[cell->col];
            sum += c;
            col[cell->col] += c;
            add[i + j] += c;
            sub[abs(i - j)] += c;
            squares += c * c;
            largest = c > largest ? c : largest;
            logs += xlogx(&w->xlogx, c);
        }
        s->row[row] = sum;
        total += sum;
    }
    s->total = total;
    s->squares = squares;
    s->largest = largest;
    return logs;
}

/* Of n counts, leaves those that are not 0. */
static void compact(struct glcm_histogram *h, int64_t n)
{
    h->n = 0;
    for (int64_t k = 0; k < n; k++) {
        h->at[h->n] = (uint32_t)k;
        h->count[h->n] = h->count[k];
        h->n += h->count[k] != 0;
    }
}

struct spread {
    double mean, variance, entropy;
    int64_t n; /* values that are not 0 */
};

/* Moments and entropy of a histogram h[n] of the values value_of[n]. */
static struct spread spread(struct glcm_work *w, const double *h, int64_t n,
                            const uint32_t *value_of)
{
    struct spread out = {0};
    double logs = 0;
    for (int64_t k = 0; k < n; k++) {
        if (h[k] == 0)
            continue;
        out.n++;
        out.mean += h[k] * value_of[k];
        logs += xlogx(&w->xlogx, h[k]);
    }
    out.mean /= w->sums.total;
    for (int64_t k = 0; k < n; k++) {
        double apart = value_of[k] - out.mean;
        out.variance += h[k] * apart * apart;
    }
    out.variance = out.n > 1 ? out.variance / w->sums.total : 0;
    out.entropy = texture_entropy(logs, w->sums.total, out.n, w->arithmetic->added_to_zero);
    return out;
}

/* Entropies and correlation where round-off decides, and of weighted cells, which may be so small
 * that eps and differences of sums show. */
static bool settle(struct glcm_work *w, struct glcm_plain *plain, const struct cells *m,
                   struct err *e)
{
    struct glcm_sums *s = &w->sums;
    bool small = w->weighted && w->n_codes <= MOST_PLAIN;
    if ((s->correlation_flat || small) &&
        !glcm_plain_correlation(plain, m, s->total, &s->correlation, e))
        return false;
    if (s->product_entropy - s->joint_entropy >= 1e-6 && !small)
        return true;
    struct glcm_entropies plainly;
    if (!glcm_plain_entropies(plain, m, s->total, &plainly, e))
        return false;
    s->joint_entropy = plainly.joint;
    s->entropy_i = plainly.i;
    s->entropy_j = plainly.j;
    s->joint_information = plainly.information;
    s->product_entropy = plainly.product;
    return true;
}

bool glcm_sum(struct glcm_work *w, struct glcm_plain *plain, const struct cells *m, struct err *e)
{
    struct glcm_sums *s = &w->sums;
    double logs = pass(w, m);
    compact(&s->add, 2 * (int64_t)s->ng + 1);
    compact(&s->sub, s->ng);
    struct spread i = spread(w, s->row, w->n_codes + 1, w->level);
    struct spread j = spread(w, s->col, w->n_codes + 1, w->level);
    struct spread add = spread(w, s->add.count, s->add.n, s->add.at);
    struct spread sub = spread(w, s->sub.count, s->sub.n, s->sub.at);
    s->mean_i = i.mean;
    s->mean_j = j.mean;
    s->variance_i = i.variance;
    s->variance_j = j.variance;
    s->entropy_i = i.entropy;
    s->entropy_j = j.entropy;
    s->add_entropy = add.entropy;
    s->sub_entropy = sub.entropy;
    s->joint_entropy = texture_entropy(logs, s->total, m->n, w->arithmetic->added_to_zero);
    s->joint_information = s->product_entropy = s->entropy_i + s->entropy_j;

    /* covariance = (variance of i + j - variance of i - j) / 4 */
    double apart = sub.variance + sub.mean * sub.mean - (i.mean - j.mean) * (i.mean - j.mean);
    double sigma = sqrt(i.variance) * sqrt(j.variance);
    s->correlation_flat = !(sigma > 0);
    s->correlation = (add.variance - apart) / 4 / (sigma + w->arithmetic->added_to_zero);
    if (w->arithmetic->follows_numpy)
        return settle(w, plain, m, e);
    if (s->correlation_flat)
        s->correlation = 1;
    return true;
}
