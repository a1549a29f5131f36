#include "report/sheet.h"

#include "base/mem.h"

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

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

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
    qsort(sample, (size_t)k, sizeof *sample, by_value);
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
    qsort(value, (size_t)k, sizeof *value, by_value);
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

/* --- drawing --- */

static void set_palette(struct picture *p)
{
    memset(p->palette, 0, sizeof p->palette);
    for (int i = 0; i < SHEET_GREYS; i++)
        memset(p->palette[i], i * 255 / (SHEET_GREYS - 1), 3);
    for (int k = 0; k < SHEET_KINDS; k++)
        memcpy(p->palette[SHEET_FIRST_COLOUR + k], sheet_colours[k].rgb, 3);
}

static uint8_t grey_of(double value, const struct sheet_window *w)
{
    double share = w->hi > w->lo ? (value - w->lo) / (w->hi - w->lo) : value > w->lo;
    return (uint8_t)(fmin(fmax(share, 0), 1) * (SHEET_GREYS - 1) + 0.5);
}

static int64_t clamped(double index, int64_t size)
{
    return index < 0 ? 0 : index >= (double)size ? size - 1 : (int64_t)index;
}

/* The value at a pixel, linear between the four voxels around it in its plane. */
static double value_at(const struct volume *image, const struct view *v, int x, int y)
{
    const struct grid *g = &image->grid;
    double at[2] = {v->first_across + x * v->step_across, v->first_down + y * v->step_down};
    const int axis[2] = {v->across, v->down};
    int64_t corner[2][2], voxel[3];
    double part[2], sum = 0;
    for (int a = 0; a < 2; a++) {
        double low = floor(at[a]);
        part[a] = at[a] - low;
        corner[a][0] = clamped(low, g->size[axis[a]]);
        corner[a][1] = clamped(low + 1, g->size[axis[a]]);
    }
    voxel[v->through] = v->slice;
    for (int k = 0; k < 4; k++) {
        voxel[v->across] = corner[0][k & 1];
        voxel[v->down] = corner[1][k >> 1];
        double weight = (k & 1 ? part[0] : 1 - part[0]) * (k >> 1 ? part[1] : 1 - part[1]);
        if (weight > 0)
            sum += weight *
                   volume_get(image, (voxel[2] * g->size[1] + voxel[1]) * g->size[0] + voxel[0]);
    }
    return sum;
}

static void draw_grey(const struct volume *image, const struct view *v,
                      const struct sheet_window *w, uint8_t *panel, int row_pixels)
{
    int64_t voxel[3];
    for (int y = 0; y < VIEW_PIXELS; y++)
        for (int x = 0; x < VIEW_PIXELS; x++)
            panel[y * row_pixels + x] =
                view_voxel(v, &image->grid, x, y, voxel) ? grey_of(value_at(image, v, x, y), w) : 0;
}

/* One more than the panel on every side, so that every pixel of it has neighbours. */
enum { EDGE = VIEW_PIXELS + 2 };

static bool is_inside(const struct label_mask *m, const struct view *v, int x, int y)
{
    int64_t voxel[3], at = 0;
    if (!view_voxel(v, &m->grid, x, y, voxel))
        return false;
    for (int a = 2; a >= 0; a--) {
        int64_t i = voxel[a] - m->box.lo[a];
        if (i < 0 || i >= m->box.size[a])
            return false;
        at = at * m->box.size[a] + i;
    }
    return m->in[at] != 0;
}

/* Does the plane meet the region's box at all? */
static bool is_met(const struct label_mask *m, const struct view *v)
{
    int64_t i = v->slice - m->box.lo[v->through];
    return m->n_voxels > 0 && i >= 0 && i < m->box.size[v->through];
}

static bool has_other(const uint8_t *in, int at, uint8_t what)
{
    return in[at - 1] == what || in[at + 1] == what || in[at - EDGE] == what ||
           in[at + EDGE] == what;
}

/* in: 0 outside, 1 inside, 2 on the border. Own contours are two pixels thick, others dotted. */
static void draw_contour(const struct sheet_region *r, const struct view *v, bool is_own,
                         uint8_t *in, uint8_t *panel, int row_pixels)
{
    uint8_t colour = (uint8_t)(SHEET_FIRST_COLOUR + sheet_kind_of(r->source));
    if (!is_met(&r->mask, v))
        return;
    for (int y = 0; y < EDGE; y++)
        for (int x = 0; x < EDGE; x++)
            in[y * EDGE + x] = is_inside(&r->mask, v, x - 1, y - 1);
    for (int y = 1; y <= VIEW_PIXELS; y++)
        for (int x = 1; x <= VIEW_PIXELS; x++)
            if (in[y * EDGE + x] == 1 && has_other(in, y * EDGE + x, 0))
                in[y * EDGE + x] = 2;
    for (int y = 1; y <= VIEW_PIXELS; y++)
        for (int x = 1; x <= VIEW_PIXELS; x++) {
            uint8_t here = in[y * EDGE + x];
            bool drawn = is_own ? here == 2 || (here == 1 && has_other(in, y * EDGE + x, 2))
                                : here == 2 && (x + y) % 4 < 2;
            if (drawn)
                panel[(y - 1) * row_pixels + x - 1] = colour;
        }
}

bool sheet_draw(const struct volume *image, const struct sheet_region *region, size_t n,
                size_t which, const struct sheet_window *window, struct picture *picture,
                struct err *e)
{
    enum { WIDTH = VIEW_PLANES * VIEW_PIXELS };
    struct view view[VIEW_PLANES];
    double field_mm;
    *picture = (struct picture){.width = WIDTH, .height = VIEW_PIXELS};
    picture->index = mem_array((size_t)WIDTH * VIEW_PIXELS, 1, e);
    uint8_t *in = mem_array((size_t)EDGE * EDGE, 1, e);
    if (picture->index && in) {
        set_palette(picture);
        sheet_views(&region[which].mask, view, &field_mm);
        for (int p = 0; p < VIEW_PLANES; p++) {
            uint8_t *panel = picture->index + p * VIEW_PIXELS;
            draw_grey(image, &view[p], window, panel, WIDTH);
            for (size_t i = 0; i < n; i++)
                if (i != which)
                    draw_contour(&region[i], &view[p], false, in, panel, WIDTH);
            draw_contour(&region[which], &view[p], true, in, panel, WIDTH);
        }
    }
    bool ok = picture->index && in;
    free(in);
    if (!ok)
        free(picture->index);
    return ok;
}
