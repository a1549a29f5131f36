#include "engine/features/convex_hull.h"

#include "base/mem.h"
#include "engine/features/extremes.h"
#include "engine/features/quickhull.h"

#include <math.h>
#include <stdlib.h>

void convex_hull_free(struct convex_hull *h)
{
    free(h->corner);
    free(h->face);
    *h = (struct convex_hull){.corner = NULL};
}

/* The outermost vertices of the lines of one direction: no other can be a corner. */
static int64_t line_ends(const struct extents *x, int along, struct hull_point *out)
{
    int64_t n = 0;
    for (int64_t z = 0; z < x->lines[1]; z++)
        for (int64_t across = 0; across < x->lines[0]; across++) {
            const struct extent *line = &x->line[z * x->lines[0] + across];
            if (line->lo > line->hi)
                continue;
            for (int end = 0; end < (line->lo < line->hi ? 2 : 1); end++) {
                struct hull_point p = {{0, 0, (int32_t)z - 1}};
                p.at[along] = end ? line->hi : line->lo;
                p.at[1 - along] = (int32_t)across - 1;
                if (out)
                    out[n] = p;
                n++;
            }
        }
    return n;
}

bool convex_hull_of_mask(const uint8_t *mask, const int64_t size[3], struct convex_hull *out,
                         struct err *e)
{
    struct extents x;
    if (!extents_along_x(mask, size, &x, e))
        return false;
    int64_t n = line_ends(&x, 0, NULL);
    struct hull_point *point = mem_array((size_t)n, sizeof *point, e);
    if (point)
        line_ends(&x, 0, point);
    mem_big_free(x.line);
    bool good = point && convex_hull_of_points(point, n, out, e);
    free(point);
    return good;
}

/* Corner numbers in place of point numbers. */
static bool keep_corners(const struct hull_point *point, int64_t n, struct convex_hull *h,
                         struct err *e)
{
    int32_t *number = mem_array((size_t)n, sizeof *number, e);
    h->corner = mem_array((size_t)(n < 3 * h->n_faces ? n : 3 * h->n_faces), sizeof *h->corner, e);
    if (!number || !h->corner) {
        free(number);
        return false;
    }
    for (int64_t f = 0; f < h->n_faces; f++)
        for (int i = 0; i < 3; i++) {
            int32_t p = h->face[f][i];
            if (!number[p]) {
                h->corner[h->n_corners++] = point[p];
                number[p] = (int32_t)h->n_corners;
            }
            h->face[f][i] = number[p] - 1;
        }
    free(number);
    return true;
}

bool convex_hull_of_points(const struct hull_point *point, int64_t n, struct convex_hull *out,
                           struct err *e)
{
    *out = (struct convex_hull){.corner = NULL};
    if (!quickhull(point, n, &out->face, &out->n_faces, e))
        return false;
    if (keep_corners(point, n, out, e))
        return true;
    convex_hull_free(out);
    return false;
}

struct edges {
    double a[3], b[3]; /* of a face, mm: from its first corner to the others */
    double origin[3];
};

static struct edges face_edges(const struct convex_hull *h, int64_t face, const double mm[3])
{
    struct edges s;
    const struct hull_point *p = &h->corner[h->face[face][0]], *q = &h->corner[h->face[face][1]],
                            *r = &h->corner[h->face[face][2]];
    for (int a = 0; a < 3; a++) {
        s.origin[a] = 0.5 * mm[a] * p->at[a];
        s.a[a] = 0.5 * mm[a] * (q->at[a] - p->at[a]);
        s.b[a] = 0.5 * mm[a] * (r->at[a] - p->at[a]);
    }
    return s;
}

static void cross(const struct edges *s, double out[3])
{
    out[0] = s->a[1] * s->b[2] - s->a[2] * s->b[1];
    out[1] = s->a[2] * s->b[0] - s->a[0] * s->b[2];
    out[2] = s->a[0] * s->b[1] - s->a[1] * s->b[0];
}

double convex_hull_volume_mm3(const struct convex_hull *h, const double spacing_mm[3])
{
    double sum = 0;
    for (int64_t f = 0; f < h->n_faces; f++) {
        double normal[3];
        struct edges s = face_edges(h, f, spacing_mm);
        cross(&s, normal);
        sum += normal[0] * s.origin[0] + normal[1] * s.origin[1] + normal[2] * s.origin[2];
    }
    return sum / 6;
}

double convex_hull_area_mm2(const struct convex_hull *h, const double spacing_mm[3])
{
    double sum = 0;
    for (int64_t f = 0; f < h->n_faces; f++) {
        double n[3];
        struct edges s = face_edges(h, f, spacing_mm);
        cross(&s, n);
        sum += sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    }
    return sum / 2;
}
