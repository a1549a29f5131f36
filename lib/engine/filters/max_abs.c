/* The maximum of |x| over the whole image, which the point filters scale by. */
#include "engine/filters/bank.h"

#include <math.h>

enum { CHUNK = 4096 };

/* Larger of m and max |v[i]|; NaN once a value is NaN. */
static double chunk_max(const double *v, int64_t n, double m)
{
    double lane[8] = {0};
    int64_t i = 0;
    bool nan = false;
    for (; i + 8 <= n; i += 8)
        for (int l = 0; l < 8; l++) {
            double a = fabs(v[i + l]);
            nan |= a != a;
            lane[l] = a > lane[l] ? a : lane[l];
        }
    for (; i < n; i++) {
        double a = fabs(v[i]);
        nan |= a != a;
        lane[0] = a > lane[0] ? a : lane[0];
    }
    for (int l = 0; l < 8; l++)
        m = lane[l] > m ? lane[l] : m;
    return nan ? NAN : m;
}

/* Voxels are read in runs along the whole volume, seen as one line. */
static double image_max_abs(const struct volume *image)
{
    struct volume line = *image;
    int64_t total = grid_voxels(&image->grid);
    line.grid.size[0] = total;
    line.grid.size[1] = line.grid.size[2] = 1;
    double chunk[CHUNK], m = 0;
    for (int64_t at = 0; at < total && m == m; at += CHUNK) {
        int64_t n = total - at < CHUNK ? total - at : CHUNK;
        volume_read_box(&line, &(struct box){{at, 0, 0}, {n, 1, 1}}, chunk);
        m = chunk_max(chunk, n, m);
    }
    return m;
}

double filter_max_abs(const struct filter_input *in)
{
    const struct roi_view *v = in->view;
    if (*in->max_abs < 0)
        *in->max_abs =
            v->has_stats ? fmax(fabs(v->minimum), fabs(v->maximum)) : image_max_abs(&v->image);
    return *in->max_abs;
}
