#include "engine/preprocess/index_map.h"

#include "engine/preprocess/inverse.h"

#include <math.h>
#include <string.h>

bool frame_create(struct frame *f, const struct grid *g, struct err *e)
{
    memcpy(f->origin_mm, g->origin_mm, sizeof f->origin_mm);
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++)
            f->to_patient[r][c] = g->direction[3 * r + c] * g->spacing_mm[c];
    memset(f->to_index, 0, sizeof f->to_index);
    f->to_index[2][2] = 1; /* stays for flat images */
    if (!inverse_by_svd(f->to_patient, g->dims, f->to_index))
        return err_set(e, ERR_REFUSED, "the axes of the image are not independent");
    return true;
}

void frame_to_patient(const struct frame *f, const double index[3], double point_mm[3])
{
    for (int r = 0; r < 3; r++) {
        point_mm[r] = f->origin_mm[r];
        for (int c = 0; c < 3; c++)
            point_mm[r] += f->to_patient[r][c] * index[c];
    }
}

void frame_to_index(const struct frame *f, const double point_mm[3], double index[3])
{
    double from_origin[3];
    for (int c = 0; c < 3; c++)
        from_origin[c] = point_mm[c] - f->origin_mm[c];
    for (int r = 0; r < 3; r++) {
        index[r] = 0;
        for (int c = 0; c < 3; c++)
            index[r] += f->to_index[r][c] * from_origin[c];
    }
}

bool index_map_create(struct index_map *m, const struct grid *from, const struct grid *to,
                      struct err *e)
{
    m->line = from->size[0];
    return frame_create(&m->from, from, e) && frame_create(&m->to, to, e);
}

struct line_map index_map_line(const struct index_map *m, int64_t j, int64_t k)
{
    struct line_map l = {.n = (double)m->line};
    double voxel[3] = {0, (double)j, (double)k}, point[3], end[3];
    frame_to_patient(&m->from, voxel, point);
    frame_to_index(&m->to, point, l.first);
    voxel[0] = l.n;
    frame_to_patient(&m->from, voxel, point);
    frame_to_index(&m->to, point, end);
    for (int axis = 0; axis < 3; axis++)
        l.step[axis] = end[axis] - l.first[axis];
    return l;
}

struct box index_map_box(const struct grid *from, const struct box *b, const struct grid *to)
{
    double lo[3] = {INFINITY, INFINITY, INFINITY}, hi[3] = {-INFINITY, -INFINITY, -INFINITY};
    for (int corner = 0; corner < 8; corner++) {
        double at[3], point[3], index[3];
        for (int axis = 0; axis < 3; axis++)
            at[axis] = (double)(b->lo[axis] + (corner >> axis & 1 ? b->size[axis] : 0)) - 0.5;
        grid_to_patient(from, at, point);
        if (!grid_to_index(to, point, index))
            continue;
        for (int axis = 0; axis < 3; axis++) {
            lo[axis] = fmin(lo[axis], index[axis]);
            hi[axis] = fmax(hi[axis], index[axis]);
        }
    }
    struct box out = {{0, 0, 0}, {0, 0, 0}};
    for (int axis = 0; axis < 3; axis++) {
        double first = fmax(floor(lo[axis]) - 1, 0);
        double last = fmin(ceil(hi[axis]) + 1, (double)to->size[axis] - 1);
        if (!(first <= last))
            return (struct box){{0, 0, 0}, {0, 0, 0}};
        out.lo[axis] = (int64_t)first;
        out.size[axis] = (int64_t)(last - first) + 1;
    }
    return out;
}
