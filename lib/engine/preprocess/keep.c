/* Re-segmentation of the intensity mask (IBSI 2.7): by a range of intensities, and by deviations
 * from the mean of the ROI before it was cut to the range. The morphological mask stays. */
#include "base/mem.h"
#include "engine/preprocess/part.h"
#include "engine/preprocess/preprocess.h"

#include <math.h>

struct bounds {
    double lo, hi;
};

static struct bounds by_deviation(const double *value, const struct label_mask *mask, double sigma)
{
    double sum = 0, squares = 0, n = (double)mask->n_voxels;
    int64_t voxels = box_voxels(&mask->box);
    for (int64_t i = 0; i < voxels; i++)
        sum += mask->in[i] ? value[i] : 0;
    double mean = sum / n;
    for (int64_t i = 0; i < voxels; i++)
        squares += mask->in[i] ? (value[i] - mean) * (value[i] - mean) : 0;
    double reach = sigma * sqrt(squares / n);
    return (struct bounds){mean - reach, mean + reach};
}

static struct bounds bounds_of(const double *value, const struct label_mask *mask,
                               const struct keep_settings *s)
{
    struct bounds b = {-INFINITY, INFINITY};
    if (s->has_range)
        b = (struct bounds){s->range.item[0], s->range.item[1]};
    if (s->has_sigma) {
        struct bounds d = by_deviation(value, mask, s->sigma);
        b = (struct bounds){fmax(b.lo, d.lo), fmin(b.hi, d.hi)};
    }
    return b;
}

static bool keep_inside(struct rcase *c, const struct keep_settings *s, struct err *e)
{
    struct label_mask kept;
    const struct box *box = &c->mask.box;
    int64_t n = box_voxels(box);
    double *value = mem_big((size_t)n, sizeof *value, e);
    uint8_t *in = mem_big((size_t)n, 1, e);
    bool good = value && in;
    if (good) {
        volume_read_box(&c->image, box, value);
        struct bounds b = bounds_of(value, &c->mask, s);
        for (int64_t i = 0; i < n; i++)
            in[i] = c->mask.in[i] && value[i] >= b.lo && value[i] <= b.hi;
        good = label_mask_from(&kept, &c->mask.grid, box, in, e);
    }
    mem_big_free(value);
    mem_big_free(in);
    if (!good)
        return false;
    c->morphology = c->mask;
    c->mask = kept;
    return true;
}

bool step_keep(struct preparation *p, struct err *e)
{
    const struct keep_settings *s = &p->s->keep;
    if ((s->has_range || s->has_sigma) && !keep_inside(p->c, s, e))
        return false;
    if (p->c->mask.n_voxels == 0)
        return err_set(e, ERR_REFUSED, "re-segmentation leaves no voxel of the ROI");
    return part_snapshot(p, STAGE_RESEGMENTED, e);
}
