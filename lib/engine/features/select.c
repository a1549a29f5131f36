#include "engine/features/select.h"

#include "base/mem.h"
#include "base/num.h"
#include "base/simd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    BINS = 2048,
    PIECE = 1024,     /* codes made at a time: making them twice is cheaper than keeping them */
    BLOCK = 64,       /* codes looked at together */
    SORT_UP_TO = 512, /* fewer values than this are sorted */
};

struct bin_scale {
    double lo, factor;
};

#define NAME(f) f##_double
#define ELEMENT double
#define ROW     1
#include "engine/features/merge_exchange.inc"

SIMD_CLONES_512 static void sort_few(double *x, int64_t n)
{
    sort_rows_double(x, n);
}

static bool by_sorting(const double *x, int64_t n, const int64_t *rank, int n_ranks, double *out,
                       struct err *e)
{
    double few[SORT_UP_TO], *sorted = few;
    if (n > SORT_UP_TO && !(sorted = mem_array((size_t)n, sizeof *sorted, e)))
        return false;
    memcpy(sorted, x, (size_t)n * sizeof *x);
    if (sorted == few)
        sort_few(few, n);
    else
        qsort(sorted, (size_t)n, sizeof *sorted, num_ascending);
    for (int i = 0; i < n_ranks; i++)
        out[i] = sorted[rank[i]];
    if (sorted != few)
        free(sorted);
    return true;
}

SIMD_CLONES_512 static void extremes(const double *x, int64_t n, double *lo, double *hi)
{
    quad l[QUADS], h[QUADS];
    for (int q = 0; q < QUADS; q++)
        l[q] = h[q] = (quad){x[0], x[0], x[0], x[0]};
    int64_t i = 0;
    for (; i + SIMD_LANES <= n; i += SIMD_LANES) {
        for (int q = 0; q < QUADS; q++) {
            quad v;
            QUAD_LOAD(v, x + i + QUAD * q);
            l[q] = QUAD_CHOOSE(v < l[q], v, l[q]);
            h[q] = QUAD_CHOOSE(v > h[q], v, h[q]);
        }
    }
    *lo = *hi = x[0];
    for (int j = 0; j < SIMD_LANES; j++) {
        *lo = fmin(*lo, l[j / QUAD][j % QUAD]);
        *hi = fmax(*hi, h[j / QUAD][j % QUAD]);
    }
    for (; i < n; i++) {
        *lo = fmin(*lo, x[i]);
        *hi = fmax(*hi, x[i]);
    }
}

/* Rounding keeps order, so that codes are num_ascending with the values. */
SIMD_CLONES_512 static void encode(const double *x, int64_t n, struct bin_scale s, uint16_t *code)
{
    const quad last = {BINS - 1, BINS - 1, BINS - 1, BINS - 1};
    int64_t i = 0;
    for (; i + SIMD_LANES <= n; i += SIMD_LANES) {
        quad whole[QUADS];
        for (int q = 0; q < QUADS; q++) {
            quad v;
            QUAD_LOAD(v, x + i + QUAD * q);
            v = (v - s.lo) * s.factor;
            v = QUAD_CHOOSE(v < last, v, last);
            whole[q] = v;
        }
        eight_u16 packed = QUADS_TO_U16(whole[0], whole[1]);
        memcpy(code + i, &packed, sizeof packed);
    }
    for (; i < n; i++) {
        double v = (x[i] - s.lo) * s.factor;
        code[i] = (uint16_t)(v < BINS - 1 ? v : BINS - 1);
    }
}

/* Two tables by turns: equal codes in a row would wait for each other's store. */
static void count_codes(const double *x, int64_t n, struct bin_scale scale, int64_t count[BINS])
{
    static const size_t bytes = BINS * sizeof *count;
    int64_t other[BINS];
    uint16_t code[PIECE];
    memset(count, 0, bytes), memset(other, 0, bytes);
    for (int64_t at = 0; at < n; at += PIECE) {
        int64_t piece = n - at < PIECE ? n - at : PIECE, i = 0;
        encode(x + at, piece, scale, code);
        for (; i + 2 <= piece; i += 2)
            count[code[i]]++, other[code[i + 1]]++;
        if (i < piece)
            count[code[i]]++;
    }
    for (int k = 0; k < BINS; k++)
        count[k] += other[k];
}

/* The bins that hold wanted ranks: ranks first[s] .. first[s + 1] - 1 lie among the values of slot
 * s, which are `value[s]`, [count of the bin], in array order. `below` values lie in lower bins. */
struct slots {
    int n;
    uint8_t of_bin[BINS]; /* slot + 1, 0: not wanted */
    int first[SELECT_MAX_RANKS + 1];
    int64_t below[SELECT_MAX_RANKS], size[SELECT_MAX_RANKS];
    double *value[SELECT_MAX_RANKS];
};

