#include "engine/features/enclosing.h"

#include "base/mem.h"
#include "engine/signal/symmetric.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Points lifted to (x, y, z, 1), so that an ellipsoid with any centre is one about the origin. */
enum { LIFTED = 4 };
struct lifted {
    int64_t n;
    double (*at)[LIFTED];
    double *weight; /* >= 0, sum 1 */
};

/* The inverse of a symmetric positive matrix by Gauss and Jordan. false: singular. */
static bool invert(double m[LIFTED][LIFTED])
{
    for (int k = 0; k < LIFTED; k++) {
        double pivot = m[k][k];
        if (!(pivot > 0))
            return false;
        m[k][k] = 1;
        for (int j = 0; j < LIFTED; j++)
            m[k][j] /= pivot;
        for (int i = 0; i < LIFTED; i++) {
            double factor = m[i][k];
            if (i == k)
                continue;
            m[i][k] = 0;
            for (int j = 0; j < LIFTED; j++)
                m[i][j] -= factor * m[k][j];
        }
    }
    return true;
}

static void moments(const struct lifted *p, double m[LIFTED][LIFTED])
{
    memset(m, 0, sizeof(double[LIFTED][LIFTED]));
    for (int64_t i = 0; i < p->n; i++)
        for (int a = 0; p->weight[i] > 0 && a < LIFTED; a++)
            for (int b = 0; b < LIFTED; b++)
                m[a][b] += p->weight[i] * p->at[i][a] * p->at[i][b];
}

static double form(const double inverse[LIFTED][LIFTED], const double x[LIFTED])
{
    double sum = 0;
    for (int a = 0; a < LIFTED; a++)
        for (int b = 0; b < LIFTED; b++)
            sum += x[a] * inverse[a][b] * x[b];
    return sum;
}

struct step {
    int64_t far, near; /* the points outermost and, of those with a weight, innermost */
    double farthest, nearest;
};

static struct step find_step(const struct lifted *p, const double inverse[LIFTED][LIFTED])
{
    struct step s = {-1, -1, -INFINITY, INFINITY};
    for (int64_t i = 0; i < p->n; i++) {
        double f = form(inverse, p->at[i]);
        if (f > s.farthest) {
            s.farthest = f;
            s.far = i;
        }
        if (p->weight[i] > 0 && f < s.nearest) {
            s.nearest = f;
            s.near = i;
        }
    }
    return s;
}

/* Moves weight towards the outermost point, or away from the innermost one. */
static void take_step(struct lifted *p, const struct step *s)
{
    bool away = LIFTED - s->nearest > s->farthest - LIFTED;
    int64_t j = away ? s->near : s->far;
    double f = away ? s->nearest : s->farthest;
    double size = (f - LIFTED) / (LIFTED * (f - 1));
    double least = -p->weight[j] / (1 - p->weight[j]);
    if (size < least || !isfinite(size))
        size = least;
    for (int64_t i = 0; i < p->n; i++)
        p->weight[i] *= 1 - size;
    p->weight[j] += size;
    if (p->weight[j] < 0)
        p->weight[j] = 0;
}

static bool converge(struct lifted *p, double m[LIFTED][LIFTED])
{
    enum { MOST_STEPS = 100000 };
    const double near_enough = 1e-8;
    for (int i = 0; i < MOST_STEPS; i++) {
        moments(p, m);
        if (!invert(m))
            return false;
        struct step s = find_step(p, (const double(*)[LIFTED])m);
        if (s.farthest <= LIFTED * (1 + near_enough) && s.nearest >= LIFTED * (1 - near_enough))
            break;
        take_step(p, &s);
    }
    moments(p, m);
    return true;
}

/* Half axes from the weighted moments: the ellipsoid is (x - c)' S^-1 (x - c) <= 3, S = covariance.
 */
static void half_axes(double m[LIFTED][LIFTED], double half_mm[3])
{
    double s[3][3], eigen[3], axis[3][3];
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++)
            s[a][b] = m[a][b] - m[a][3] * m[b][3];
    symmetric_eigen(s, eigen, axis);
    for (int a = 0; a < 3; a++)
        half_mm[a] = sqrt(3 * fmax(eigen[a], 0));
}

static void lift(const struct convex_hull *h, const double spacing_mm[3], struct lifted *p)
{
    double middle[3] = {0, 0, 0};
    for (int64_t i = 0; i < p->n; i++)
        for (int a = 0; a < 3; a++)
            middle[a] += 0.5 * spacing_mm[a] * h->corner[i].at[a] / (double)p->n;
    for (int64_t i = 0; i < p->n; i++) {
        for (int a = 0; a < 3; a++)
            p->at[i][a] = 0.5 * spacing_mm[a] * h->corner[i].at[a] - middle[a];
        p->at[i][3] = 1;
        p->weight[i] = 1.0 / (double)p->n;
    }
}

bool enclosing_ellipsoid(const struct convex_hull *h, const double spacing_mm[3], double half_mm[3],
                         struct err *e)
{
    double m[LIFTED][LIFTED];
    struct lifted p = {.n = h->n_corners};
    p.at = mem_array((size_t)p.n, sizeof *p.at, e);
    p.weight = mem_array((size_t)p.n, sizeof *p.weight, e);
    bool good = p.at && p.weight;
    if (good) {
        lift(h, spacing_mm, &p);
        good = converge(&p, m) ||
               err_set(e, ERR_FAILED, "no enclosing ellipsoid: all points lie in one plane");
    }
    if (good)
        half_axes(m, half_mm);
    free(p.at);
    free(p.weight);
    return good;
}

/* P_n(x) by its recursion. */
static double legendre(int n, double x)
{
    double before = 1, now = x;
    for (int k = 1; k < n; k++) {
        double next = ((2 * k + 1) * x * now - k * before) / (k + 1);
        before = now;
        now = next;
    }
    return n == 0 ? 1 : now;
}

/* The series of IBSI 3.1.24, to its 20th term as asked there. */
struct enclosing ellipsoid_measure(const double half_mm[3])
{
    const double pi = 3.14159265358979323846;
    double a = half_mm[0], b = half_mm[1], c = half_mm[2];
    struct enclosing out = {4.0 / 3.0 * pi * a * b * c, NAN};
    double alpha = a > 0 ? sqrt(fmax(0, 1 - b * b / (a * a))) : 0;
    double beta = a > 0 ? sqrt(fmax(0, 1 - c * c / (a * a))) : 0;
    double sum = 0, power = 1;
    double x = alpha * beta > 0 ? (alpha * alpha + beta * beta) / (2 * alpha * beta) : 1;
    if (alpha * beta == 0) {
        /* alpha = 0: (alpha beta)^n P_n(x) tends to (beta^2)^n * (2n)! / (4^n n!^2) */
        double limit = 1;
        for (int n = 0; n <= 20; n++) {
            sum += limit / (1 - 4.0 * n * n);
            limit *= beta * beta * (2 * n + 1) / (2.0 * (n + 1));
        }
    } else {
        for (int n = 0; n <= 20; n++, power *= alpha * beta)
            sum += power / (1 - 4.0 * n * n) * legendre(n, x);
    }
    out.area_mm2 = 4 * pi * a * b * sum;
    return out;
}
