#include "engine/filters/icosphere.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CORNERS = 12, FACES = 20 };

struct mesh {
    double (*point)[3];
    int64_t points;
    int64_t (*face)[3];
    int64_t faces;
};

/* One side of a face. */
struct side {
    int64_t small, large; /* end points */
    int64_t face;
    int number;
};

static void place_corners(double (*p)[3])
{
    double phi = (1 + sqrt(5)) / 2, norm = sqrt(1 + phi * phi);
    for (int i = 0; i < CORNERS; i++) {
        int axis = i / 4;
        memset(p[i], 0, sizeof p[i]);
        p[i][axis] = (i % 2 ? 1 : -1) / norm;
        p[i][(axis + 1) % 3] = (i % 4 < 2 ? phi : -phi) / norm;
    }
}

/* Neighbouring corners of the icosahedron have the scalar product 1 / sqrt(5). */
static bool adjacent(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] > 0.4;
}

static void find_faces(struct mesh *m)
{
    const double(*p)[3] = (const double(*)[3])m->point;
    m->faces = 0;
    for (int64_t i = 0; i < CORNERS; i++)
        for (int64_t j = i + 1; j < CORNERS; j++)
            for (int64_t k = j + 1; adjacent(p[i], p[j]) && k < CORNERS; k++)
                if (adjacent(p[i], p[k]) && adjacent(p[j], p[k]))
                    memcpy(m->face[m->faces++], (int64_t[3]){i, j, k}, sizeof *m->face);
}

static void project(struct mesh *m, double radius)
{
    for (int64_t i = 0; i < m->points; i++) {
        double *p = m->point[i];
        double norm = sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
        for (int a = 0; a < 3; a++)
            p[a] += p[a] / norm * (radius - norm);
    }
}

static int by_ends(const void *left, const void *right)
{
    const struct side *a = left, *b = right;
    if (a->large != b->large)
        return a->large < b->large ? -1 : 1;
    return a->small < b->small ? -1 : a->small > b->small;
}

/* Adds the midpoints of all edges; middle[f] are the three of face f. */
static void add_midpoints(struct mesh *m, struct side *side, int64_t (*middle)[3])
{
    int64_t n = 3 * m->faces;
    for (int64_t i = 0; i < n; i++) {
        int64_t a = m->face[i / 3][i % 3], b = m->face[i / 3][(i + 1) % 3];
        side[i] = (struct side){a < b ? a : b, a < b ? b : a, i / 3, (int)(i % 3)};
    }
    qsort(side, (size_t)n, sizeof *side, by_ends);
    for (int64_t i = 0; i < n; i++) {
        if (i == 0 || by_ends(&side[i - 1], &side[i]) != 0) {
            const double *a = m->point[side[i].small], *b = m->point[side[i].large];
            for (int k = 0; k < 3; k++)
                m->point[m->points][k] = (a[k] + b[k]) / 2;
            m->points++;
        }
        middle[side[i].face][side[i].number] = m->points - 1;
    }
}

/* Each face into its three corners and its middle; the room of m->face is four times the faces. */
static void split_faces(struct mesh *m, int64_t (*middle)[3])
{
    for (int64_t f = m->faces - 1; f >= 0; f--) {
        int64_t a = m->face[f][0], b = m->face[f][1], c = m->face[f][2];
        int64_t ab = middle[f][0], bc = middle[f][1], ca = middle[f][2];
        const int64_t parts[4][3] = {{a, ab, ca}, {ab, b, bc}, {ca, bc, c}, {ab, bc, ca}};
        memcpy(m->face[4 * f], parts, sizeof parts);
    }
    m->faces *= 4;
}

static bool subdivide(struct mesh *m, struct err *e)
{
    struct side *side = mem_array((size_t)(3 * m->faces), sizeof *side, e);
    int64_t(*middle)[3] = mem_array((size_t)m->faces, sizeof *middle, e);
    bool ok = side && middle;
    if (ok) {
        add_midpoints(m, side, middle);
        split_faces(m, middle);
    }
    free(side);
    free(middle);
    return ok;
}

bool icosphere_create(int64_t subdivisions, double radius, double (**point)[3], int64_t *n,
                      struct err *e)
{
    if (subdivisions > ICOSPHERE_MAX)
        return err_set(e, ERR_REFUSED, "an icosphere of %lld subdivisions: at most %d are possible",
                       (long long)subdivisions, ICOSPHERE_MAX);
    size_t faces = (size_t)FACES << (2 * subdivisions);
    struct mesh m = {.points = CORNERS};
    m.point = mem_array(faces / 2 + 2, sizeof *m.point, e);
    m.face = mem_array(faces, sizeof *m.face, e);
    bool ok = m.point && m.face;
    if (ok) {
        place_corners(m.point);
        find_faces(&m);
        if (subdivisions == 0)
            project(&m, radius);
    }
    for (int64_t i = 0; ok && i < subdivisions; i++) {
        ok = subdivide(&m, e);
        if (ok)
            project(&m, radius);
    }
    free(m.face);
    if (!ok) {
        free(m.point);
        return false;
    }
    *point = m.point;
    *n = m.points;
    return true;
}
