/* Maximal correlation of small matrices: against all eigenvalues by Jacobi's rotations. */
#include "../engine_matrices/naive.h"

#include "engine/features/mcc_queue.h"
#include "engine/features/mcc_small.h"
#include "engine/features/symmetric_lanes.h"

#include <math.h>

enum { MOST = SYMMETRIC_MOST };

struct square {
    int n;
    double a[MOST][MOST];
};

static void rotate(struct square *s, int p, int q)
{
    if (s->a[p][q] == 0)
        return;
    double theta = (s->a[q][q] - s->a[p][p]) / (2 * s->a[p][q]);
    double t = copysign(1, theta) / (fabs(theta) + sqrt(theta * theta + 1));
    double c = 1 / sqrt(t * t + 1), w = t * c;
    for (int k = 0; k < s->n; k++) {
        double x = s->a[k][p], y = s->a[k][q];
        s->a[k][p] = c * x - w * y;
        s->a[k][q] = w * x + c * y;
    }
    for (int k = 0; k < s->n; k++) {
        double x = s->a[p][k], y = s->a[q][k];
        s->a[p][k] = c * x - w * y;
        s->a[q][k] = w * x + c * y;
    }
}

static int descending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/* |eigenvalues| from the largest on. */
static void magnitudes(struct square *s, double *out)
{
    for (int sweep = 0; sweep < 60; sweep++)
        for (int p = 0; p < s->n; p++)
            for (int q = p + 1; q < s->n; q++)
                rotate(s, p, q);
    for (int k = 0; k < s->n; k++)
        out[k] = fabs(s->a[k][k]);
    qsort(out, (size_t)s->n, sizeof *out, descending);
}

static double second_magnitude(const struct cells *m, int32_t codes)
{
    struct square s = {0};
    double row[MOST] = {0}, out[MOST];
    int at[MOST];
    for (int64_t k = 0; k < m->n; k++)
        row[m->cell[k].row] += m->cell[k].value;
    for (int32_t k = 1; k <= codes; k++)
        at[k] = row[k] > 0 ? s.n++ : -1;
    if (s.n < 2)
        return 0;
    for (int64_t k = 0; k < m->n; k++) {
        const struct cell *c = &m->cell[k];
        s.a[at[c->row]][at[c->col]] = c->value / sqrt(row[c->row] * row[c->col]);
    }
    magnitudes(&s, out);
    assert_true(fabs(out[0] - 1) < 1e-12);
    return out[1];
}

static void compare(const struct codes *c, const struct directions *d)
{
    struct glcm_small g;
    struct cells m = {0};
    struct err e;
    assert_true(glcm_small_fits(c, d));
    assert_true(glcm_small_open(&g, c, d, true, &e));
    double *value = calloc((size_t)d->n, sizeof *value);
    assert_non_null(value);
    assert_true(mcc_small(&g, value, &e));
    for (int i = 0; i < d->n; i++) {
        assert_true(glcm_small_matrix(&g, i, &m, &e));
        assert_true(fabs(value[i] - second_magnitude(&m, c->n)) < 1e-12);
    }
    free(value);
    cells_free(&m);
    glcm_small_close(&g);
}

/* Kernels of 2^3 to 7^3 voxels, ragged, with 3 to 60 levels: parts, sides and everything between.
 */
static void equals_all_eigenvalues(void **state)
{
    (void)state;
    static const int32_t levels[] = {3, 4, 6, 9, 14, 25, 60};
    static const double distance[] = {1, 2};
    for (int round = 0; round < 140; round++) {
        struct naive v = naive_create(7, levels[round % 7]);
        struct directions d;
        struct err e;
        if (directions_create(v.tight.size, distance, 1 + round % 2, -1, DIRECTIONS_HALF, &d, &e)) {
            struct codes c = naive_codes(&v, &d, CODES_DENSE);
            if (c.n >= 3)
                compare(&c, &d);
            codes_free(&c);
            directions_free(&d);
        }
        naive_free(&v);
    }
}

/* Matrices of any size side by side, multiple and opposite eigenvalues among them. */
static void finds_the_radius_in_every_lane(void **state)
{
    (void)state;
    static symmetric_element a[MOST * (MOST + 1) / 2] __attribute__((aligned(64)));
    for (int n = 1; n <= MOST; n += n < 12 ? 1 : 13) {
        struct square s[SYMMETRIC_LANES];
        double radius[SYMMETRIC_LANES], all[MOST];
        memset(a, 0, sizeof a);
        memset(s, 0, sizeof s);
        for (int l = 0; l < SYMMETRIC_LANES; l++) {
            s[l].n = l == 0 ? n : 1 + (int)naive_random(n);
            for (int i = 0; i < s[l].n; i++)
                for (int j = 0; j <= i; j++) {
                    double x = ((double)naive_random(2001) - 1000) / 1000 / n;
                    if (l == 1)
                        x = i == j ? 0.5 : 0; /* one eigenvalue as often as there are rows */
                    if (l == 2)
                        x = i - j == 1 && i % 2 ? 0.25 : 0; /* pairs of opposite ones */
                    if (l == 3)
                        x = 0;
                    s[l].a[i][j] = s[l].a[j][i] = x;
                    a[i * (i + 1) / 2 + j][l] = x;
                }
        }
        symmetric_radius(a, n, radius);
        for (int l = 0; l < SYMMETRIC_LANES; l++) {
            magnitudes(&s[l], all);
            assert_true(fabs(radius[l] - all[0]) < 2e-13);
        }
    }
}

/* Chains of levels, some of them their own partners. */
static void draw_pairs(struct mcc_pairs *p)
{
    int levels = 3 + (int)naive_random(12);
    p->n = p->n_apart = 0;
    p->levels = 0;
    memset(p->row, 0, sizeof p->row);
    for (int k = 0; k < 2 * levels; k++, p->n++) {
        int i = 1 + k % levels,
            j = k < levels ? 1 + (k + 1) % levels : 1 + (int)naive_random(levels);
        p->i[p->n] = (uint8_t)(i < j ? i : j);
        p->j[p->n] = (uint8_t)(i < j ? j : i);
        p->n_apart += i != j;
        p->row[i]++;
        p->row[j]++;
        p->levels |= (uint64_t)1 << i | (uint64_t)1 << j;
    }
}

/* The same bits, whichever matrices are solved together. */
static void depends_on_no_other_matrix(void **state)
{
    (void)state;
    enum { N = 200 };
    static struct mcc_pairs pairs[N];
    static double alone[N], together[N];
    struct mcc_queue *q = mcc_queue_open(NULL);
    assert_non_null(q);
    int below_one = 0;
    for (int k = 0; k < N; k++) {
        draw_pairs(&pairs[k]);
        mcc_queue_add(q, &pairs[k], &alone[k]);
        mcc_queue_flush(q);
        below_one += alone[k] < 1;
    }
    assert_true(below_one > N / 2);
    for (int k = N - 1; k >= 0; k--)
        mcc_queue_add(q, &pairs[k], &together[k]);
    mcc_queue_flush(q);
    mcc_queue_close(q);
    assert_memory_equal(alone, together, sizeof alone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_all_eigenvalues),
        cmocka_unit_test(finds_the_radius_in_every_lane),
        cmocka_unit_test(depends_on_no_other_matrix),
    };
    return cmocka_run_group_tests_name("mcc_small", tests, NULL, NULL);
}
