/* Maximal correlation of packed kernels: pairs of neighbours as the small matrices of mcc_small.h.
 */
#include "base/mem.h"
#include "engine/features/mcc_small.h"
#include "engine/packed/packed_glcm.h"

#include <string.h>

enum { MOST_CODES = 63 }; /* of mcc_small */

bool packed_mcc_open(struct packed_pairs_work *g, struct err *e)
{
    const size_t rows = (MOST_CODES + 1) * PACKED_DIRECTIONS;
    g->matrices.symmetric = true;
    g->matrices.partners = mem_big(rows, sizeof *g->matrices.partners, e);
    g->matrices.count = mem_big(rows * (MOST_CODES + 1), sizeof *g->matrices.count, e);
    return g->matrices.partners && g->matrices.count;
}

/* The matrices of a kernel whose n levels are codes 1..n, as mcc_small.h wants them. */
void packed_mcc_begin(struct packed_pairs_work *g, const struct packed_kernel *k)
{
    struct glcm_small *m = &g->matrices;
    size_t rows = (size_t)k->n_present + 1, n = PACKED_DIRECTIONS * rows;
    m->n = k->n_present;
    memset(m->partners, 0, n * sizeof *m->partners);
    memset(m->count, 0, n * rows * sizeof *m->count);
    for (int p = 0; p < k->n_present; p++)
        g->code[k->present[p]] = p + 1;
}

void packed_mcc_add(struct packed_pairs_work *g, const struct packed_pair_list *list, int lane)
{
    struct glcm_small *m = &g->matrices;
    int rows = m->n + 1;
    uint64_t *partners = m->partners + lane * rows;
    uint16_t *count = m->count + lane * rows * rows;
    for (int p = 0; p < list->n; p++) {
        int i = g->code[list->i[p]], j = g->code[list->j[p]];
        count[i * rows + j]++;
        count[j * rows + i]++;
        partners[i] |= (uint64_t)1 << j;
        partners[j] |= (uint64_t)1 << i;
    }
}

bool packed_mcc_fits(const struct packed_kernel *k)
{
    return k->n_present != 2 && k->n_present <= MOST_CODES;
}

bool packed_mcc(struct packed_pairs_work *g, double *out)
{
    g->matrices.directions = g->pairs.n;
    for (int k = 0; g->matrices.n == 1 && k < g->pairs.n; k++)
        out[k] = 1;
    return g->matrices.n == 1 || mcc_small(&g->matrices, out, NULL);
}
