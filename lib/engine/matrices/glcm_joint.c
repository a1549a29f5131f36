#include "engine/matrices/glcm_joint.h"

#include "base/mem.h"
#include "engine/matrices/lanes.h"

#include <string.h>

/* Symbols have 16 bits. Sixteen are spelled at a time. */
enum { MOST_SYMBOLS = 1 << 16, SPELLED = 16 };

typedef uint8_t spelled_u8 __attribute__((vector_size(16), aligned(1), may_alias));
typedef uint16_t spelled_u16 __attribute__((vector_size(32), aligned(2), may_alias));

static int64_t symbols(const struct codes *c, int neighbours)
{
    int64_t n = 1;
    for (int k = 0; k <= neighbours && n <= MOST_SYMBOLS; k++)
        n *= c->n + 1;
    return n;
}

/* Half an increment of a table is 1. A symbol costs 3 and so does a cell of the histograms, which
 * are cleared, added up and summed: measured, for symbols that stay in the first cache or nearly.
 */
static int best_neighbours(const struct codes *c)
{
    int best = 0;
    double least = 2 * (double)c->n_voxels;
    for (int k = 2; c->width == 1 && k <= GLCM_JOINT_MOST && symbols(c, k) <= MOST_SYMBOLS; k++) {
        double cost = 3 * (double)(c->n_voxels + symbols(c, k)) / k;
        if (cost < least) {
            least = cost;
            best = k;
        }
    }
    return best;
}

bool glcm_joint_open(struct glcm_joint *g, const struct codes *c, struct err *e)
{
    *g = (struct glcm_joint){.codes = c, .most = best_neighbours(c)};
    if (g->most == 0)
        return true;
    g->count = mem_big(2 * (size_t)symbols(c, g->most), sizeof *g->count, e);
    g->symbol = mem_big((size_t)c->size[0] + SPELLED, sizeof *g->symbol, e);
    if (g->count && g->symbol)
        return true;
    glcm_joint_close(g);
    return false;
}

void glcm_joint_close(struct glcm_joint *g)
{
    mem_big_free(g->count);
    mem_big_free(g->symbol);
    *g = (struct glcm_joint){0};
}

/* Up to fifteen more than n are written, of no use. */
INLINE void spell_k(const uint8_t *p, int64_t n, const int64_t *step, int k, uint16_t base,
                    uint16_t *restrict out)
{
    for (int64_t x = 0; x < n; x += SPELLED) {
        spelled_u16 symbol = __builtin_convertvector(*(const spelled_u8 *)(p + x), spelled_u16);
        for (int d = 0; d < k; d++) {
            const spelled_u8 *q = (const spelled_u8 *)(p + x + step[d]);
            symbol = symbol * base + __builtin_convertvector(*q, spelled_u16);
        }
        *(spelled_u16 *)(out + x) = symbol;
    }
}

#define SPELL(K)                                                                                   \
    case K:                                                                                        \
        spell_k(p, n, step, K, base, out);                                                         \
        break

/* Symbols of n voxels, for each k by a loop without a loop inside. */
SIMD_CLONES_512 static void spell(const uint8_t *p, int64_t n, const int64_t *step, int k,
                                  uint16_t base, uint16_t *restrict out)
{
    switch (k) {
        SPELL(1);
        SPELL(2);
        SPELL(3);
        SPELL(4);
        SPELL(5);
        SPELL(6);
        SPELL(7);
        SPELL(8);
        SPELL(9);
    default:
        break;
    }
}
#undef SPELL

static void count_symbols(struct glcm_joint *g, const int64_t *step, int k, int64_t room)
{
    const struct codes *c = g->codes;
    uint32_t *even = g->count, *odd = g->count + room;
    const uint16_t *symbol = g->symbol;
    memset(g->count, 0, 2 * (size_t)room * sizeof *g->count);
    for (int64_t r = 0; r < c->n_runs; r++) {
        int64_t n = c->run[r].n, x = 0;
        spell(c->u8 + c->run[r].start, n, step, k, (uint16_t)(c->n + 1), g->symbol);
        for (; x + 2 <= n; x += 2) {
            even[symbol[x]]++;
            odd[symbol[x + 1]]++;
        }
        if (x < n)
            even[symbol[x]]++;
    }
}

SIMD_CLONES_512 static void add(uint32_t *restrict sum, const uint32_t *restrict other, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        sum[i] += other[i];
}

/* Of a histogram of symbols, rows of them by the last neighbour: the pairs of the first code and
 * that neighbour are added to the table, and the rows' sums take the place of the histogram. */
SIMD_CLONES_512 static void fold(uint32_t *count, int64_t rows, int64_t base,
                                 uint32_t *restrict table)
{
    const uint32_t *row = count;
    for (int64_t i = 0; i < base; i++, table += base)
        for (int64_t r = 0; r < rows / base; r++, row += base) {
            uint32_t sum = 0;
            for (int64_t j = 0; j < base; j++) {
                table[j] += row[j];
                sum += row[j];
            }
            *count++ = sum;
        }
}

void glcm_joint_add(struct glcm_joint *g, const int64_t *step, int n, uint32_t *const *table)
{
    int64_t base = g->codes->n + 1, room = symbols(g->codes, n);
    count_symbols(g, step, n, room);
    add(g->count, g->count + room, room);
    for (int k = n - 1; k >= 0; k--)
        fold(g->count, symbols(g->codes, k), base, table[k]);
}
