#include "engine/signal/border.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

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

bool border_line_open(struct border_line *l, const struct border *border, int axis, int64_t lo,
                      int64_t n, struct err *e)
{
    int64_t size = border->size[axis], first = lo < 0 ? -lo : 0,
            end = size - lo < n ? size - lo : n;
    *l = (struct border_line){.n = n, .at = mem_array((size_t)n, sizeof *l->at, e)};
    if (!l->at)
        return false;
    l->first = first < end ? first : n;
    l->end = first < end ? end : n;
    for (int64_t i = 0; i < n; i++)
        l->at[i] = border_index(border->rule, lo + i, size);
    return true;
}

void border_line_close(struct border_line *l)
{
    free(l->at);
    *l = (struct border_line){0};
}

static void read_beyond(const struct border_line *l, const double *line, int64_t from, int64_t to,
                        double *out)
{
    for (int64_t i = from; i < to; i++)
        out[i] = l->at[i] < 0 ? 0.0 : line[l->at[i]];
}

void border_line_read(const struct border_line *l, const double *line, double *out)
{
    read_beyond(l, line, 0, l->first, out);
    if (l->first < l->end)
        memcpy(out + l->first, line + l->at[l->first], (size_t)(l->end - l->first) * sizeof *out);
    read_beyond(l, line, l->end, l->n, out);
}
