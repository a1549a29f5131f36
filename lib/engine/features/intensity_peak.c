#include "engine/features/intensity_peak.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

/* The sphere as lines along x: at (dy, dz) it reaches `half` voxels to both sides. */
struct chord {
    int64_t dy, dz, half;
};

struct work {
    const int64_t *size;
    const double *before; /* [z][y][x], x = 0..size[0]: sum of the line's values before x */
    struct chord *chord;
    int64_t n_chords;
};

static int64_t reach(double radius_mm, double spacing_mm)
{
    return (int64_t)floor(radius_mm / spacing_mm + 1e-9);
}

static bool make_chords(const double mm[3], struct work *w, struct err *e)
{
    const double r = INTENSITY_PEAK_RADIUS_MM;
    int64_t ry = reach(r, mm[1]), rz = reach(r, mm[2]);
    w->chord = mem_array((size_t)((2 * ry + 1) * (2 * rz + 1)), sizeof *w->chord, e);
    for (int64_t dz = -rz; w->chord && dz <= rz; dz++)
        for (int64_t dy = -ry; dy <= ry; dy++) {
            double y = (double)dy * mm[1], z = (double)dz * mm[2], left = r * r - y * y - z * z;
            if (left >= 0)
                w->chord[w->n_chords++] = (struct chord){dy, dz, reach(sqrt(left), mm[0])};
        }
    return w->chord != NULL;
}

static double *sums_before(const double *value, const int64_t size[3], struct err *e)
{
    double *before = mem_big((size_t)((size[0] + 1) * size[1] * size[2]), sizeof *before, e);
    for (int64_t line = 0; before && line < size[1] * size[2]; line++) {
        double *sum = before + line * (size[0] + 1);
        for (int64_t x = 0; x < size[0]; x++)
            sum[x + 1] = sum[x] + value[line * size[0] + x];
    }
    return before;
}

static double mean_around(const struct work *w, int64_t x, int64_t y, int64_t z)
{
    double sum = 0;
    int64_t n = 0;
    for (int64_t i = 0; i < w->n_chords; i++) {
        const struct chord *c = &w->chord[i];
        int64_t at_y = y + c->dy, at_z = z + c->dz;
        if (at_y < 0 || at_y >= w->size[1] || at_z < 0 || at_z >= w->size[2])
            continue;
        int64_t lo = x - c->half < 0 ? 0 : x - c->half;
        int64_t hi = x + c->half >= w->size[0] ? w->size[0] : x + c->half + 1;
        const double *before = w->before + (at_z * w->size[1] + at_y) * (w->size[0] + 1);
        sum += before[hi] - before[lo];
        n += hi - lo;
    }
    return sum / (double)n;
}

static double brightest(const double *value, const uint8_t *mask, int64_t n)
{
    double most = -INFINITY;
    for (int64_t i = 0; i < n; i++)
        if (mask[i] && value[i] > most)
            most = value[i];
    return most;
}

static struct intensity_peaks search(const struct work *w, const double *value, const uint8_t *mask)
{
    const int64_t *s = w->size;
    struct intensity_peaks best = {-INFINITY, -INFINITY};
    double most = brightest(value, mask, s[0] * s[1] * s[2]);
    for (int64_t i = 0; i < s[0] * s[1] * s[2]; i++) {
        if (!mask[i])
            continue;
        double mean = mean_around(w, i % s[0], i / s[0] % s[1], i / s[0] / s[1]);
        best.global = fmax(best.global, mean);
        if (value[i] == most)
            best.local = fmax(best.local, mean);
    }
    return best;
}

bool intensity_peaks_find(const double *value, const uint8_t *mask, const int64_t size[3],
                          const double spacing_mm[3], struct intensity_peaks *out, struct err *e)
{
    struct work w = {.size = size};
    double *before = sums_before(value, size, e);
    w.before = before;
    bool good = before && make_chords(spacing_mm, &w, e);
    if (good)
        *out = search(&w, value, mask);
    mem_big_free(before);
    free(w.chord);
    return good;
}
