#include "report/sheet.h"

#include "base/mem.h"
#include "base/num.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Okabe and Ito's colours, which colour-blind eyes tell apart, by their luminance on grey. */
const struct sheet_colour sheet_colours[SHEET_KINDS] = {
    [SHEET_MANUAL] = {"Manual", {240, 228, 66}},
    [SHEET_AUTO] = {"AutoRTS", {86, 200, 255}},
    [SHEET_CUSTOM] = {"Custom", {255, 130, 190}},
    [SHEET_OTHER] = {"other masks", {80, 230, 150}},
};

enum sheet_kind sheet_kind_of(const char *source)
{
    if (strcmp(source, "Manual") == 0)
        return SHEET_MANUAL;
    if (strcmp(source, "Custom") == 0)
        return SHEET_CUSTOM;
    return strncmp(source, "AutoRTS", 7) == 0 ? SHEET_AUTO : SHEET_OTHER;
}

/* --- where to look --- */

/* The index of the largest of n counts, the first of equals. */
static int64_t largest(const int64_t *count, int64_t n)
{
    int64_t best = 0;
    for (int64_t i = 1; i < n; i++)
        if (count[i] > count[best])
            best = i;
    return best;
}

/* Along each axis the slice that holds the most voxels. */
static void largest_slices(const struct label_mask *m, int64_t slice[3])
{
    const struct box *b = &m->box;
    int64_t *count[3];
    for (int a = 0; a < 3; a++)
        count[a] = mem_must(calloc((size_t)b->size[a], sizeof(int64_t)));
    const uint8_t *in = m->in;
    for (int64_t z = 0; z < b->size[2]; z++)
        for (int64_t y = 0; y < b->size[1]; y++)
            for (int64_t x = 0; x < b->size[0]; x++, in++) {
                count[0][x] += *in;
                count[1][y] += *in;
                count[2][z] += *in;
            }
    for (int a = 0; a < 3; a++) {
        slice[a] = b->lo[a] + largest(count[a], b->size[a]);
        free(count[a]);
    }
}

void sheet_views(const struct label_mask *m, struct view view[VIEW_PLANES], double *field_mm)
{
    static const double around = 1.6, least_mm = 100;
    int64_t slice[3];
    double centre[3], region_mm = 0, image_mm = 0;
    largest_slices(m, slice);
    for (int a = 0; a < 3; a++) {
        centre[a] = (double)m->box.lo[a] + (double)(m->box.size[a] - 1) / 2;
        region_mm = fmax(region_mm, (double)m->box.size[a] * m->grid.spacing_mm[a]);
        image_mm = fmax(image_mm, (double)m->grid.size[a] * m->grid.spacing_mm[a]);
    }
    *field_mm = fmin(fmax(region_mm * around, least_mm), image_mm * 1.04);
    for (int p = 0; p < VIEW_PLANES; p++)
        view[p] = view_make(&m->grid, p, slice, centre, *field_mm);
}

/* --- values --- */

static double percentile(const double *sorted, int64_t n, double share)
{
    return sorted[(int64_t)floor(share * (double)(n - 1) + 0.5)];
}

static void fill_bins(const double *value, int64_t n, struct sheet_values *out)
{
    double width = (out->hi - out->lo) / SHEET_BINS;
    for (int64_t i = 0; i < n; i++) {
        double bin = width > 0 ? floor((value[i] - out->lo) / width) : 0;
        out->bin[bin < 0 ? 0 : bin >= SHEET_BINS ? SHEET_BINS - 1 : (int)bin]++;
    }
}

/* The values inside, in array order; how many. */
static int64_t gather(const struct volume *image, const struct label_mask *m, double *value)
{
    const struct box *b = &m->box;
    const uint8_t *in = m->in;
    int64_t n = 0;
    for (int64_t z = 0; z < b->size[2]; z++)
        for (int64_t y = 0; y < b->size[1]; y++) {
            int64_t row =
                ((b->lo[2] + z) * image->grid.size[1] + b->lo[1] + y) * image->grid.size[0] +
                b->lo[0];
            for (int64_t x = 0; x < b->size[0]; x++, in++)
                if (*in)
                    value[n++] = volume_get(image, row + x);
        }
    return n;
}

/* Every so many values, sorted: percentiles for the eye need no more than 2^17 of them. */
static int64_t sorted_sample(const double *value, int64_t n, double *sample)
{
    enum { MOST = 1 << 17 };
    int64_t stride = n / MOST + 1, k = 0;
    for (int64_t i = 0; i < n; i += stride)
        sample[k++] = value[i];
    qsort(sample, (size_t)k, sizeof *sample, num_ascending);
    return k;
}

bool sheet_measure(const struct volume *image, const struct label_mask *m, struct sheet_values *out,
                   struct err *e)
{
    double *value = mem_array((size_t)m->n_voxels, 2 * sizeof *value, e);
    if (!value)
        return false;
    int64_t n = gather(image, m, value);
    double sum = 0, *sample = value + n;
    int64_t k = sorted_sample(value, n, sample);
    *out = (struct sheet_values){.min = value[0],
                                 .median = percentile(sample, k, 0.5),
                                 .max = value[0],
                                 .lo = percentile(sample, k, 0.005),
                                 .hi = percentile(sample, k, 0.995)};
    for (int64_t i = 0; i < n; i++) {
        sum += value[i];
        out->min = fmin(out->min, value[i]);
        out->max = fmax(out->max, value[i]);
    }
    out->mean = sum / (double)n;
    fill_bins(value, n, out);
    free(value);
    return true;
}

/* Percentiles of the image from about 2^16 voxels spread over it. */
static struct sheet_window percentile_window(const struct volume *image)
{
    enum { MOST = 1 << 16 };
    int64_t n = grid_voxels(&image->grid), stride = n / MOST + 1, k = 0;
    if (stride > 1 && stride % 2 == 0)
        stride++; /* not a divisor of the usual sizes of rows */
    double *value = mem_must(calloc((size_t)(n / stride + 1), sizeof *value));
    for (int64_t i = 0; i < n; i += stride)
        value[k++] = volume_get(image, i);
    qsort(value, (size_t)k, sizeof *value, num_ascending);
    struct sheet_window w = {"percentiles 1 to 99.5", percentile(value, k, 0.01),
                             percentile(value, k, 0.995)};
    free(value);
    return w;
}

struct sheet_window sheet_window_for(const struct volume *image, const char *modality,
                                     double median)
{
    static const struct sheet_window lung = {"lung", -1350, 150}, soft = {"soft tissue", -160, 240},
                                     bone = {"bone", -500, 1500};
    if (strcmp(modality, "CT") == 0)
        return median < -400 ? lung : median > 250 ? bone : soft;
    return percentile_window(image);
}
