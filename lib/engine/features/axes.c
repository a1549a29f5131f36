#include "engine/features/axes.h"

#include "vol/runs.h"

#include <math.h>

/* Sums over voxel indices. */
struct index_sums {
    int64_t n;
    int64_t first[3];
    int64_t second[3][3]; /* upper triangle */
};

static int64_t sum_of_squares(int64_t last) /* 0^2 + .. + last^2 */
{
    return last * (last + 1) * (2 * last + 1) / 6;
}

static void add_run(struct index_sums *s, int64_t from, int64_t n, int64_t y, int64_t z)
{
    int64_t x = n * (2 * from + n - 1) / 2;
    s->n += n;
    s->first[0] += x;
    s->first[1] += n * y;
    s->first[2] += n * z;
    s->second[0][0] += sum_of_squares(from + n - 1) - sum_of_squares(from - 1);
    s->second[0][1] += x * y;
    s->second[0][2] += x * z;
    s->second[1][1] += n * y * y;
    s->second[1][2] += n * y * z;
    s->second[2][2] += n * z * z;
}

static struct index_sums sum_indices(const uint8_t *mask, const int64_t size[3])
{
    struct index_sums s = {0};
    const uint8_t *row = mask;
    for (int64_t z = 0; z < size[2]; z++) {
        for (int64_t y = 0; y < size[1]; y++, row += size[0]) {
            struct run r;
            for (int64_t at = 0; runs_next(row, size[0], at, &r); at = r.start + r.n)
                add_run(&s, r.start, r.n, y, z);
        }
    }
    return s;
}

static void covariance(const struct index_sums *s, const double mm[3], double c[3][3])
{
    double n = (double)s->n;
    for (int i = 0; i < 3; i++) {
        for (int j = i; j < 3; j++) {
            /* n * sum(ab) - sum(a) * sum(b) cancels: exact before it becomes a double */
            __extension__ typedef __int128 wide;
            wide exact = (wide)s->n * s->second[i][j] - (wide)s->first[i] * s->first[j];
            c[i][j] = c[j][i] = (double)exact / n / n * mm[i] * mm[j];
        }
    }
}

/* One Jacobi rotation that makes c[p][q] zero. */
static void rotate(double c[3][3], int p, int q)
{
    if (c[p][q] == 0)
        return;
    double theta = (c[q][q] - c[p][p]) / (2 * c[p][q]);
    double t = copysign(1, theta) / (fabs(theta) + sqrt(theta * theta + 1));
    double cosine = 1 / sqrt(t * t + 1), sine = t * cosine;
    double off = t * c[p][q];
    c[p][p] -= off;
    c[q][q] += off;
    c[p][q] = c[q][p] = 0;
    int r = 3 - p - q;
    double rp = c[r][p], rq = c[r][q];
    c[r][p] = c[p][r] = cosine * rp - sine * rq;
    c[r][q] = c[q][r] = sine * rp + cosine * rq;
}

static void swap_if_above(double *a, double *b)
{
    double lower = fmin(*a, *b), upper = fmax(*a, *b);
    *a = lower;
    *b = upper;
}

struct axes axes_measure(const uint8_t *mask, const int64_t size[3], const double spacing_mm[3])
{
    enum { SWEEPS = 12 }; /* quadratic convergence: four would do */
    struct index_sums s = sum_indices(mask, size);
    double c[3][3];
    covariance(&s, spacing_mm, c);
    for (int i = 0; i < SWEEPS; i++) {
        rotate(c, 0, 1);
        rotate(c, 0, 2);
        rotate(c, 1, 2);
    }
    struct axes a = {s.n, {c[0][0], c[1][1], c[2][2]}};
    double *l = a.eigenvalue_mm2;
    swap_if_above(&l[0], &l[1]);
    swap_if_above(&l[1], &l[2]);
    swap_if_above(&l[0], &l[1]);
    return a;
}

double axes_root(double eigenvalue_mm2)
{
    static const double round_off = -1e-10;
    if (eigenvalue_mm2 < 0 && eigenvalue_mm2 > round_off)
        return 0;
    return eigenvalue_mm2 < 0 ? NAN : sqrt(eigenvalue_mm2);
}
