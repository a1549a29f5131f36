#include "engine/preprocess/resegment.h"

#include "base/mem.h"
#include "base/pairwise.h"

#include <math.h>

/* Mean and population deviation of the ROI as NumPy finds them in the arithmetic of the image's
 * type: a threshold that is formed of them may meet a voxel's value exactly. */
static bool mean_sd(const double *roi, int64_t n, bool single, double *mean, double *sd,
                    struct err *e)
{
    double sum = pairwise_sum(roi, n, single), count = (double)n;
    double center = pairwise_kept(single, sum / pairwise_kept(single, count));
    double *square = mem_big((size_t)n, sizeof *square, e);
    if (!square)
        return false;
    for (int64_t i = 0; i < n; i++) {
        double apart = pairwise_kept(single, roi[i] - center);
        square[i] = pairwise_kept(single, apart * apart);
    }
    double variance = pairwise_kept(single, pairwise_sum(square, n, single) / count);
    *mean = pairwise_kept(single, sum / count);
    *sd = pairwise_kept(single, sqrt(variance));
    mem_big_free(square);
    return true;
}

static bool thresholds(const double *roi, int64_t n, const struct resegment_settings *s,
                       bool single, double t[2], struct err *e)
{
    const struct real_list *range = &s->resegment_range;
    if (range->n < 1 || range->n > 2)
        return err_set(e, ERR_REFUSED, "resegmentRange has %d values, not one or two", range->n);
    double first = range->item[0], last = range->item[range->n - 1];
    double scale = 1, shift = 0;
    if (s->resegment_mode == RESEGMENT_RELATIVE) {
        scale = roi[0];
        for (int64_t i = 1; i < n; i++)
            scale = roi[i] > scale || isnan(roi[i]) ? roi[i] : scale;
    } else if (s->resegment_mode == RESEGMENT_SIGMA) {
        if (!mean_sd(roi, n, single, &shift, &scale, e))
            return false;
    }
    t[0] = fmin(first, last) * scale;
    t[1] = fmax(first, last) * scale;
    for (int i = 0; i < 2; i++) {
        if (s->resegment_mode == RESEGMENT_SIGMA)
            t[i] = shift + t[i];
        if (single)
            t[i] = (float)t[i];
    }
    if (range->n == 1)
        t[1] = INFINITY;
    return true;
}

/* Keeps the voxels of the box whose value is within t; returns how many. NaN is never kept. */
static int64_t keep(const double *value, const double t[2], uint8_t *in, int64_t n)
{
    int64_t kept = 0;
    for (int64_t i = 0; i < n; i++) {
        in[i] = in[i] && value[i] >= t[0] && value[i] <= t[1];
        kept += in[i];
    }
    return kept;
}

bool resegment(const struct volume *image, const struct label_mask *mask,
               const struct resegment_settings *s, struct label_mask *out, struct err *e)
{
    int64_t n = box_voxels(&mask->box), found = 0, kept;
    bool good = false;
    double t[2] = {0};
    double *value = mem_big((size_t)n, sizeof *value, e);
    double *roi = value ? mem_big((size_t)mask->n_voxels, sizeof *roi, e) : NULL;
    uint8_t *in = roi ? mem_big((size_t)n, 1, e) : NULL;
    if (!in)
        goto out;
    volume_read_box(image, &mask->box, value);
    for (int64_t i = 0; i < n; i++) {
        in[i] = mask->in[i];
        if (in[i])
            roi[found++] = value[i];
    }
    if (!thresholds(roi, found, s, image->type == PIXEL_F32, t, e))
        goto out;
    kept = keep(value, t, in, n);
    good = kept > 1 ? label_mask_from(out, &mask->grid, &mask->box, in, e)
                    : err_set(e, ERR_REFUSED, "resegmentation leaves %lld of %lld voxels",
                              (long long)kept, (long long)mask->n_voxels);
out:
    mem_big_free(value);
    mem_big_free(roi);
    mem_big_free(in);
    return good;
}
