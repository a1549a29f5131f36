#include "engine/signal/border.h"

static int64_t positive_remainder(int64_t i, int64_t n)
{
    int64_t r = i % n;
    return r < 0 ? r + n : r;
}

int64_t border_index(enum border_rule rule, int64_t i, int64_t n)
{
    if (i >= 0 && i < n)
        return i;
    switch (rule) {
    case BORDER_ZERO:
        return -1;
    case BORDER_NEAREST:
        return i < 0 ? 0 : n - 1;
    case BORDER_PERIODIC:
        return positive_remainder(i, n);
    case BORDER_MIRROR:
        break;
    }
    int64_t r = positive_remainder(i, 2 * n);
    return r < n ? r : 2 * n - 1 - r;
}

struct box border_source(const struct border *border, const struct box *b, int axis, int64_t before,
                         int64_t after)
{
    struct box source = *b;
    int64_t n = border->size[axis], first = n, last = -1;
    for (int64_t i = b->lo[axis] - before; i < b->lo[axis] + b->size[axis] + after; i++) {
        int64_t at = border_index(border->rule, i, n);
        if (at >= 0 && at < first)
            first = at;
        if (at > last)
            last = at;
    }
    source.lo[axis] = last < 0 ? b->lo[axis] : first;
    source.size[axis] = last < 0 ? 0 : last - first + 1;
    return source;
}
