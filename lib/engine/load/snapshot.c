#include "engine/load/snapshot.h"

#include "base/mem.h"
#include "engine/load/facts.h"
#include "vol/components.h"

#include <stdio.h>

void snapshot_image(struct snapshots *log, enum stage stage, const struct volume *image,
                    const struct file_facts *facts)
{
    if (!log)
        return;
    struct image_snapshot *s = &log->image[stage];
    *s = (struct image_snapshot){
        .taken = true, .grid = image->grid, .stats = facts ? facts->stats : stats_of_volume(image)};
    snprintf(s->sha1, sizeof s->sha1, "%s", facts ? facts->sha1 : "");
}

/* Mean index of the set voxels; sums of integers, so exact until the division. */
static void center(const struct label_mask *m, double index[3])
{
    int64_t sum[3] = {0};
    const uint8_t *in = m->in;
    for (int64_t z = 0; z < m->box.size[2]; z++)
        for (int64_t y = 0; y < m->box.size[1]; y++, in += m->box.size[0]) {
            int64_t n = 0, along = 0;
            for (int64_t x = 0; x < m->box.size[0]; x++) {
                n += in[x];
                along += in[x] * x;
            }
            sum[0] += along + n * m->box.lo[0];
            sum[1] += n * (m->box.lo[1] + y);
            sum[2] += n * (m->box.lo[2] + z);
        }
    for (int d = 0; d < 3; d++)
        index[d] = (double)sum[d] / (double)m->n_voxels;
}

static bool values_inside(const struct label_mask *m, const struct volume *image,
                          struct value_stats *out, struct err *e)
{
    int64_t n = box_voxels(&m->box);
    double *value = mem_big((size_t)n, sizeof *value, e);
    if (!value)
        return false;
    volume_read_box(image, &m->box, value);
    *out = stats_of_values(value, m->in, n);
    mem_big_free(value);
    return true;
}

bool snapshot_mask(struct snapshots *log, enum stage stage, const struct label_mask *mask,
                   const struct volume *image, const char *sha1, struct err *e)
{
    if (!log)
        return true;
    struct mask_snapshot *s = &log->mask[stage];
    *s = (struct mask_snapshot){
        .taken = true, .grid = mask->grid, .box = mask->box, .n_voxels = mask->n_voxels};
    snprintf(s->sha1, sizeof s->sha1, "%s", sha1);
    center(mask, s->center_index);
    grid_to_patient(&mask->grid, s->center_index, s->center_mm);
    s->n_components = components_count(mask->in, mask->box.size, e);
    if (s->n_components < 0)
        return false;
    s->has_values = image != NULL;
    return !image || values_inside(mask, image, &s->values, e);
}