static bool slots_open(struct slots *s, const int64_t count[BINS], const int64_t *rank, int n_ranks,
                       struct err *e)
{
    *s = (struct slots){0};
    int64_t below = 0;
    int done = 0;
    for (int bin = 0; done < n_ranks; below += count[bin++]) {
        if (rank[done] >= below + count[bin])
            continue;
        s->first[s->n] = done;
        s->below[s->n] = below;
        s->size[s->n] = count[bin];
        s->value[s->n] = mem_array((size_t)count[bin], sizeof(double), e);
        if (!s->value[s->n])
            return false;
        s->of_bin[bin] = (uint8_t)++s->n;
        while (done < n_ranks && rank[done] < below + count[bin])
            done++;
    }
    s->first[s->n] = n_ranks;
    return true;
}

/* Does any of BLOCK codes fall into a slot? Most blocks do not. */
SIMD_CLONES_512 static bool block_hits(const uint16_t *code, const uint16_t *bin, int n_bins)
{
    uint16_t hit[BLOCK] = {0}, any = 0;
    for (int s = 0; s < n_bins; s++)
        for (int j = 0; j < BLOCK; j++)
            hit[j] |= (uint16_t)(code[j] == bin[s]);
    for (int j = 0; j < BLOCK; j++)
        any |= hit[j];
    return any;
}

/* The codes of a piece of x into the slots, of which used[] values are there already. */
static void slots_take(struct slots *s, const uint16_t *bin, const double *x, const uint16_t *code,
                       int64_t n, int64_t *used)
{
    for (int64_t at = 0; at < n; at += BLOCK) {
        int64_t end = at + BLOCK < n ? at + BLOCK : n;
        if (end - at == BLOCK && !block_hits(code + at, bin, s->n))
            continue;
        for (int64_t i = at; i < end; i++) {
            int slot = s->of_bin[code[i]];
            if (slot)
                s->value[slot - 1][used[slot]++] = x[i];
        }
    }
}

static void slots_fill(struct slots *s, const double *x, int64_t n, struct bin_scale scale)
{
    uint16_t bin[SELECT_MAX_RANKS], code[PIECE];
    int64_t used[SELECT_MAX_RANKS + 1] = {0};
    for (int k = 0; k < BINS; k++)
        if (s->of_bin[k])
            bin[s->of_bin[k] - 1] = (uint16_t)k;
    for (int64_t at = 0; at < n; at += PIECE) {
        int64_t piece = n - at < PIECE ? n - at : PIECE;
        encode(x + at, piece, scale, code);
        slots_take(s, bin, x + at, code, piece, used);
    }
}

static bool select_ascending(const double *x, int64_t n, const int64_t *rank, int n_ranks,
                             double *out, struct err *e);

static bool slots_select(const struct slots *s, const int64_t *rank, double *out, struct err *e)
{
    for (int i = 0; i < s->n; i++) {
        int64_t inner[SELECT_MAX_RANKS];
        int first = s->first[i], n_ranks = s->first[i + 1] - first;
        for (int k = 0; k < n_ranks; k++)
            inner[k] = rank[first + k] - s->below[i];
        if (!select_ascending(s->value[i], s->size[i], inner, n_ranks, out + first, e))
            return false;
    }
    return true;
}

static bool by_histogram(const double *x, int64_t n, struct bin_scale scale, const int64_t *rank,
                         int n_ranks, double *out, struct err *e)
{
    int64_t count[BINS];
    count_codes(x, n, scale, count);
    struct slots slots;
    bool ok = slots_open(&slots, count, rank, n_ranks, e);
    if (ok)
        slots_fill(&slots, x, n, scale);
    ok = ok && slots_select(&slots, rank, out, e);
    for (int i = 0; i < SELECT_MAX_RANKS; i++)
        free(slots.value[i]);
    return ok;
}

static bool select_ascending(const double *x, int64_t n, const int64_t *rank, int n_ranks,
                             double *out, struct err *e)
{
    if (n <= SORT_UP_TO)
        return by_sorting(x, n, rank, n_ranks, out, e);
    double lo, hi;
    extremes(x, n, &lo, &hi);
    if (lo == hi) {
        for (int i = 0; i < n_ranks; i++)
            out[i] = lo;
        return true;
    }
    /* A range that over- or underflows has no scale; a normal one separates lo from hi, so that
     * every bin is smaller than the whole. */
    struct bin_scale scale = {lo, BINS / (hi - lo)};
    if (!isnormal(scale.factor) || !isfinite(hi - lo))
        return by_sorting(x, n, rank, n_ranks, out, e);
    return by_histogram(x, n, scale, rank, n_ranks, out, e);
}

bool select_ranks(const double *x, int64_t n, const int64_t *rank, int n_ranks, double *out,
                  struct err *e)
{
    int order[SELECT_MAX_RANKS];
    int64_t sorted[SELECT_MAX_RANKS] = {0};
    double value[SELECT_MAX_RANKS];
    for (int i = 0; i < n_ranks; i++) {
        int at = i;
        for (; at > 0 && rank[order[at - 1]] > rank[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    for (int i = 0; i < n_ranks; i++)
        sorted[i] = rank[order[i]];
    if (!select_ascending(x, n, sorted, n_ranks, value, e))
        return false;
    for (int i = 0; i < n_ranks; i++)
        out[order[i]] = value[i];
    return true;
}
