#include "engine/packed/packed_glcm.h"

#include "base/mem.h"
#include "engine/features/glcm_formulas.h"
#include "engine/packed/packed_work.h"

#include <float.h>
#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#define HAS_WIDE_LISTS
#include <immintrin.h>

_Static_assert(PACKED_VOXELS + 64 <= MCC_PAIRS + 1, "a list has room for a plane more");
#endif

enum { CELLS, ROWS, ADD, SUB };

/* Joint entropies that are nearer than this to those of independent levels: round-off decides. */
#define NEARLY_INDEPENDENT 1e-6

bool packed_pairs_open(struct packed_pairs_work *g, const struct packed_tables *t, int32_t ng,
                       struct err *e)
{
    g->stride = ng + 1;
    g->cell = mem_big((size_t)g->stride * (size_t)g->stride, sizeof *g->cell, e);
    for (int s = 0; s <= PACKED_SUMS; s++) {
        double x = s;
        g->power_of[s] = (quad){x, x * x, x * x * x, x * x * x * x};
    }
    for (int d = 0; d <= PACKED_LEVELS; d++) {
        double x = d, share = x / ng;
        g->near_of[d] =
            (quad){1 / (1 + x), 1 / (1 + x * x), 1 / (1 + share), 1 / (1 + share * share)};
        g->apart_of[d] = (quad){x, x * x, d ? 1 / (x * x) : 0, 0};
    }
    /* A row has both ends of a pair: it counts up to twice as many. */
    for (int c = 0; c <= 2 * PACKED_VOXELS; c++)
        g->more[c] = t->xlogx[c + 1] - t->xlogx[c];
    for (int c = 0; c < PACKED_VOXELS; c++) {
        g->more_cell[0][c] = (quad){2 * g->more[c], 2 * (2 * c + 1), c + 1, 0};
        g->more_cell[1][c] =
            (quad){t->xlogx[2 * c + 2] - t->xlogx[2 * c], 4 * (2 * c + 1), 2 * (c + 1), 0};
    }
    return g->cell && packed_mcc_open(&g->maximal, e);
}

void packed_pairs_close(struct packed_pairs_work *g)
{
    mem_big_free(g->cell);
    g->cell = NULL;
    packed_mcc_close(&g->maximal);
}

static void list_pairs_by_one(const struct packed_kernel *k, int step, struct mcc_pairs *list)
{
    int n = 0;
    for (int z = 0; z < k->side[2]; z++)
        for (uint64_t set = packed_with_neighbour(k, step, z); set; set &= set - 1) {
            int place = 64 * z + __builtin_ctzll(set);
            uint8_t a = k->level[place], b = k->level[place + step];
            list->i[n] = a < b ? a : b;
            list->j[n++] = a < b ? b : a;
        }
    list->n = n;
}

#ifdef HAS_WIDE_LISTS
/* A plane at a time: its pairs are moved together in a register. Stores reach 64 bytes beyond the
 * list. */
__attribute__((target("avx512bw,avx512vbmi2"))) static void
list_pairs_by_plane(const struct packed_kernel *k, int step, struct mcc_pairs *list)
{
    int n = 0;
    for (int z = 0; z < k->side[2]; z++) {
        uint64_t set = packed_with_neighbour(k, step, z);
        __m512i a = _mm512_loadu_si512(k->level + 64 * z);
        __m512i b = _mm512_loadu_si512(k->level + 64 * z + step);
        __m512i i = _mm512_maskz_compress_epi8(set, _mm512_min_epu8(a, b));
        __m512i j = _mm512_maskz_compress_epi8(set, _mm512_max_epu8(a, b));
        _mm512_storeu_si512(list->i + n, i);
        _mm512_storeu_si512(list->j + n, j);
        n += __builtin_popcountll(set);
    }
    list->n = n;
}
#endif

static void list_pairs(const struct packed_kernel *k, int step, struct mcc_pairs *list)
{
#ifdef HAS_WIDE_LISTS
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2")) {
        list_pairs_by_plane(k, step, list);
        return;
    }
#endif
    list_pairs_by_one(k, step, list);
}

SIMD_PART void add_pairs(struct packed_pairs_work *g, const struct mcc_pairs *list, int lane)
{
    quad power = {0}, near = {0}, apart = {0}, cells = {0}, largest = {0};
    double rows = 0, add = 0, sub = 0;
    const size_t stride = (size_t)g->stride;
    for (int p = 0; p < list->n; p++) {
        size_t i = list->i[p], j = list->j[p];
        quad cell = g->more_cell[i == j][g->cell[i * stride + j]++];
        cells += cell;
        largest = QUAD_CHOOSE(cell > largest, cell, largest);
        rows += g->more[g->row[i]++];
        rows += g->more[g->row[j]++];
        add += g->more[g->add[i + j]++];
        sub += g->more[g->sub[j - i]++];
        power += g->power_of[i + j];
        near += g->near_of[j - i];
        apart += g->apart_of[j - i];
    }
    struct packed_pairs *to = &g->pairs;
    to->pairs[lane] = list->n;
    to->squares[lane] = cells[1];
    to->largest[lane] = largest[2];
    const double logs[4] = {cells[0], rows, add, sub};
    for (int k = 0; k < 4; k++) {
        to->power[k][lane] = power[k];
        to->near[k][lane] = near[k];
        to->logs[k][lane] = logs[k];
    }
    to->apart[0][lane] = apart[0];
    to->apart[1][lane] = apart[1];
    to->near[4][lane] = apart[2];
}

