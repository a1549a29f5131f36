#include "engine/features/mcc.h"

#include "base/mem.h"
#include "base/simd.h"
#include "engine/features/lanczos.h"
#include "engine/features/mcc_plain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Up to this many rows B is multiplied as a full matrix, beyond by its cells. */
enum { MOST_DENSE = 320, LANES = LANCZOS_LANES };
#define EPS 0x1p-52

/* One Rayleigh quotient with eps corrects the value to first order in eps / (px py), which is
 * enough while that is small: for counts always but in ROIs of many millions of voxels. Weights
 * make it large, and there is only one matrix to take longer for. Beyond MOST_GENERAL levels the
 * general solver would take seconds. */
#define SMALL_EPS_COUNTS  1e-2
#define SMALL_EPS_WEIGHTS 1e-7
enum { MOST_GENERAL = 300 };

struct matrix {
    const struct cells *m;
    int64_t n; /* rows and columns, padded */
    double total;
    const double *row, *col;       /* marginals [n_codes + 1], in units of the cells */
    double *scale_row, *scale_col; /* [n] 1 / sqrt of the marginals, 0 for empty ones */
    double *middle;                /* [n] */
    double *dense;                 /* [n * n] B, or NULL */
};

/* Four rows (n apart) at a time: their sums do not wait for each other, and what they share is
 * loaded once. The order within each sum is that of one row after the other, and of lanczos_dot. */
enum { ROWS = 4 };

SIMD_CLONES_512 static void add_rows(double *restrict y, const double *factor,
                                     const double *restrict row, int64_t n)
{
    const double a = factor[0], b = factor[1], c = factor[2], d = factor[3];
    for (int64_t j = 0; j < n; j++)
        y[j] = (((y[j] + a * row[j]) + b * row[n + j]) + c * row[2 * n + j]) + d * row[3 * n + j];
}

SIMD_CLONES_512 static void dot_rows(const double *row, const double *x, int64_t n, double *y)
{
    quad sum[ROWS][QUADS] = {{{0}}};
    for (int64_t i = 0; i < n; i += LANES)
        for (int h = 0; h < QUADS; h++) {
            quad v;
            QUAD_LOAD(v, x + i + QUAD * h);
            for (int r = 0; r < ROWS; r++) {
                quad w;
                QUAD_LOAD(w, row + r * n + i + QUAD * h);
                sum[r][h] += w * v;
            }
        }
    for (int r = 0; r < ROWS; r++) {
        quad s = sum[r][0] + sum[r][1];
        y[r] = (s[0] + s[2]) + (s[1] + s[3]);
    }
}

/* y = B B' x */
static void apply_dense(void *self, const double *x, double *y)
{
    const struct matrix *b = self;
    memset(b->middle, 0, (size_t)b->n * sizeof *b->middle);
    for (int64_t i = 0; i < b->n; i += ROWS)
        add_rows(b->middle, x + i, b->dense + i * b->n, b->n);
    for (int64_t i = 0; i < b->n; i += ROWS)
        dot_rows(b->dense + i * b->n, b->middle, b->n, y + i);
}

/* middle = P' (x scaled by rows) */
static void gather(const struct matrix *b, const double *x)
{
    memset(b->middle, 0, (size_t)b->n * sizeof *b->middle);
    for (int64_t k = 0; k < b->m->n; k++) {
        const struct cell *c = b->m->cell + k;
        b->middle[c->col] += c->value * (x[c->row] * b->scale_row[c->row]);
    }
}

static void apply_cells(void *self, const double *x, double *y)
{
    const struct matrix *b = self;
    gather(b, x);
    for (int64_t j = 0; j < b->n; j++)
        b->middle[j] *= b->scale_col[j] * b->scale_col[j];
    memset(y, 0, (size_t)b->n * sizeof *y);
    for (int64_t k = 0; k < b->m->n; k++)
        y[b->m->cell[k].row] += b->m->cell[k].value * b->middle[b->m->cell[k].col];
    for (int64_t i = 0; i < b->n; i++)
        y[i] *= b->scale_row[i];
}

