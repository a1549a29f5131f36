#include "engine/features/mcc_small.h"

#include "engine/features/mcc_queue.h"

/* The pairs that matrix number `direction` counts, each once for its two cells. */
static void list_pairs(const struct glcm_small *g, int direction, struct mcc_pairs *to)
{
    const uint64_t *partners = glcm_small_partners(g, direction);
    const uint16_t *count = glcm_small_count(g, direction);
    to->n = to->n_apart = 0;
    to->levels = 0;
    for (int32_t row = 1; row <= g->n; row++) {
        to->row[row] = 0;
        for (uint64_t set = partners[row] & ~(uint64_t)1; set; set &= set - 1)
            to->row[row] =
                (uint16_t)(to->row[row] + count[row * (g->n + 1) + __builtin_ctzll(set)]);
        for (uint64_t set = partners[row] >> row << row; set; set &= set - 1) {
            int col = __builtin_ctzll(set), times = count[row * (g->n + 1) + col];
            to->levels |= (uint64_t)1 << row | (uint64_t)1 << col;
            to->n_apart += col == row ? 0 : times;
            for (int k = col == row ? times / 2 : times; k > 0; k--, to->n++) {
                to->i[to->n] = (uint8_t)row;
                to->j[to->n] = (uint8_t)col;
            }
        }
    }
}

bool mcc_small(const struct glcm_small *g, double *out, struct err *e)
{
    struct mcc_queue *q = mcc_queue_open(e);
    struct mcc_pairs pairs;
    if (!q)
        return false;
    for (int i = 0; i < g->directions; i++) {
        list_pairs(g, i, &pairs);
        mcc_queue_add(q, &pairs, &out[i]);
    }
    mcc_queue_flush(q);
    mcc_queue_close(q);
    return true;
}