static void clear_pairs(struct packed_pairs_work *g, const struct mcc_pairs *list)
{
    for (int p = 0; p < list->n; p++) {
        size_t i = list->i[p], j = list->j[p];
        g->cell[i * (size_t)g->stride + j] = 0;
        g->row[i] = g->row[j] = 0;
        g->add[i + j] = 0;
        g->sub[j - i] = 0;
    }
}

/* What the maximal correlation coefficient wants to know of a direction. */
SIMD_PART void note_levels(const struct packed_pairs_work *g, const struct packed_kernel *k,
                           struct mcc_pairs *list)
{
    list->levels = 0;
    list->n_apart = list->n - g->sub[0];
    for (int p = 0; p < k->n_present; p++) {
        int level = k->present[p], code = g->maximal.code[level];
        list->row[code] = g->row[level];
        list->levels |= (uint64_t)(g->row[level] != 0) << code;
    }
}

SIMD_CLONES_512 static void count_direction(struct packed_pairs_work *g,
                                            const struct packed_kernel *k, bool maximal,
                                            struct mcc_pairs *list, int lane)
{
    add_pairs(g, list, lane);
    if (maximal)
        note_levels(g, k, list);
    clear_pairs(g, list);
}

enum value {
    AUTOCORRELATION,
    PROMINENCE,
    SHADE,
    TENDENCY,
    CONTRAST,
    CORRELATION,
    DIFFERENCE_AVERAGE,
    DIFFERENCE_ENTROPY,
    DIFFERENCE_VARIANCE,
    ID,
    IDM,
    IDN,
    IDMN,
    INVERSE_VARIANCE,
    IMC1,
    IMC2,
    JOINT_AVERAGE,
    JOINT_ENERGY,
    JOINT_ENTROPY,
    MAXIMUM_PROBABILITY,
    SUM_AVERAGE,
    SUM_ENTROPY,
    SUM_SQUARES,
    MAXIMAL_CORRELATION,
};

static const struct {
    glcm_formula *formula;
    enum value value;
} known[] = {
    {glcm_autocorrelation, AUTOCORRELATION},
    {glcm_cluster_prominence, PROMINENCE},
    {glcm_cluster_shade, SHADE},
    {glcm_cluster_tendency, TENDENCY},
    {glcm_contrast, CONTRAST},
    {glcm_correlation, CORRELATION},
    {glcm_difference_average, DIFFERENCE_AVERAGE},
    {glcm_difference_entropy, DIFFERENCE_ENTROPY},
    {glcm_difference_variance, DIFFERENCE_VARIANCE},
    {glcm_inverse_difference, ID},
    {glcm_inverse_difference_moment, IDM},
    {glcm_inverse_difference_normalised, IDN},
    {glcm_inverse_difference_moment_normalised, IDMN},
    {glcm_inverse_variance, INVERSE_VARIANCE},
    {glcm_information_correlation_1, IMC1},
    {glcm_information_correlation_2, IMC2},
    {glcm_joint_average, JOINT_AVERAGE},
    {glcm_joint_energy, JOINT_ENERGY},
    {glcm_joint_entropy, JOINT_ENTROPY},
    {glcm_maximum_probability, MAXIMUM_PROBABILITY},
    {glcm_sum_average, SUM_AVERAGE},
    {glcm_sum_entropy, SUM_ENTROPY},
    {glcm_joint_variance, SUM_SQUARES},
    {glcm_maximal_correlation, MAXIMAL_CORRELATION},
};

static int formula_of(const struct family *f, int row)
{
    glcm_formula *formula = ((const struct glcm_row *)family_row(f, row))->formula;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (known[k].formula == formula)
            return known[k].value;
    return -1;
}

/* Moments of i + j about its mean: first about the whole number next to the mean, which is exact,
 * then by the rest, which is at most a half. */
SIMD_PART void clusters(struct packed_pairs *p, int k)
{
    double n = p->pairs[k], s1 = p->power[0][k], s2 = p->power[1][k], s3 = p->power[2][k];
    double s4 = p->power[3][k], mean = s1 / n;
    double m = (mean + QUAD_ROUNDER) - QUAD_ROUNDER;
    double t1 = s1 - n * m, t2 = s2 - 2 * m * s1 + n * m * m;
    double t3 = s3 - 3 * m * s2 + 3 * m * m * s1 - n * m * m * m;
    double t4 = s4 - 4 * m * s3 + 6 * m * m * s2 - 4 * m * m * m * s1 + n * m * m * m * m;
    double rest = t1 / n, square = rest * rest;
    p->value[SUM_AVERAGE][k] = mean;
    p->value[JOINT_AVERAGE][k] = mean / 2;
    p->value[TENDENCY][k] = t2 / n - square;
    p->value[SHADE][k] = (t3 - 3 * rest * t2) / n + 2 * square * rest;
    p->value[PROMINENCE][k] = (t4 - 4 * rest * t3 + 6 * square * t2) / n - 3 * square * square;
}

