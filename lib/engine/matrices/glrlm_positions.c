#include "engine/matrices/glrlm_positions.h"

#include "base/mem.h"
#include "engine/matrices/lanes.h"

#include <stdlib.h>
#include <string.h>

#define CODE    uint8_t
#define LANES   lanes_u8
#define NAME(f) f##_u8
#include "engine/matrices/glrlm_row.inc"

#define CODE    uint16_t
#define LANES   lanes_u16
#define NAME(f) f##_u16
#include "engine/matrices/glrlm_row.inc"

/* Two positions share a byte of the histogram when both are small; larger ones are counted apart.
 */
enum { NIBBLE = 15, PACKED = 256, BYTE_STRIDE = 256 };

/* From code to code in a pair's histograms. The line of cache in between keeps the usual pairs of
 * all codes, small ones, from sharing a few sets of the cache; with the most codes there is no room
 * for it in the 16 bits of an index. */
enum { SPREAD_STRIDE = PACKED + 16, MOST_SPREAD = UINT16_MAX / SPREAD_STRIDE - 1 };

/* A line of the box as far as the ROI goes. */
struct line {
    int64_t y, z, x, n; /* first voxel, voxels up to the last of the ROI */
    int64_t at;         /* index of the first voxel in the codes */
    int64_t run, runs;  /* its runs */
};

/* A line continues the one a step before it, so all lines of a chain share one piece of memory:
 * where the first of the chain stands in its plane (z steps) or line (y steps). */
static int64_t state_index(const struct codes *c, const int32_t d[3], const struct line *l)
{
    int64_t times = d[2] ? l->z : l->y, back = d[0] + (d[2] ? d[1] * c->stride[1] : 0);
    return l->x + (d[2] ? l->y * c->stride[1] : 0) - times * back;
}

static bool open_state(struct glrlm_positions *g, int i, struct err *e)
{
    const struct codes *c = g->codes;
    const int32_t *d = g->directions->offset[i].d;
    int64_t lo = INT64_MAX, hi = INT64_MIN;
    for (int corner = 0; corner < 8; corner++) {
        struct line l = {.x = corner & 1 ? c->size[0] - 1 : 0,
                         .y = corner & 2 ? c->size[1] - 1 : 0,
                         .z = corner & 4 ? c->size[2] - 1 : 0};
        int64_t index = state_index(c, d, &l);
        lo = index < lo ? index : lo;
        hi = index > hi ? index : hi;
    }
    size_t width = (size_t)c->width;
    uint8_t *memory = mem_big((size_t)(hi - lo + 1) + LANES_BYTES + 8, width, e);
    if (!memory)
        return false;
    /* the header keeps the place to free; index 0 lies `lo` before the first position */
    g->state[2 * i] = memory;
    g->state[2 * i + 1] = (void *)((intptr_t)memory - (intptr_t)(lo * (int64_t)width));
    return true;
}

static bool positions_open(struct glrlm_positions *g, struct err *e)
{
    const struct codes *c = g->codes;
    size_t n = (size_t)g->directions->n, rows = (size_t)c->n + 1;
    int64_t longest = 0;
    for (int a = 0; a < 3; a++)
        longest = c->size[a] > longest ? c->size[a] : longest;
    g->stride = c->width == 1 && longest + 2 > BYTE_STRIDE ? BYTE_STRIDE : longest + 2;
    g->count = mem_big(n * rows * (size_t)g->stride, sizeof *g->count, e);
    g->state = mem_array(2 * n, sizeof *g->state, e);
    g->code_stride = c->n <= MOST_SPREAD ? SPREAD_STRIDE : PACKED;
    g->turn = (int64_t)rows * g->code_stride;
    g->packed = mem_big(c->width == 1 ? (n + 1) * (size_t)g->turn : 1, sizeof *g->packed, e);
    g->index = mem_big((size_t)c->size[0] + LANES_BYTES, sizeof *g->index, e);
    if (!g->count || !g->state || !g->packed || !g->index)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!open_state(g, (int)i, e))
            return false;
    return true;
}

void glrlm_positions_close(struct glrlm_positions *g)
{
    for (int i = 0; g->state && i < g->directions->n; i++)
        mem_big_free(g->state[2 * i]);
    free(g->state);
    mem_big_free(g->count);
    mem_big_free(g->packed);
    mem_big_free(g->index);
    *g = (struct glrlm_positions){0};
}

typedef uint8_t sixteen __attribute__((vector_size(16), aligned(1), may_alias));
typedef uint16_t sixteen_u16 __attribute__((vector_size(32), aligned(2), may_alias));
enum { SIXTEEN = 16 };

/* index[x] = code[x] * stride + (a[x] | b[x] << 4), both cut at 15; true when any was. Up to
 * fifteen more are written, of no use. */