/* A start vector that is orthogonal to no eigenvector: fixed, irregular, of both signs. */
static void irregular(const struct matrix *b, double *x)
{
    uint64_t bits = 88172645463325252ull;
    for (int64_t i = 0; i < b->n; i++) {
        bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
        x[i] = b->scale_row[i] > 0 ? (double)(bits >> 11) * 0x1p-52 - 1 : 0;
    }
}

/* y' Q x for x = Dx^-1/2 u, y = Dx^1/2 u, with the eps of Q's definition. */
static double rayleigh(const struct matrix *b, const double *u)
{
    double sum = 0, eps = EPS * b->total * b->total;
    gather(b, u);
    for (int64_t k = 0; k < b->m->n; k++) {
        const struct cell *c = b->m->cell + k;
        sum += u[c->row] * (b->row[c->row] * b->scale_row[c->row]) * c->value * b->middle[c->col] /
               (b->row[c->row] * b->col[c->col] + eps);
    }
    return sum;
}

static int64_t scales(const double *marginal, int32_t n, double *scale)
{
    int64_t occupied = 0;
    for (int32_t i = 1; i <= n; i++) {
        scale[i] = marginal[i] > 0 ? 1 / sqrt(marginal[i]) : 0;
        occupied += marginal[i] > 0;
    }
    return occupied;
}

static void fill_dense(const struct matrix *b)
{
    for (int64_t k = 0; k < b->m->n; k++) {
        const struct cell *c = b->m->cell + k;
        b->dense[c->row * b->n + c->col] = c->value * b->scale_row[c->row] * b->scale_col[c->col];
    }
}

/* b with its marginals' scales and memory set; spare: three vectors. */
static bool solve(struct matrix *b, int32_t codes, double *spare, double *square, struct err *e)
{
    double *known = spare, *u = spare + b->n;
    int64_t rows = scales(b->row, codes, b->scale_row), cols = scales(b->col, codes, b->scale_col);
    for (int32_t i = 1; i <= codes; i++)
        known[i] = sqrt(b->row[i] / b->total);
    if (b->dense)
        fill_dense(b);
    irregular(b, u);
    struct lanczos l = {.self = b,
                        .apply = b->dense ? apply_dense : apply_cells,
                        .n = b->n,
                        .dimensions = cols > 1 ? rows - 1 : 0,
                        .known = known};
    bool found;
    if (!lanczos(&l, u, &found, e))
        return false;
    *square = found ? rayleigh(b, u) / lanczos_dot(u, u, b->n) : 0;
    return true;
}

static double least_occupied(const double *marginal, int32_t n)
{
    double least = INFINITY;
    for (int32_t i = 1; i <= n; i++)
        least = marginal[i] > 0 && marginal[i] < least ? marginal[i] : least;
    return least;
}

bool mcc(const struct cells *m, int32_t n, double total, const double *row, const double *col,
         bool weighted, double *out, struct err *e)
{
    struct mcc_matrix plain = {m, n, total, row, col};
    double product = least_occupied(row, n) * least_occupied(col, n) / total / total;
    if (n == 2) {
        *out = mcc_two_levels(&plain);
        return true;
    }
    double small = weighted ? SMALL_EPS_WEIGHTS : SMALL_EPS_COUNTS;
    bool known = false;
    if (EPS > small * product && n <= MOST_GENERAL && !mcc_general(&plain, out, &known, e))
        return false;
    if (known)
        return true;
    struct matrix b = {.m = m, .total = total, .row = row, .col = col};
    b.n = (n + 1 + LANES - 1) / LANES * LANES;
    bool dense = n <= MOST_DENSE;
    double *memory = mem_big((size_t)(b.n * (5 + (dense ? b.n : 0))), sizeof *memory, e);
    if (!memory)
        return false;
    b.scale_row = memory;
    b.scale_col = memory + b.n;
    b.middle = memory + 2 * b.n;
    b.dense = dense ? memory + 5 * b.n : NULL;
    double square = 0;
    bool ok = solve(&b, n, memory + 3 * b.n, &square, e);
    *out = square > 0 ? sqrt(square) : 0;
    mem_big_free(memory);
    return ok;
}
