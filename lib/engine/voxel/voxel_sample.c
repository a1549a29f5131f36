#include "engine/voxel/voxel_sample.h"

#include "base/mem.h"
#include "engine/matrices/outline.h"

#include <math.h>
#include <stdlib.h>

static bool open_offsets(struct kernel_sample *s, const struct family_settings *settings,
                         int64_t radius, const int64_t extent[3], struct err *e)
{
    int64_t longest = 0;
    for (int a = 0; a < 3; a++)
        longest = extent[a] > longest ? extent[a] : longest;
    int n = (int)(radius < longest ? radius : longest);
    double *distance = mem_array((size_t)n, sizeof *distance, e);
    if (!distance)
        return false;
    for (int i = 0; i < n; i++)
        distance[i] = i + 1;
    bool good =
        directions_create(extent, distance, n, settings_flat_axis(settings, s->whole->grid.dims),
                          DIRECTIONS_BOTH, &s->offsets, e);
    free(distance);
    return good;
}

bool kernel_sample_open(struct kernel_sample *s, const struct response *whole,
                        const struct family_settings *settings, int64_t radius, struct err *e)
{
    struct outline outline;
    *s = (struct kernel_sample){.whole = whole};
    if (!outline_create(whole->mask, whole->box.size, &outline, e))
        return false;
    bool good = open_offsets(s, settings, radius, outline.tight.size, e);
    outline_free(&outline);
    if (good)
        s->value = mem_array((size_t)s->offsets.n + 1, sizeof *s->value, e);
    if (!s->value)
        kernel_sample_close(s);
    return s->value != NULL;
}

bool kernel_sample_open_beside(struct kernel_sample *s, const struct kernel_sample *of,
                               struct err *e)
{
    *s = (struct kernel_sample){.whole = of->whole, .offsets = of->offsets, .beside = true};
    s->value = mem_array((size_t)s->offsets.n + 1, sizeof *s->value, e);
    return s->value != NULL;
}

void kernel_sample_close(struct kernel_sample *s)
{
    if (!s->beside)
        directions_free(&s->offsets);
    free(s->value);
    *s = (struct kernel_sample){0};
}

static double value_at(const struct response *r, const int64_t at[3], const int32_t d[3])
{
    const int64_t *n = r->box.size;
    int64_t p[3];
    for (int a = 0; a < 3; a++) {
        p[a] = at[a] + d[a];
        if (p[a] < 0 || p[a] >= n[a])
            return NAN;
    }
    int64_t i = (p[2] * n[1] + p[1]) * n[0] + p[0];
    return r->mask[i] ? r->value[i] : NAN;
}

void kernel_sample_take(struct kernel_sample *s, struct kernel *k, const int64_t at[3])
{
    static const int32_t centre[3] = {0};
    for (int i = 0; i < s->offsets.n; i++)
        s->value[i] = value_at(s->whole, at, s->offsets.offset[i].d);
    s->value[s->offsets.n] = value_at(s->whole, at, centre);
    k->response.sample = s->value;
    k->response.n_voxels = s->offsets.n + 1;
}
