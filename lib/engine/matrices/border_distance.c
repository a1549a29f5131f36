#include "engine/matrices/gldzm.h"

/* Two sweeps, one from each corner: the distance by steps through faces is exact after them. */
struct sweep {
    const int64_t *size;
    const int64_t step[3]; /* index steps of the axes */
    int flat_axis;
    uint16_t *distance;
};

static uint16_t one_more(uint16_t d)
{
    return d == UINT16_MAX ? d : (uint16_t)(d + 1);
}

/* The least of a voxel's own and what its neighbours on one side allow. */
static void relax(const struct sweep *s, const int64_t at[3], int64_t i, int side)
{
    uint16_t least = s->distance[i];
    for (int a = 0; a < 3; a++) {
        if (a == s->flat_axis)
            continue;
        bool leaves = side < 0 ? at[a] == 0 : at[a] == s->size[a] - 1;
        uint16_t through = leaves ? 1 : one_more(s->distance[i + side * s->step[a]]);
        least = through < least ? through : least;
    }
    s->distance[i] = least;
}

void border_distances(const uint8_t *mask, const int64_t size[3], int flat_axis, uint16_t *out)
{
    const struct sweep s = {size, {1, size[0], size[0] * size[1]}, flat_axis, out};
    int64_t n = size[0] * size[1] * size[2], at[3], i = 0;
    for (int64_t k = 0; k < n; k++)
        out[k] = mask[k] ? UINT16_MAX : 0;
    for (at[2] = 0; at[2] < size[2]; at[2]++)
        for (at[1] = 0; at[1] < size[1]; at[1]++)
            for (at[0] = 0; at[0] < size[0]; at[0]++, i++)
                if (mask[i])
                    relax(&s, at, i, -1);
    for (at[2] = size[2] - 1; at[2] >= 0; at[2]--)
        for (at[1] = size[1] - 1; at[1] >= 0; at[1]--)
            for (at[0] = size[0] - 1; at[0] >= 0; at[0]--)
                if (mask[--i])
                    relax(&s, at, i, 1);
}
