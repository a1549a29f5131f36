#include "engine/voxel/voxel_pairs.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

bool pairs_open(struct pairs *p, const struct family_settings *s, int dims, const int64_t extent[3],
                struct err *e)
{
    *p = (struct pairs){.merged = s->weighting_norm != WEIGHT_NONE};
    if (!directions_create(extent, s->distances.item, s->distances.n, settings_flat_axis(s, dims),
                           DIRECTIONS_HALF, &p->directions, e))
        return false;
    p->seen = mem_array((size_t)p->directions.n, sizeof *p->seen, e);
    if (!p->seen)
        directions_free(&p->directions);
    return p->seen != NULL;
}

bool pairs_open_beside(struct pairs *p, const struct pairs *of, struct err *e)
{
    *p = (struct pairs){.directions = of->directions, .merged = of->merged, .beside = true};
    p->seen = mem_array((size_t)p->directions.n, sizeof *p->seen, e);
    return p->seen != NULL;
}

void pairs_close(struct pairs *p)
{
    if (!p->beside)
        directions_free(&p->directions);
    free(p->seen);
    p->seen = NULL;
}

/* Do two voxels of the kernel lie this far apart? */
static bool has_pair(const struct kernel *k, const int32_t d[3])
{
    const int64_t *n = k->part.size;
    int64_t step = d[0] + n[0] * (d[1] + n[1] * d[2]);
    for (int64_t z = d[2] < 0 ? -d[2] : 0; z < n[2] && z + d[2] < n[2]; z++)
        for (int64_t y = d[1] < 0 ? -d[1] : 0; y < n[1] && y + d[1] < n[1]; y++)
            for (int64_t x = d[0] < 0 ? -d[0] : 0; x < n[0] && x + d[0] < n[0]; x++) {
                int64_t i = x + n[0] * (y + n[1] * z);
                if (k->mask[i] && k->mask[i + step])
                    return true;
            }
    return false;
}

void pairs_begin(struct pairs *p)
{
    memset(p->seen, 0, (size_t)p->directions.n * sizeof *p->seen);
    p->n_seen = 0;
}

void pairs_note(struct pairs *p, const struct kernel *k)
{
    for (int i = 0; i < p->directions.n && p->n_seen < p->directions.n; i++)
        if (!p->seen[i] && has_pair(k, p->directions.offset[i].d)) {
            p->seen[i] = true;
            p->n_seen++;
        }
}

int pairs_left_out(const struct pairs *p)
{
    return p->merged || p->directions.n == 1 ? 0 : p->directions.n - p->n_seen;
}

bool pairs_dropped(const struct pairs *p)
{
    return pairs_left_out(p) == p->directions.n;
}

enum pairs_state pairs_of(const struct pairs *p, const struct kernel *k)
{
    int some = 0;
    for (int i = 0; i < p->directions.n; i++)
        some += p->seen[i] && has_pair(k, p->directions.offset[i].d);
    return pairs_state_of(p, some);
}

enum pairs_state pairs_state_of(const struct pairs *p, int some)
{
    if (some == 0)
        return PAIRS_NONE;
    return p->merged || some == p->n_seen ? PAIRS_COMPLETE : PAIRS_SOME;
}
