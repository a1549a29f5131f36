#include "engine/packed/packed.h"

#include "base/mem.h"
#include "vol/runs.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

bool packed_fits(const struct levels *levels, const int64_t radius[3])
{
    for (int a = 0; a < 3; a++)
        if (radius[a] < 0 || radius[a] > PACKED_RADIUS)
            return false;
    return levels->n_levels <= PACKED_LEVELS;
}

bool packed_open(struct packed *p, const struct levels *levels, const int64_t radius[3],
                 struct err *e)
{
    *p = (struct packed){0};
    const int64_t *n = levels->size;
    memcpy(p->radius, radius, sizeof p->radius);
    memcpy(p->size, n, sizeof p->size);
    p->row = n[0] + 2 * radius[0];
    p->plane = p->row * (n[1] + 2 * radius[1]);
    size_t bytes = (size_t)(p->plane * (n[2] + 2 * radius[2])) + sizeof(uint64_t);
    p->level = mem_big(bytes, 1, e);
    struct run run;
    for (int64_t at = 0, from = 0;
         p->level && runs_next(levels->mask, n[0] * n[1] * n[2], at, &run);
         at = run.start + run.n, from += run.n)
        for (int64_t i = 0; i < run.n; i++) {
            int64_t v = run.start + i, x = v % n[0], y = v / n[0] % n[1], z = v / n[0] / n[1];
            p->level[(z + radius[2]) * p->plane + (y + radius[1]) * p->row + x + radius[0]] =
                (uint8_t)levels_at(levels, from + i);
        }
    return p->level != NULL;
}

void packed_close(struct packed *p)
{
    mem_big_free(p->level);
    p->level = NULL;
}

/* Bit i: byte a[i] equals b[i], of 16. */
static inline uint64_t equal_bytes(const uint8_t *a, const uint8_t *b)
{
#ifdef __SSE2__
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)a);
    __m128i y = _mm_loadu_si128((const __m128i *)(const void *)b);
    return (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, y));
#else
    uint64_t bits = 0;
    for (int i = 0; i < 16; i++)
        bits |= (uint64_t)(a[i] == b[i]) << i;
    return bits;
#endif
}

/* The same of a plane; only its first rows are looked at. */
static inline uint64_t equal_plane(const uint8_t *a, const uint8_t *b, int64_t rows)
{
    uint64_t bits = 0;
    for (int64_t y = 0; y < rows; y += 2)
        bits |= equal_bytes(a + 8 * y, b + 8 * y) << 8 * y;
    return bits;
}

void packed_begin(const struct packed *p, struct packed_kernel *k)
{
    for (int a = 0; a < 3; a++)
        k->side[a] = 2 * p->radius[a] + 1;
    memset(&k->row, 0xff, (size_t)k->side[0]);
}

/* Bytes and set, without list and counts. */
static void take_bytes(const struct packed *p, int64_t voxel, struct packed_kernel *k)
{
    static const uint8_t nothing[8 * 8];
    const int64_t *n = p->size;
    const uint8_t *from =
        p->level + voxel % n[0] + voxel / n[0] % n[1] * p->row + voxel / n[0] / n[1] * p->plane;
    k->n = 0;
    for (int64_t z = 0; z < k->side[2]; z++) {
        uint8_t *to = k->level + 64 * z;
        for (int64_t y = 0; y < k->side[1]; y++) {
            uint64_t eight;
            memcpy(&eight, from + z * p->plane + y * p->row, sizeof eight);
            eight &= k->row;
            memcpy(to + 8 * y, &eight, sizeof eight);
        }
        k->in[z] = ~equal_plane(to, nothing, k->side[1]) & (((uint64_t)1 << 8 * k->side[1]) - 1);
        k->n += __builtin_popcountll(k->in[z]);
    }
}

void packed_take(const struct packed *p, int64_t voxel, struct packed_kernel *k)
{
    take_bytes(p, voxel, k);
    for (int i = 0; i < k->n_present; i++)
        k->count[k->present[i]] = 0;
    k->n_present = 0;
    int n = 0;
    for (int z = 0; z < k->side[2]; z++)
        for (uint64_t set = k->in[z]; set; set &= set - 1) {
            int place = 64 * z + __builtin_ctzll(set), level = k->level[place];
            k->place[n++] = (uint16_t)place;
            k->present[k->n_present] = (uint8_t)level;
            k->n_present += k->count[level]++ == 0;
        }
}

void packed_equal(const struct packed_kernel *k, int step, uint64_t set[PACKED_PLANES])
{
    for (int z = 0; z < PACKED_PLANES; z++)
        set[z] = z < k->side[2] ? k->in[z] & equal_plane(k->level + 64 * z,
                                                         k->level + 64 * z + step, k->side[1])
                                : 0;
}

bool packed_pair(const struct packed_kernel *k, int step)
{
    uint64_t any = 0;
    for (int z = 0; z < k->side[2]; z++)
        any |= packed_with_neighbour(k, step, z);
    return any != 0;
}

bool packed_line(const struct packed_kernel *k, const int32_t d[3])
{
    for (int i = 0; i < k->n; i++) {
        int at[3] = {k->place[i] % 8, k->place[i] / 8 % 8, k->place[i] / 64};
        for (;;) {
            bool inside = true;
            for (int a = 0; a < 3; a++) {
                at[a] += d[a];
                inside = inside && at[a] >= 0 && at[a] < k->side[a];
            }
            if (!inside)
                break;
            if (packed_has(k->in, at[0] + 8 * at[1] + 64 * at[2]))
                return true;
        }
    }
    return false;
}
