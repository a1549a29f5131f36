#include "engine/preprocess/resegment.h"

#include "base/mem.h"

#include <math.h>

/* NumPy's pairwise sum of float32 values, whose rounding decides thresholds of float32 images. */
static float pairwise_f32(const float *x, int64_t n)
{
    if (n < 8) {
        float s = 0;
        for (int64_t i = 0; i < n; i++)
            s += x[i];
        return s;
    }
    if (n <= 128) {
        float r[8];
        for (int k = 0; k < 8; k++)
            r[k] = x[k];
        int64_t i = 8;
        for (; i < n - n % 8; i += 8)
            for (int k = 0; k < 8; k++)
                r[k] += x[i + k];
        float s = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
        for (; i < n; i++)
            s += x[i];
        return s;
    }
    int64_t half = n / 2;
    half -= half % 8;
    return pairwise_f32(x, half) + pairwise_f32(x + half, n - half);
}

static void mean_sd_f32(float *x, int64_t n, double *mean, double *sd)
{
    float sum = pairwise_f32(x, n), center = sum / (float)n;
    *mean = (float)((double)sum / (double)n);
    for (int64_t i = 0; i < n; i++) {
        x[i] -= center;
        x[i] *= x[i];
    }
    *sd = sqrtf((float)((double)pairwise_f32(x, n) / (double)n));
}

static double pairwise_f64(const double *x, int64_t n)
{
    if (n < 128) {
        double s = 0;
        for (int64_t i = 0; i < n; i++)
            s += x[i];
        return s;
    }
    return pairwise_f64(x, n / 2) + pairwise_f64(x + n / 2, n - n / 2);
}

static void mean_sd_f64(double *x, int64_t n, double *mean, double *sd)
{
    *mean = pairwise_f64(x, n) / (double)n;
    for (int64_t i = 0; i < n; i++) {
        x[i] -= *mean;
        x[i] *= x[i];
    }
    *sd = sqrt(pairwise_f64(x, n) / (double)n);
}

/* Mean and population deviation of the ROI in the arithmetic of the image's type. */
static bool mean_sd(const double *roi, int64_t n, bool single, double *mean, double *sd,
                    struct err *e)
{
    void *copy = mem_big((size_t)n, single ? sizeof(float) : sizeof(double), e);
    if (!copy)
        return false;
    for (int64_t i = 0; i < n; i++)
        if (single)
            ((float *)copy)[i] = (float)roi[i];
        else
            ((double *)copy)[i] = roi[i];
    if (single)
        mean_sd_f32(copy, n, mean, sd);
    else
        mean_sd_f64(copy, n, mean, sd);
    mem_big_free(copy);
    return true;
}

static bool thresholds(const double *roi, int64_t n, const struct settings *s, bool single,
                       double t[2], struct err *e)
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

/* Keeps the voxels of the box whose value is within t; returns how many. NaN is kept by nothing. */
static int64_t keep(const double *value, const double t[2], uint8_t *in, int64_t n)
{
    int64_t kept = 0;
    for (int64_t i = 0; i < n; i++) {
        in[i] = in[i] && value[i] >= t[0] && value[i] <= t[1];
        kept += in[i];
    }
    return kept;
}

bool resegment(const struct volume *image, const struct label_mask *mask, const struct settings *s,
               struct label_mask *out, struct err *e)
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
