#include "engine/preprocess/centred.h"

#include <math.h>

/* The number of new voxels along an axis: rounding noise must not add one. */
static int64_t new_size(int64_t size, double ratio)
{
    double exact = (double)size / ratio;
    double nearest = nearbyint(exact);
    return (int64_t)(fabs(exact - nearest) <= 1e-9 * exact ? nearest : ceil(exact));
}

static void move_origin(struct centred *c)
{
    double first[3] = {0, 0, 0};
    for (int a = 0; a < 3; a++)
        first[a] = centred_position(c, a, 0);
    grid_to_patient(&c->from, first, c->to.origin_mm);
}

struct centred centred_grid(const struct grid *from, const double spacing_mm[3])
{
    struct centred c = {.from = *from, .to = *from, .ratio = {1, 1, 1}};
    for (int a = 0; a < from->dims; a++) {
        if (spacing_mm[a] <= 0)
            continue;
        c.ratio[a] = spacing_mm[a] / from->spacing_mm[a];
        c.to.spacing_mm[a] = spacing_mm[a];
        c.to.size[a] = new_size(from->size[a], c.ratio[a]);
    }
    move_origin(&c);
    return c;
}

double centred_position(const struct centred *c, int axis, int64_t k)
{
    return 0.5 * (double)(c->from.size[axis] - 1) +
           ((double)k - 0.5 * (double)(c->to.size[axis] - 1)) * c->ratio[axis];
}