SIMD_PART void differences(struct packed_pairs *p, int k)
{
    double n = p->pairs[k], first = p->apart[0][k], second = p->apart[1][k], contrast = second / n;
    double tendency = p->value[TENDENCY][k], variance = (tendency + contrast) / 4;
    p->value[AUTOCORRELATION][k] = (p->power[1][k] - second) / 4 / n;
    p->value[CONTRAST][k] = contrast;
    p->value[SUM_SQUARES][k] = variance;
    double covariance = (tendency - contrast) / 4;
    p->value[CORRELATION][k] = variance > 0 ? covariance / (variance + DBL_EPSILON) : 1;
    p->value[DIFFERENCE_AVERAGE][k] = first / n;
    p->value[DIFFERENCE_VARIANCE][k] = (n * second - first * first) / (n * n);
    for (int f = 0; f < 5; f++)
        p->value[ID + f][k] = p->near[f][k] / n;
    p->value[JOINT_ENERGY][k] = p->squares[k] / (4 * n * n);
    p->value[MAXIMUM_PROBABILITY][k] = p->largest[k] / (2 * n);
}

SIMD_CLONES_512 static void evaluate_lanes(struct packed_pairs *p)
{
    for (int k = 0; k < PACKED_LANES; k++)
        clusters(p, k);
    for (int k = 0; k < PACKED_LANES; k++)
        differences(p, k);
}

/* false: the levels of a direction are so nearly independent that the order of pyradiomics' sums
 * decides. */
static bool evaluate_entropies(struct packed_pairs *p, const struct packed_tables *t)
{
    for (int k = 0; k < p->n; k++) {
        int n = (int)p->pairs[k];
        double cells = t->log[2 * n] - p->logs[CELLS][k] / (2 * n);
        double rows = t->log[2 * n] - p->logs[ROWS][k] / (2 * n);
        bool single = p->squares[k] == 4.0 * n * n; /* all pairs in one cell */
        double apart = 2 * rows - cells;
        if (!single && apart < NEARLY_INDEPENDENT)
            return false;
        p->value[JOINT_ENTROPY][k] = single ? -DBL_EPSILON * M_LOG2E : cells;
        p->value[SUM_ENTROPY][k] = t->log[n] - p->logs[ADD][k] / n;
        p->value[DIFFERENCE_ENTROPY][k] = t->log[n] - p->logs[SUB][k] / n;
        p->value[IMC1][k] = single ? 0 : -apart / rows;
        p->value[IMC2][k] = single ? 0 : sqrt(1 - exp(-2 * apart));
    }
    return true;
}

/* The maximal correlation coefficient of one level is 1, of more it comes later. */
static void correlate(struct packed_class *c)
{
    struct packed_pairs *p = &c->pairs->pairs;
    for (int k = 0; k < p->n; k++)
        p->value[MAXIMAL_CORRELATION][k] = 1;
    if (c->maximal && p->n && c->kernel.n_present > 1)
        packed_mcc_add(&c->pairs->maximal, c->pairs->list, p->n, c->maximal);
}

static bool measure_pairs(struct packed_class *c, double *value, int64_t stride)
{
    struct packed_pairs *p = &c->pairs->pairs;
    p->n = 0;
    if (c->maximal && !packed_mcc_fits(&c->kernel))
        return false;
    if (c->maximal)
        packed_mcc_begin(&c->pairs->maximal, &c->kernel);
    for (int i = 0; i < c->directions.n; i++) {
        struct mcc_pairs *list = &c->pairs->list[p->n];
        list_pairs(&c->kernel, packed_step(c->directions.offset[i].d), list);
        if (list->n)
            count_direction(c->pairs, &c->kernel, c->maximal, list, p->n++);
    }
    for (int k = p->n; k < PACKED_LANES; k++)
        p->pairs[k] = 1;
    evaluate_lanes(p);
    if (!evaluate_entropies(p, &c->tables))
        return false;
    correlate(c);
    for (int i = 0; i < c->task.n; i++)
        if (c->formula[i] >= 0) {
            double sum = 0;
            for (int k = 0; k < p->n; k++)
                sum += p->value[c->formula[i]][k];
            value[i * stride] = p->n ? sum / p->n : NAN;
        }
    return true;
}

static bool symmetric(const struct packed_task *t)
{
    return t->settings->symmetrical_glcm;
}

const struct packed_way packed_glcm = {
    .measure = glcm_measure,
    .directions = true,
    .fits = symmetric,
    .formula = formula_of,
    .kernel = measure_pairs,
};
