/* From an NRRD's axes to a grid, in ITK's order of operations. */
#include "io/nrrd_private.h"

#include <math.h>

/* The axes of space, and the axis of components. */
struct chosen {
    int domain[3], n, component;
};

static bool choose_axes(const struct nrrd_header *h, struct chosen *c, struct err *e)
{
    *c = (struct chosen){.component = -1};
    int domains = 0;
    for (int a = 0; a < h->axes; a++) {
        const struct nrrd_axis *axis = &h->axis[a];
        if (axis->kind == NRRD_FOREIGN)
            return err_set(e, ERR_REFUSED, "its voxels are complex numbers, matrices or tensors");
        if (axis->kind == NRRD_COMPONENT && c->component >= 0)
            return err_set(e, ERR_REFUSED, "two of its axes are not spatial");
        if (axis->kind == NRRD_COMPONENT)
            c->component = a;
        else if (domains++ < 3)
            c->domain[c->n++] = a;
    }
    if (domains < 2 || domains > 3)
        return err_set(e, ERR_REFUSED, "it has %d spatial axes, not two or three", domains);
    return h->space_axes == 0 || h->space_axes == domains ||
           err_set(e, ERR_REFUSED, "it has %d axes in a space of %d", domains, h->space_axes);
}

/* Its spacing and its column; what is not given is 1 and straight. */
static void place_axis(const struct nrrd_header *h, const struct nrrd_axis *from, int axis,
                       struct grid *g)
{
    double square = 0;
    g->size[axis] = from->size;
    if (!from->has_vector) {
        g->spacing_mm[axis] = isnan(from->spacing) ? 1 : from->spacing;
        return;
    }
    for (int r = 0; r < g->dims; r++)
        square += from->vector[r] * from->vector[r];
    g->spacing_mm[axis] = sqrt(square);
    for (int r = 0; r < g->dims; r++)
        g->direction[3 * r + axis] =
            from->vector[r] * (1 / g->spacing_mm[axis]) * (r < 2 ? h->sign[r] : 1) + 0.0;
}

/* Without a space: from the borders that `axis mins` gives, or from the samples on them. */
static void place_by_borders(const struct nrrd_header *h, const struct chosen *c, struct grid *g)
{
    for (int i = 0; i < c->n; i++) {
        const struct nrrd_axis *a = &h->axis[c->domain[i]];
        if (isnan(a->min) || (isnan(a->max) && isnan(a->spacing)))
            return;
    }
    for (int i = 0; i < c->n; i++) {
        const struct nrrd_axis *a = &h->axis[c->domain[i]];
        double steps = (double)(a->node ? a->size - 1 : a->size);
        double spacing = isnan(a->max) ? a->spacing : (a->max - a->min) / steps;
        g->origin_mm[i] = a->min + (a->node ? 0 : spacing / 2);
    }
}

/* A space and lengths of axes exclude each other. */
static bool check_space(const struct nrrd_header *h, struct err *e)
{
    for (int a = 0; a < h->axes; a++)
        if (h->space_axes &&
            !(isnan(h->axis[a].spacing) && isnan(h->axis[a].min) && isnan(h->axis[a].max)))
            return err_set(e, ERR_REFUSED, "spacings or axis mins in a space");
    return true;
}

bool nrrd_place(const struct nrrd_header *h, struct grid *g, int *channels, int *at, struct err *e)
{
    struct chosen c;
    if (!choose_axes(h, &c, e) || !check_space(h, e))
        return false;
    *g = grid_unit();
    g->dims = c.n;
    for (int i = 0; i < c.n; i++)
        place_axis(h, &h->axis[c.domain[i]], i, g);
    for (int r = 0; h->has_origin && r < c.n; r++)
        g->origin_mm[r] = h->origin[r] * (r < 2 ? h->sign[r] : 1) + 0.0;
    if (h->space_axes == 0)
        place_by_borders(h, &c, g);
    *at = c.component;
    *channels = c.component >= 0 ? (int)h->axis[c.component].size : 1;
    return grid_settle(g, e);
}

bool nrrd_header_grid(const char *text, struct grid *g, bool *detached, struct err *e)
{
    struct nrrd_header h;
    int channels, at;
    bool ok = nrrd_fields(text, &h, e);
    *detached = ok && h.detached;
    ok = ok && nrrd_place(&h, g, &channels, &at, e);
    voxel_data_free(&h.data);
    return ok;
}
