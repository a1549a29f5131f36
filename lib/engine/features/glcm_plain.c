#include "engine/features/glcm_plain.h"

#include "base/mem.h"
#include "base/pairwise.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool glcm_plain_open(struct glcm_plain *p, const struct family_input *in, const struct codes *codes,
                     const struct directions *directions, bool merged, struct err *e)
{
    size_t n = (size_t)codes->n + 1;
    *p = (struct glcm_plain){.level = codes->level, .n_codes = codes->n, .weighted = merged};
    p->row = mem_array(2 * n, sizeof *p->row, e);
    if (!p->row || !glcm_layout_open(&p->layout, in, codes, directions, merged, e)) {
        glcm_plain_close(p);
        return false;
    }
    p->col = p->row + n;
    return true;
}

void glcm_plain_close(struct glcm_plain *p)
{
    cells_free(&p->columns);
    glcm_layout_close(&p->layout);
    free(p->row);
    free(p->buffer);
    *p = (struct glcm_plain){0};
}

/* What pyradiomics adds inside logarithms and to the divisor of a correlation. */
#define GLCM_EPS 0x1p-52

/* How one array of terms is added up. */
struct order {
    bool by_column;
    int64_t piece; /* length of blocks that are summed pairwise, one after the other; 0: all terms
                      one by one */
};

/* A sum in progress; terms are added in the order of their positions in memory. */
struct adder {
    int64_t piece, length, from; /* over all positions; first position of the current block */
    double *buffer, total;
};

static void flush(struct adder *a)
{
    int64_t n = a->length - a->from < a->piece ? a->length - a->from : a->piece;
    a->total += pairwise_sum(a->buffer, n, false);
    memset(a->buffer, 0, (size_t)n * sizeof *a->buffer);
}

static void take(struct adder *a, int64_t place, double term)
{
    if (a->piece == 0) {
        a->total += term;
        return;
    }
    if (place >= a->from + a->piece) {
        flush(a);
        a->from = place / a->piece * a->piece;
    }
    a->buffer[place - a->from] = term;
}

static double finish(struct adder *a)
{
    if (a->piece > 0)
        flush(a);
    return a->total;
}

static struct adder adder(const struct glcm_plain *p, int64_t piece, int64_t length)
{
    return (struct adder){.piece = piece, .length = length, .buffer = p->buffer};
}

static struct order in_memory_order(const struct glcm_layout *l, bool by_column)
{
    return (struct order){by_column, l->contiguous ? PAIRWISE_BUFFER : 0};
}

static int64_t place_of(const struct glcm_layout *l, const struct order *o, uint32_t row,
                        uint32_t col)
{
    int64_t i = l->position[row], j = l->position[col];
    return o->by_column ? j * l->n + i : i * l->n + j;
}

/* What the terms of a sum are made of. */
struct terms {
    struct glcm_plain *plain;
    const struct cells *rows; /* the matrix */
    double total;
    double ui, uj;
};

typedef double term_fn(const struct terms *t, const struct cell *c, double p);

static double add(const struct terms *t, struct order order, term_fn *term)
{
    const struct glcm_plain *p = t->plain;
    const struct cells *m = order.by_column ? &p->columns : t->rows;
    struct adder a = adder(p, order.piece, (int64_t)p->layout.n * p->layout.n);
    for (int64_t k = 0; k < m->n; k++) {
        const struct cell *c = m->cell + k;
        double value = p->weighted ? c->value : c->value / t->total;
        take(&a, place_of(&p->layout, &order, c->row, c->col), term(t, c, value));
    }
    return finish(&a);
}

/* Terms of the cells and the sums' scratch memory. total 0: not known yet. */
static bool prepare(struct terms *t, struct glcm_plain *p, const struct cells *m, double total,
                    struct err *e)
{
    int64_t n = p->layout.n, room = n > PAIRWISE_BUFFER       ? n
                                    : n * n < PAIRWISE_BUFFER ? n * n
                                                              : PAIRWISE_BUFFER;
    *t = (struct terms){.plain = p, .rows = m, .total = total};
    if (!p->buffer)
        p->buffer = mem_array((size_t)room, sizeof *p->buffer, e);
    return p->buffer && cells_by_column(m, p->n_codes, &p->columns, e);
}

static double plain_term(const struct terms *t, const struct cell *c, double p)
{
    (void)t;
    (void)c;
    return p;
}

bool glcm_plain_total(struct glcm_plain *p, const struct cells *m, double *total, struct err *e)
{
    struct terms t;
    if (!prepare(&t, p, m, 1, e))
        return false;
    *total = add(&t, in_memory_order(&p->layout, p->layout.by_column), plain_term);
    return true;
}

static double joint_term(const struct terms *t, const struct cell *c, double p)
{
    (void)t;
    (void)c;
    return p * log2(p + GLCM_EPS);
}

