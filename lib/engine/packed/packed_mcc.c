#include "engine/packed/packed_mcc.h"

bool packed_mcc_open(struct packed_mcc *m, struct err *e)
{
    m->n = 0;
    m->queue = mcc_queue_open(e);
    return m->queue != NULL;
}

void packed_mcc_close(struct packed_mcc *m)
{
    mcc_queue_close(m->queue);
    m->queue = NULL;
}

bool packed_mcc_fits(const struct packed_kernel *k)
{
    return k->n_present != 2 && k->n_present <= MCC_CODES;
}

/* Low levels are codes themselves. */
void packed_mcc_begin(struct packed_mcc *m, const struct packed_kernel *k)
{
    int code = 0;
    m->coded = false;
    for (int p = 0; p < k->n_present; p++) {
        m->coded = m->coded || k->present[p] > MCC_CODES;
        m->code[k->present[p]] = k->present[p];
    }
    for (int level = 1; m->coded && level <= PACKED_LEVELS; level++)
        if (k->count[level])
            m->code[level] = (uint8_t)++code;
}

static void encode(const struct packed_mcc *m, struct mcc_pairs *list)
{
    for (int p = 0; p < list->n; p++) {
        list->i[p] = m->code[list->i[p]];
        list->j[p] = m->code[list->j[p]];
    }
}

void packed_mcc_add(struct packed_mcc *m, struct mcc_pairs *list, int n, double *out)
{
    if (m->n == PACKED_MCC_KERNELS)
        packed_mcc_finish(m);
    struct packed_mcc_kernel *to = &m->kernel[m->n++];
    to->out = out;
    to->n = n;
    for (int d = 0; d < n; d++) {
        if (m->coded)
            encode(m, &list[d]);
        mcc_queue_add(m->queue, &list[d], &to->value[d]);
    }
}

void packed_mcc_finish(struct packed_mcc *m)
{
    mcc_queue_flush(m->queue);
    for (int k = 0; k < m->n; k++) {
        const struct packed_mcc_kernel *from = &m->kernel[k];
        double sum = 0;
        for (int d = 0; d < from->n; d++)
            sum += from->value[d];
        *from->out = sum / from->n;
    }
    m->n = 0;
}
