#include "engine/features/mcc_queue.h"

#include "base/mem.h"
#include "engine/features/symmetric_lanes.h"

#include <stdbool.h>
#include <string.h>

enum { LANES = SYMMETRIC_LANES, ELEMENTS = MCC_CODES * (MCC_CODES + 1) / 2 };

/* A matrix that waits: for each pair its element in the packed triangle. */
struct waiting {
    double *out;
    int n;
    uint16_t element[MCC_PAIRS + 1];
    uint16_t row[MCC_CODES]; /* sums */
};

struct mcc_queue {
    symmetric_element matrix[ELEMENTS];
    int n_waiting[MCC_CODES + 1]; /* by number of rows */
    struct waiting waiting[MCC_CODES + 1][LANES];
};

struct mcc_queue *mcc_queue_open(struct err *e)
{
    return mem_big(1, sizeof(struct mcc_queue), e);
}

void mcc_queue_close(struct mcc_queue *q)
{
    mem_big_free(q);
}

/* The levels that can be reached from a set of levels. */
SIMD_PART uint64_t reached(uint64_t from, const uint64_t *partners)
{
    uint64_t all = from;
    for (uint64_t fresh = from; fresh;) {
        uint64_t next = 0;
        for (; fresh; fresh &= fresh - 1)
            next |= partners[__builtin_ctzll(fresh)];
        fresh = next & ~all;
        all |= fresh;
    }
    return all;
}

/* Walks from one level along the edges, from side to side. A level that is met on both is on a way
 * round of odd length. */
SIMD_PART bool has_sides(uint64_t from, const uint64_t *partners)
{
    uint64_t side[2] = {from, 0}, fresh = from;
    for (int turn = 1; fresh; turn ^= 1) {
        uint64_t next = 0;
        for (; fresh; fresh &= fresh - 1)
            next |= partners[__builtin_ctzll(fresh)];
        fresh = next & ~side[turn];
        side[turn] |= fresh;
    }
    return !(side[0] & side[1]);
}

/* A level that is its own partner is on both sides. */
SIMD_CLONES static bool search(const struct mcc_pairs *p)
{
    uint64_t partners[MCC_CODES + 1] = {0}, first = p->levels & -p->levels;
    for (int k = 0; k < p->n; k++) {
        partners[p->i[k]] |= (uint64_t)1 << p->j[k];
        partners[p->j[k]] |= (uint64_t)1 << p->i[k];
    }
    return reached(first, partners) != p->levels ||
           (p->n == p->n_apart && has_sides(first, partners));
}

/* n levels hang together by n - 1 edges at least, and when there are no more they have two sides
 * unless a level is its own partner. */
static bool falls_apart_or_has_sides(const struct mcc_pairs *p, int levels)
{
    int needed = levels - (p->n == p->n_apart ? 0 : 1);
    return p->n_apart < needed || search(p);
}

/* A level's row is the number of lower levels. */
static void list_elements(const struct mcc_pairs *p, struct waiting *to)
{
    uint16_t column[MCC_CODES + 1], before[MCC_CODES + 1]; /* elements of the rows before */
    int n = 0;
    for (uint64_t set = p->levels; set; set &= set - 1, n++) {
        int level = __builtin_ctzll(set);
        column[level] = (uint16_t)n;
        to->row[n] = p->row[level];
        before[level] = (uint16_t)(n * (n + 1) / 2);
    }
    for (int k = 0; k < p->n; k++)
        to->element[k] = (uint16_t)(before[p->j[k]] + column[p->i[k]]);
    to->n = p->n;
}

/* Counts become D^-1/2 P D^-1/2 without its known eigenvector D^1/2. row[n]: sums of the rows. */
SIMD_CLONES static void scale_counts(symmetric_element *matrix, int n, const struct eight *row)
{
    struct eight root[SYMMETRIC_MOST], inverse[SYMMETRIC_MOST], *x = (void *)matrix;
    struct eight total = {{{0}}}, share;
    for (int i = 0; i < n; i++)
        for (int w = 0; w < QUADS; w++)
            total.q[w] += row[i].q[w];
    for (int i = 0; i < n; i++) {
        for (int w = 0; w < QUADS; w++) {
            root[i].q[w] = row[i].q[w];
            quad_root(&root[i].q[w]);
            inverse[i].q[w] = 1 / root[i].q[w];
            share.q[w] = root[i].q[w] / total.q[w];
            x[i].q[w] *= 2; /* the diagonal counts pairs, each of which is two */
        }
        for (int j = 0; j <= i; j++, x++)
            for (int w = 0; w < QUADS; w++)
                x->q[w] = x->q[w] * (inverse[i].q[w] * inverse[j].q[w]) - share.q[w] * root[j].q[w];
    }
}

/* Solves what waits with `rows` rows. Lanes that are left are filled with the first matrix. */
static void solve(struct mcc_queue *q, int rows)
{
    double radius[LANES], row[MCC_CODES][LANES] __attribute__((aligned(64)));
    memset(q->matrix, 0, (size_t)(rows * (rows + 1) / 2) * sizeof *q->matrix);
    for (int l = 0; l < LANES; l++) {
        const struct waiting *from = &q->waiting[rows][l < q->n_waiting[rows] ? l : 0];
        for (int k = 0; k < from->n; k++)
            q->matrix[from->element[k]][l]++;
        for (int k = 0; k < rows; k++)
            row[k][l] = from->row[k];
    }
    scale_counts(q->matrix, rows, (void *)row);
    symmetric_radius(q->matrix, rows, radius);
    for (int l = 0; l < q->n_waiting[rows]; l++)
        *q->waiting[rows][l].out = radius[l] < 0 ? 0 : radius[l] > 1 ? 1 : radius[l];
    q->n_waiting[rows] = 0;
}

void mcc_queue_add(struct mcc_queue *q, const struct mcc_pairs *pairs, double *out)
{
    int levels = __builtin_popcountll(pairs->levels);
    if (levels <= 1)
        *out = 0;
    else if (falls_apart_or_has_sides(pairs, levels))
        *out = 1;
    else {
        struct waiting *to = &q->waiting[levels][q->n_waiting[levels]++];
        to->out = out;
        list_elements(pairs, to);
        if (q->n_waiting[levels] == LANES)
            solve(q, levels);
    }
}

void mcc_queue_flush(struct mcc_queue *q)
{
    for (int rows = 1; rows <= MCC_CODES; rows++)
        if (q->n_waiting[rows])
            solve(q, rows);
}