SIMD_CLONES_512 static bool pack(const uint8_t *code, const uint8_t *a, const uint8_t *b, int64_t n,
                                 uint16_t stride, uint16_t *index)
{
    sixteen most = {0}, cut = {0};
    most += NIBBLE;
    for (int64_t x = 0; x < n; x += SIXTEEN) {
        sixteen low = LANES_MIN(sixteen, *(const sixteen *)(a + x), most);
        sixteen high = LANES_MIN(sixteen, *(const sixteen *)(b + x), most), both = low | high << 4;
        cut |= (sixteen)(low == most) | (sixteen)(high == most);
        *(sixteen_u16 *)(index + x) =
            __builtin_convertvector(*(const sixteen *)(code + x), sixteen_u16) * stride +
            __builtin_convertvector(both, sixteen_u16);
    }
    uint8_t any = 0;
    for (int i = 0; i < SIXTEEN; i++)
        any |= cut[i];
    return any;
}

static const struct run *run_of(const struct glrlm_positions *g, const struct line *l, int64_t k)
{
    return &g->codes->run[l->run + k];
}

/* Bit 7 of each of the eight bytes at p, of which n count, that is at least NIBBLE. */
static uint64_t find_large(const uint8_t *p, int64_t n)
{
    const uint64_t ones = 0x0101010101010101u, tops = ones << 7;
    uint64_t word;
    memcpy(&word, p, sizeof word);
    uint64_t large = (((word & ~tops) + ones * (128 - NIBBLE)) | word) & tops;
    return n < 8 ? large & (((uint64_t)1 << 8 * n) - 1) : large;
}

/* Positions from 15 on, of one direction. */
static void count_large(struct glrlm_positions *g, const struct line *l, int i,
                        const uint8_t *position)
{
    uint32_t *count = g->count + (int64_t)i * (g->codes->n + 1) * g->stride;
    uint8_t most = 0;
    for (int64_t k = 0; k < l->runs; k++) {
        const uint8_t *code = g->codes->u8 + run_of(g, l, k)->start;
        const uint8_t *p = position + (run_of(g, l, k)->start - l->at);
        for (int64_t x = 0, n = run_of(g, l, k)->n; x < n; x += 8)
            for (uint64_t set = find_large(p + x, n - x); set; set &= set - 1) {
                int64_t at = x + __builtin_ctzll(set) / 8;
                count[code[at] * g->stride + p[at]]++;
                most = p[at] > most ? p[at] : most;
            }
    }
    g->complete = g->complete && most < UINT8_MAX;
}

/* Sixteen numbers moved up by `by` places: zeros come in. */
#define MOVED_UP(v, by)                                                                            \
    __builtin_shufflevector((sixteen){0}, v, 16 - (by), 17 - (by), 18 - (by), 19 - (by),           \
                            20 - (by), 21 - (by), 22 - (by), 23 - (by), 24 - (by), 25 - (by),      \
                            26 - (by), 27 - (by), 28 - (by), 29 - (by), 30 - (by), 31 - (by))
#define GREATER(a, b) (((a) & (sixteen)((a) > (b))) | ((b) & (sixteen)((a) <= (b))))

/* Positions along a line; up to fifteen more are written. The place of the last beginning of a run
 * up to each voxel is a running maximum, in four steps of sixteen places; where there is none the
 * run of the voxel before them goes on. */
SIMD_CLONES_512 static void along_x(const uint8_t *code, int64_t n, uint8_t *position)
{
    const sixteen place = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    uint8_t before = 0;
    for (int64_t x = 0; x < n; x += SIXTEEN) {
        sixteen c = *(const sixteen *)(code + x), last = *(const sixteen *)(code + x - 1);
        sixteen begin = place & (sixteen)(c != last);
        begin = GREATER(begin, MOVED_UP(begin, 1));
        begin = GREATER(begin, MOVED_UP(begin, 2));
        begin = GREATER(begin, MOVED_UP(begin, 4));
        begin = GREATER(begin, MOVED_UP(begin, 8));
        sixteen on = place + before;
        on |= (sixteen)(on < place); /* numbers stop at 255 */
        sixteen none = (sixteen)(begin == 0), here = place - begin + 1;
        here = (on & none) | (here & ~none);
        *(sixteen *)(position + x) = here;
        before = here[SIXTEEN - 1];
    }
}

static uint8_t *advance_line_u8(struct glrlm_positions *g, const struct line *l, int i)
{
    const struct codes *c = g->codes;
    const int32_t *d = g->directions->offset[i].d;
    const uint8_t *code = c->u8 + l->at;
    uint8_t *position = (uint8_t *)g->state[2 * i + 1] + state_index(c, d, l);
    if (d[1] || d[2])
        advance_u8(code, code - codes_step(c, d), position, l->n);
    else
        along_x(code, l->n, position);
    return position;
}

