#include "engine/features/sums_lanes.h"

enum { BLOCK = 128 };

static const int n_sums[] = {[SUMS_POWERS] = 3, [SUMS_CENTRAL] = 4, [SUMS_DEVIATION] = 1};

#define EACH(w) for (int w = 0; w < QUADS; w++)

/* What one place adds. */
SIMD_PART void add(enum sums_kind kind, const struct eight *x, const struct lane_windows *by, int w,
                   quad sum[SUMS_MOST])
{
    const quad_mask magnitude = {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX};
    quad v = x->q[w], one = {1, 1, 1, 1};
    quad_mask in = (v >= by->lo.q[w]) & (v <= by->hi.q[w]);
    if (kind == SUMS_POWERS) {
        quad shifted = v + by->shift;
        sum[0] += QUAD_KEEP(in, one);
        sum[1] += QUAD_KEEP(in, v);
        sum[2] += QUAD_KEEP(in, shifted * shifted);
        return;
    }
    quad d = QUAD_KEEP(in, v - by->mean.q[w]), square = d * d;
    sum[0] += QUAD_KEEP(magnitude, d);
    if (kind == SUMS_CENTRAL) {
        sum[1] += square;
        sum[2] += square * d;
        sum[3] += square * square;
    }
}

/* Eight running sums, their tree, and the rest one by one. */
SIMD_PART void add_block(enum sums_kind kind, const struct eight *x, int n,
                         const struct lane_windows *by, struct eight sum[SUMS_MOST])
{
    EACH(w)
    {
        quad part[SIMD_LANES][SUMS_MOST], all[SUMS_MOST];
        int i = 0;
        for (int lane = 0; lane < SIMD_LANES; lane++) {
            for (int s = 0; s < SUMS_MOST; s++)
                all[s] = (quad){0};
            for (i = lane; i < n - n % SIMD_LANES; i += SIMD_LANES)
                add(kind, x + i, by, w, all);
            for (int s = 0; s < n_sums[kind]; s++)
                part[lane][s] = all[s];
        }
        for (int s = 0; s < n_sums[kind]; s++)
            all[s] = ((part[0][s] + part[1][s]) + (part[2][s] + part[3][s])) +
                     ((part[4][s] + part[5][s]) + (part[6][s] + part[7][s]));
        for (i = n - n % SIMD_LANES; i < n; i++)
            add(kind, x + i, by, w, all);
        for (int s = 0; s < n_sums[kind]; s++)
            sum[s].q[w] = all[s];
    }
}

SIMD_CLONES static void block(enum sums_kind kind, const struct eight *x, int n,
                              const struct lane_windows *by, struct eight sum[SUMS_MOST])
{
    switch (kind) {
    case SUMS_POWERS:
        add_block(SUMS_POWERS, x, n, by, sum);
        return;
    case SUMS_CENTRAL:
        add_block(SUMS_CENTRAL, x, n, by, sum);
        return;
    case SUMS_DEVIATION:
        add_block(SUMS_DEVIATION, x, n, by, sum);
        return;
    }
}

/* NumPy's pairwise order: the first half, cut to a multiple of eight, and the rest. */
void sums_lanes(enum sums_kind kind, const struct eight *x, int n, const struct lane_windows *w,
                struct eight sum[SUMS_MOST])
{
    if (n <= BLOCK) {
        block(kind, x, n, w, sum);
        return;
    }
    int half = n / 2 - n / 2 % SIMD_LANES;
    struct eight rest[SUMS_MOST];
    sums_lanes(kind, x, half, w, sum);
    sums_lanes(kind, x + half, n - half, w, rest);
    for (int s = 0; s < n_sums[kind]; s++)
        EACH(q) sum[s].q[q] += rest[s].q[q];
}
