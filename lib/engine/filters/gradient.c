/* Gradient (specification 5.5): magnitude of the central differences in double, edge voxels
 * replicated, rounded to float32. The sums run in ITK's order, so the bits are ITK's. */
#include "engine/filters/gradient.h"
#include "base/mem.h"
#include "base/simd.h"
#include "engine/filters/single.h"

#include <math.h>

/* Three planes of the box, each with a border of one voxel, as a ring over z. */
struct ring {
    const struct filter_input *in;
    int64_t width, height; /* of a plane with its border */
    double *plane[3];
};

static int64_t clamped(int64_t i, int64_t n)
{
    return i < 0 ? 0 : i >= n ? n - 1 : i;
}

/* Plane z of the image (cut at the image) around the box. */
static void load_plane(const struct ring *r, int64_t z, double *out)
{
    const struct volume *image = &r->in->view->image;
    const struct box *b = &r->in->box;
    const int64_t *n = image->grid.size;
    int64_t first = clamped(b->lo[0] - 1, n[0]), last = clamped(b->lo[0] + b->size[0], n[0]);
    int64_t skip = first - (b->lo[0] - 1);
    for (int64_t j = 0; j < r->height; j++) {
        double *row = out + j * r->width;
        struct box line = {{first, clamped(b->lo[1] - 1 + j, n[1]), clamped(z, n[2])},
                           {last - first + 1, 1, 1}};
        volume_read_box(image, &line, row + skip);
        row[0] = row[skip];
        row[r->width - 1] = row[skip + last - first];
    }
}

/* One row of magnitudes; below, row and above are the rows at z - 1, z, z + 1. */
SIMD_CLONES_512
static void gradient_row(const double *below, const double *row, const double *above, int64_t width,
                         int64_t n, const double weight[3], double *out)
{
    double wx = weight[0], wy = weight[1], wz = weight[2];
    for (int64_t i = 0; i < n; i++) {
        double gx = wx * row[i + 1] - wx * row[i - 1];
        double gy = wy * row[i + width] - wy * row[i - width];
        double gz = wz * above[i] - wz * below[i];
        out[i] = (double)(float)sqrt(gx * gx + gy * gy + gz * gz);
    }
}

static void gradient_box(struct ring *r, const double weight[3], double *value)
{
    const struct box *b = &r->in->box;
    load_plane(r, b->lo[2] - 1, r->plane[0]);
    load_plane(r, b->lo[2], r->plane[1]);
    for (int64_t k = 0; k < b->size[2]; k++) {
        double *below = r->plane[k % 3], *here = r->plane[(k + 1) % 3];
        double *above = r->plane[(k + 2) % 3];
        load_plane(r, b->lo[2] + k + 1, above);
        for (int64_t j = 0; j < b->size[1]; j++, value += b->size[0]) {
            int64_t at = (j + 1) * r->width + 1;
            gradient_row(below + at, here + at, above + at, r->width, b->size[0], weight, value);
        }
    }
}

static bool gradient(const struct filter_input *in, struct response *out, double *value,
                     struct err *e)
{
    const struct gradient_settings *own = in->settings.own;
    struct ring r = {in, in->box.size[0] + 2, in->box.size[1] + 2, {NULL}};
    size_t plane = (size_t)(r.width * r.height);
    double *store = mem_big(3 * plane, sizeof *store, e);
    if (!store)
        return false;
    double weight[3];
    for (int a = 0; a < 3; a++) {
        r.plane[a] = store + (size_t)a * plane;
        weight[a] = own->use_spacing ? 0.5 / in->view->image.grid.spacing_mm[a] : 0.5;
    }
    out->type = PIXEL_F32;
    gradient_box(&r, weight, value);
    mem_big_free(store);
    return true;
}

static void one_voxel(const struct grid *g, const struct filter_settings *s, int64_t voxels[3])
{
    (void)g, (void)s;
    voxels[0] = voxels[1] = voxels[2] = 1;
}

static const struct gradient_settings defaults = {.use_spacing = true};
static const struct key keys[] = {
    {"gradientUseSpacing", KEY_BOOL, offsetof(struct gradient_settings, use_spacing), NO_FLAG,
     .fallback = "True", .summary = "differences per mm instead of per voxel"},
    {0},
};

FILTER_SINGLE(filter_gradient, "gradient", gradient)

const struct filter filter_gradient = {.name = "Gradient",
                                       .summary = "magnitude of the gradient",
                                       .halo = one_voxel,
                                       .settings_bytes = sizeof defaults,
                                       .defaults = &defaults,
                                       .keys = keys,
                                       FILTER_SINGLE_ROW(filter_gradient)};