/* Two directions of a line in one histogram; i + 1 may be missing. */
static void count_pair_u8(struct glrlm_positions *g, const struct line *l, int i)
{
    bool both = i + 1 < g->directions->n;
    const uint8_t *a = advance_line_u8(g, l, i);
    const uint8_t *b = both ? advance_line_u8(g, l, i + 1) : a;
    bool large = pack(g->codes->u8 + l->at, a, b, l->n, (uint16_t)g->code_stride, g->index);
    uint32_t *even = g->packed + i * g->turn, *odd = even + g->turn;
    for (int64_t k = 0; k < l->runs; k++) {
        const uint16_t *index = g->index + (run_of(g, l, k)->start - l->at);
        int64_t n = run_of(g, l, k)->n, x = 0;
        for (; x + 2 <= n; x += 2) { /* alternately, so that equal indices in a row need not wait
                                        for each other's store */
            even[index[x]]++;
            odd[index[x + 1]]++;
        }
        if (x < n)
            even[index[x]]++;
    }
    if (large)
        count_large(g, l, i, a);
    if (large && both)
        count_large(g, l, i + 1, b);
}

static void count_one_u16(struct glrlm_positions *g, const struct line *l, int i)
{
    const struct codes *c = g->codes;
    const int32_t *d = g->directions->offset[i].d;
    const uint16_t *code = c->u16 + l->at;
    uint16_t *position = (uint16_t *)g->state[2 * i + 1] + state_index(c, d, l);
    if (d[1] || d[2])
        advance_u16(code, code - codes_step(c, d), position, l->n);
    else
        for (int64_t x = 0, last = 0; x < l->n; x++)
            position[x] = (uint16_t)(last = code[x] == code[x - 1] ? last + 1 : 1);
    uint32_t *count = g->count + (int64_t)i * (c->n + 1) * g->stride;
    for (int64_t k = 0; k < l->runs; k++) {
        int64_t from = run_of(g, l, k)->start - l->at;
        for (int64_t x = from; x < from + run_of(g, l, k)->n; x++)
            count[code[x] * g->stride + position[x]]++;
    }
}

static void count_line(struct glrlm_positions *g, const struct line *l)
{
    bool bytes = g->codes->width == 1;
    for (int i = 0; i < g->directions->n; i += bytes ? 2 : 1)
        if (bytes)
            count_pair_u8(g, l, i);
        else
            count_one_u16(g, l, i);
}

/* Both margins of a pair's histogram: low[p & 15], high[p >> 4]. */
SIMD_CLONES_512 static void margins(const uint32_t *even, const uint32_t *odd, uint32_t *low,
                                    uint32_t *high)
{
    uint32_t sum[NIBBLE + 1] = {0};
    for (int b = 0; b <= NIBBLE; b++) {
        uint32_t all = 0;
        for (int a = 0; a <= NIBBLE; a++) {
            uint32_t n = even[16 * b + a] + odd[16 * b + a];
            sum[a] += n;
            all += n;
        }
        high[b] = all;
    }
    memcpy(low, sum, sizeof sum);
}

/* Adds the pairs' histograms to those of their directions; 15 stands for larger ones, too. */
static void unpack(struct glrlm_positions *g)
{
    int64_t rows = g->codes->n + 1, positions = g->stride < NIBBLE ? g->stride : NIBBLE;
    uint32_t margin[2][NIBBLE + 1];
    for (int i = 0; i < g->directions->n; i += 2)
        for (int64_t row = 0; row < rows; row++) {
            const uint32_t *even = g->packed + i * g->turn + row * g->code_stride;
            margins(even, even + g->turn, margin[0], margin[1]);
            for (int k = 0; k < 2 && i + k < g->directions->n; k++) {
                uint32_t *count = g->count + ((i + k) * rows + row) * g->stride;
                for (int64_t p = 0; p < positions; p++)
                    count[p] += margin[k][p];
            }
        }
}

bool glrlm_positions_count(struct glrlm_positions *g, const struct codes *c,
                           const struct directions *d, struct err *e)
{
    *g = (struct glrlm_positions){.codes = c, .directions = d, .complete = true};
    if (!positions_open(g, e)) {
        glrlm_positions_close(g);
        return false;
    }
    for (int64_t run = 0; run < c->n_runs;) {
        int64_t from = c->run[run].start - c->first;
        struct line l = {.z = from / c->stride[2], .run = run, .at = c->run[run].start};
        l.y = from % c->stride[2] / c->stride[1];
        l.x = from % c->stride[1];
        int64_t end = l.at - l.x + c->size[0];
        for (; run < c->n_runs && c->run[run].start < end; run++, l.runs++)
            l.n = c->run[run].start + c->run[run].n - l.at;
        count_line(g, &l);
    }
    if (c->width == 1)
        unpack(g);
    return true;
}
