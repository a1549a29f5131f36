#include "engine/matrices/ngtdm.h"

#include "base/mem.h"

#include <stdlib.h>

static double difference(const struct codes *c, int64_t i, const int64_t *step, int n)
{
    int64_t sum = 0, count = 0;
    for (int k = 0; k < n; k++) {
        int32_t other = codes_at(c, i + step[k]);
        sum += other;
        count += other != 0;
    }
    return count ? (double)llabs(codes_at(c, i) * count - sum) / (double)count : 0;
}

bool ngtdm_count(const struct codes *c, const struct directions *both, int64_t *n, double *s,
                 struct err *e)
{
    int64_t *step = mem_array((size_t)both->n, sizeof *step, e);
    if (!step)
        return false;
    for (int k = 0; k < both->n; k++)
        step[k] = codes_step(c, both->offset[k].d);
    for (int32_t l = 0; l <= c->n; l++) {
        n[l] = 0;
        s[l] = 0;
    }
    for (int64_t r = 0; r < c->n_runs; r++)
        for (int64_t i = c->run[r].start; i < c->run[r].start + c->run[r].length; i++) {
            int32_t level = codes_at(c, i);
            n[level]++;
            s[level] += difference(c, i, step, both->n);
        }
    free(step);
    return true;
}
