#include "engine/preprocess/interpolate.h"

bool line_map_inside(const struct line_map *line, int64_t i, const int64_t size[3], int dims)
{
    for (int axis = 0; axis < dims; axis++) {
        double c = line_map_at(line, i, axis);
        if (!(c >= -0.5 && c < (double)size[axis] - 0.5))
            return false;
    }
    return true;
}

struct run samples_inside(const struct samples *s, const struct line_map *line, int64_t n)
{
    struct run r = {0, 0};
    while (r.start < n && !line_map_inside(line, r.start, s->full, s->dims))
        r.start++;
    int64_t end = n;
    while (end > r.start && !line_map_inside(line, end - 1, s->full, s->dims))
        end--;
    r.n = end - r.start;
    return r;
}
