#include "engine/features/mcc_small.h"

#include "base/mem.h"
#include "engine/features/symmetric_lanes.h"

#include <math.h>

/* The levels that occur in a direction, and how often. */
struct graph {
    const uint64_t *partners;
    const uint16_t *count;
    int32_t n;
    uint64_t levels;
};

static struct graph graph_of(const struct glcm_small *g, int i)
{
    struct graph out = {glcm_small_partners(g, i), glcm_small_count(g, i), g->n, 0};
    for (int32_t row = 1; row <= g->n; row++)
        out.levels |= (uint64_t)(out.partners[row] >> 1 != 0) << row;
    return out;
}

/* Walks from one level along the edges, from side to side. A level that is met on both is on a way
 * round of odd length. */
static bool falls_apart_or_has_sides(const struct graph *g)
{
    uint64_t side[2] = {g->levels & -g->levels, 0}, fresh = side[0];
    for (int turn = 1; fresh; turn ^= 1) {
        uint64_t next = 0;
        for (; fresh; fresh &= fresh - 1)
            next |= g->partners[__builtin_ctzll(fresh)];
        fresh = next & g->levels & ~side[turn];
        side[turn] |= fresh;
    }
    return (side[0] | side[1]) != g->levels || !(side[0] & side[1]);
}

/* D^-1/2 P D^-1/2 without its known eigenvector D^1/2, into one lane; its rows and columns are the
 * levels that occur. */
static void place_matrix(const struct graph *g, symmetric_element *a, int lane)
{
    double length[SYMMETRIC_MOST], inverse[SYMMETRIC_MOST], total = 0;
    int level[SYMMETRIC_MOST], n = 0;
    for (uint64_t set = g->levels; set; set &= set - 1, n++) {
        int32_t sum = 0;
        level[n] = __builtin_ctzll(set);
        for (uint64_t on = g->partners[level[n]] & ~(uint64_t)1; on; on &= on - 1)
            sum += g->count[level[n] * (g->n + 1) + __builtin_ctzll(on)];
        total += sum;
        length[n] = sqrt(sum);
        inverse[n] = 1 / length[n];
    }
    for (int i = 0; i < n; i++) {
        const uint16_t *row = g->count + level[i] * (g->n + 1);
        const double share = length[i] / total;
        for (int j = 0; j <= i; j++)
            a[i * (i + 1) / 2 + j][lane] =
                row[level[j]] * (inverse[i] * inverse[j]) - share * length[j];
    }
}

/* Solves the directions which[n]. */
static bool solve(const struct glcm_small *g, const int *which, int n, double *out, struct err *e)
{
    int rows = 0;
    struct graph graph[SYMMETRIC_LANES];
    for (int l = 0; l < n; l++) {
        graph[l] = graph_of(g, which[l]);
        int mine = __builtin_popcountll(graph[l].levels);
        rows = mine > rows ? mine : rows;
    }
    symmetric_element *a = mem_big((size_t)(rows * (rows + 1) / 2), sizeof *a, e);
    if (!a)
        return false;
    double radius[SYMMETRIC_LANES];
    for (int l = 0; l < n; l++)
        place_matrix(&graph[l], a, l);
    symmetric_radius(a, rows, radius);
    for (int l = 0; l < n; l++)
        out[which[l]] = fmax(0, fmin(1, radius[l]));
    mem_big_free(a);
    return true;
}

bool mcc_small(const struct glcm_small *g, double *out, struct err *e)
{
    int which[SYMMETRIC_LANES], n = 0;
    bool ok = true;
    for (int i = 0; ok && i < g->directions; i++) {
        struct graph graph = graph_of(g, i);
        if (!(graph.levels & (graph.levels - 1)))
            out[i] = 0;
        else if (falls_apart_or_has_sides(&graph))
            out[i] = 1;
        else
            which[n++] = i;
        if (n == SYMMETRIC_LANES) {
            ok = solve(g, which, n, out, e);
            n = 0;
        }
    }
    return ok && (n == 0 || solve(g, which, n, out, e));
}
