#include "engine/responses/separable_plane.h"

#include "base/mem.h"
#include "base/simd.h"

#include <stdlib.h>

int64_t separable_plane_voxels(const struct separable_plane *p)
{
    return p->wanted.size[0] * p->wanted.size[1];
}

static int place_x(struct separable_plane *p, int kernel)
{
    for (int i = 0; i < p->n_x; i++)
        if (p->x[i] == kernel)
            return i;
    p->x[p->n_x] = kernel;
    return p->n_x++;
}

static void plan_terms(struct separable_plane *p)
{
    for (int t = 0; t < p->filter->n_terms; t++) {
        const int *kernel = p->filter->term[t].kernel[0];
        int x = place_x(p, kernel[0]), i = 0;
        while (i < p->n_pairs && (p->pair[i].x != x || p->pair[i].y != kernel[1]))
            i++;
        p->pair[i].x = x;
        p->pair[i].y = kernel[1];
        p->n_pairs = i < p->n_pairs ? p->n_pairs : i + 1;
        p->pair_of[t] = i;
    }
}

static bool map_axis(struct separable_plane *p, int axis, struct border_line *l, struct err *e)
{
    return border_line_open(l, &p->border, axis, p->wanted.lo[axis] - p->beyond,
                            p->wanted.size[axis] + 2 * p->beyond, e);
}

static bool place_taps(struct separable_plane *p, struct err *e)
{
    int64_t most = 0;
    for (int i = 0; i < p->n_x; i++)
        most += p->filter->kernel[p->x[i]].n;
    p->inside = p->x_line.first == 0 && p->x_line.end == p->x_line.n;
    const double *line = p->inside ? p->plane + p->x_line.at[0] - p->reach.lo[0] : p->line;
    p->tap = mem_array((size_t)most, sizeof *p->tap, e);
    struct tap *tap = p->tap;
    for (int i = 0; tap && i < p->n_x; i++) {
        const struct kernel *k = &p->filter->kernel[p->x[i]];
        const struct tap *first = tap;
        for (int t = 0; t < k->n; t++)
            if (k->weight[t] != 0)
                *tap++ = (struct tap){line + p->beyond + k->centre - t, k->weight[t]};
        p->n_taps[i] = (int)(tap - first);
    }
    return p->tap != NULL;
}

bool separable_plane_open(struct separable_plane *p, const struct separable *filter,
                          const struct source *source, const struct box *wanted, struct err *e)
{
    *p = (struct separable_plane){.filter = filter,
                                  .source = source,
                                  .border = source_border(source),
                                  .finite = true,
                                  .wanted = *wanted};
    int64_t width = wanted->size[0], height = wanted->size[1];
    p->reach = separable_reach(filter, &p->border, source->dims, wanted);
    p->beyond = separable_beyond(filter, 0, source->dims);
    plan_terms(p);
    p->line = mem_array((size_t)(width + 2 * p->beyond), sizeof *p->line, e);
    p->plane = mem_big_unset((size_t)(p->reach.size[0] * p->reach.size[1]), sizeof *p->plane, e);
    p->along = mem_big_unset((size_t)(p->n_x * width * p->reach.size[1]), sizeof *p->along, e);
    p->read = mem_array((size_t)(height + KERNEL_MAX), sizeof *p->read, e);
    bool zeros = p->border.rule == BORDER_ZERO;
    p->zeros = zeros ? mem_big((size_t)(width * height), sizeof *p->zeros, e) : NULL;
    return p->line && p->plane && p->along && p->read && (!zeros || p->zeros) &&
           map_axis(p, 0, &p->x_line, e) && map_axis(p, 1, &p->y_line, e) && place_taps(p, e);
}

void separable_plane_close(struct separable_plane *p)
{
    border_line_close(&p->x_line);
    border_line_close(&p->y_line);
    free(p->line);
    free(p->tap);
    free((void *)p->read);
    mem_big_free(p->plane);
    mem_big_free(p->along);
    mem_big_free(p->zeros);
}

static void filter_along(struct separable_plane *p)
{
    int64_t width = p->wanted.size[0], height = p->reach.size[1];
    for (int64_t y = 0; y < height; y++) {
        const struct tap *tap = p->tap;
        int64_t at = y * p->reach.size[0];
        if (!p->inside)
            border_line_read(&p->x_line, p->plane + at - p->reach.lo[0], p->line);
        for (int i = 0; i < p->n_x; tap += p->n_taps[i++])
            convolve_lines(tap, p->n_taps[i], p->inside ? at : 0, width,
                           p->along + (i * height + y) * width);
    }
}

static void filter_across(const struct separable_plane *p, int pair, double *out)
{
    int64_t width = p->wanted.size[0], height = p->wanted.size[1];
    const double *from = p->along + (p->pair[pair].x * p->reach.size[1] - p->reach.lo[1]) * width;
    const struct kernel *k = &p->filter->kernel[p->pair[pair].y];
    for (int64_t q = 0; q < height + k->n - 1; q++) {
        int64_t at = p->y_line.at[p->beyond + q - kernel_before(k)];
        p->read[q] = at < 0 ? p->zeros : from + at * width;
    }
    convolve_across(k, p->finite, p->read, height, width, out, width);
}

SIMD_CLONES
static bool all_finite(const double *value, int64_t n)
{
    double none[SIMD_LANES] = {0};
    for (int64_t i = 0; i + SIMD_LANES <= n; i += SIMD_LANES)
        for (int l = 0; l < SIMD_LANES; l++)
            none[l] += 0 * value[i + l];
    for (int64_t i = n - n % SIMD_LANES; i < n; i++)
        none[0] += 0 * value[i];
    for (int l = 1; l < SIMD_LANES; l++)
        none[0] += none[l];
    return none[0] == 0; /* 0 times what is not finite is not a number */
}

void separable_plane_filter(struct separable_plane *p, int64_t z, double *out)
{
    struct box box = p->reach;
    box.lo[2] = z;
    box.size[2] = 1;
    volume_read_box(p->source->image, &box, p->plane);
    p->finite = p->finite && all_finite(p->plane, box_voxels(&box));
    filter_along(p);
    for (int i = 0; i < p->n_pairs; i++)
        filter_across(p, i, out + i * separable_plane_voxels(p));
}
