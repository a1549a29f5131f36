#include "vol/runs.h"

#include <string.h>

/* First position at or after `from` whose byte is not `value` (0 or 1), n when there is none;
 * eight bytes at a time. */
static int64_t skip(const uint8_t *mask, int64_t n, int64_t from, uint8_t value)
{
    const uint64_t all = value * UINT64_C(0x0101010101010101);
    int64_t i = from;
    for (; i + 8 <= n; i += 8) {
        uint64_t word;
        memcpy(&word, mask + i, sizeof word);
        if (word != all)
            break;
    }
    while (i < n && mask[i] == value)
        i++;
    return i;
}

bool runs_next(const uint8_t *mask, int64_t n, int64_t from, struct run *r)
{
    r->start = skip(mask, n, from, 0);
    if (r->start >= n)
        return false;
    r->n = skip(mask, n, r->start, 1) - r->start;
    return true;
}

int64_t runs_gather(const double *value, const uint8_t *mask, int64_t n, double *out)
{
    int64_t count = 0;
    struct run r;
    for (int64_t at = 0; runs_next(mask, n, at, &r); at = r.start + r.n) {
        memmove(out + count, value + r.start, (size_t)r.n * sizeof *out);
        count += r.n;
    }
    return count;
}