static double information_term(const struct terms *t, const struct cell *c, double p)
{
    return p * log2(t->plain->row[c->row] * t->plain->col[c->col] + GLCM_EPS);
}

/* Sums of the rows, or of the columns, of cells that are sorted by them. */
static void add_lines(const struct terms *t, bool columns)
{
    struct glcm_plain *p = t->plain;
    const struct glcm_layout *l = &p->layout;
    const struct cells *m = columns ? &p->columns : t->rows;
    double *line = columns ? p->col : p->row;
    int64_t piece = l->contiguous && l->by_column == columns ? PAIRWISE_BUFFER : 0;
    memset(line, 0, ((size_t)p->n_codes + 1) * sizeof *line);
    for (int64_t k = 0; k < m->n;) {
        uint32_t at = columns ? m->cell[k].col : m->cell[k].row;
        struct adder a = adder(p, piece, l->n);
        for (; k < m->n && (columns ? m->cell[k].col : m->cell[k].row) == at; k++) {
            uint32_t across = columns ? m->cell[k].row : m->cell[k].col;
            take(&a, l->position[across],
                 p->weighted ? m->cell[k].value : m->cell[k].value / t->total);
        }
        line[at] = finish(&a);
    }
}

/* -sum p log2(p + eps) of a marginal. */
static double marginal_entropy(const struct glcm_plain *p, const double *line)
{
    struct adder a = adder(p, p->layout.contiguous ? PAIRWISE_BUFFER : 0, p->layout.n);
    for (int32_t k = 1; k <= p->n_codes; k++)
        if (line[k] > 0)
            take(&a, p->layout.position[k], line[k] * log2(line[k] + GLCM_EPS));
    return -finish(&a);
}

/* sum of p log2(p + eps), p = row x column, over all pairs of rows and columns. */
static double product_entropy(const struct glcm_plain *p)
{
    struct order order = in_memory_order(&p->layout, false);
    struct adder a = adder(p, order.piece, (int64_t)p->layout.n * p->layout.n);
    for (int32_t i = 1; i <= p->n_codes; i++)
        for (int32_t j = 1; p->row[i] > 0 && j <= p->n_codes; j++) {
            double value = p->row[i] * p->col[j];
            if (value > 0)
                take(&a, place_of(&p->layout, &order, (uint32_t)i, (uint32_t)j),
                     value * log2(value + GLCM_EPS));
        }
    return -finish(&a);
}

bool glcm_plain_entropies(struct glcm_plain *p, const struct cells *m, double total,
                          struct glcm_entropies *out, struct err *e)
{
    struct terms t;
    if (!prepare(&t, p, m, total, e))
        return false;
    add_lines(&t, false);
    add_lines(&t, true);
    *out = (struct glcm_entropies){
        .joint = -add(&t, in_memory_order(&p->layout, p->layout.by_column), joint_term),
        .information = -add(&t, in_memory_order(&p->layout, false), information_term),
        .product = product_entropy(p),
        .i = marginal_entropy(p, p->row),
        .j = marginal_entropy(p, p->col),
    };
    return true;
}

static double mean_i(const struct terms *t, const struct cell *c, double p)
{
    return t->plain->level[c->row] * p;
}

static double mean_j(const struct terms *t, const struct cell *c, double p)
{
    return t->plain->level[c->col] * p;
}

static double variance_i(const struct terms *t, const struct cell *c, double p)
{
    double i = t->plain->level[c->row] - t->ui;
    return p * (i * i);
}

static double variance_j(const struct terms *t, const struct cell *c, double p)
{
    double j = t->plain->level[c->col] - t->uj;
    return p * (j * j);
}

static double covariance(const struct terms *t, const struct cell *c, double p)
{
    return p * (t->plain->level[c->row] - t->ui) * (t->plain->level[c->col] - t->uj);
}

bool glcm_plain_correlation(struct glcm_plain *p, const struct cells *m, double total, double *out,
                            struct err *e)
{
    struct terms t;
    if (!prepare(&t, p, m, total, e))
        return false;
    const struct glcm_layout *l = &p->layout;
    struct order order = in_memory_order(l, l->by_column), i = order, j = order, both = order;
    t.ui = add(&t, order, mean_i);
    t.uj = add(&t, order, mean_j);
    if (l->contiguous && !l->single) { /* as the means of all matrices broadcast */
        i = (struct order){false, l->n};
        j = l->by_column ? (struct order){true, l->n} : (struct order){false, 0};
        both = (struct order){false, 0};
    }
    double sigma = sqrt(add(&t, i, variance_i)) * sqrt(add(&t, j, variance_j));
    *out = sigma == 0 ? 1 : add(&t, both, covariance) / (sigma + GLCM_EPS);
    return true;
}
