#include "engine/matrices/window.h"

#include "base/mem.h"
#include "engine/matrices/lanes.h"

#include <string.h>

enum { WORDS = 8 };

bool window_open(struct window *w, const struct codes *c, const int64_t r[3], int shift,
                 struct err *e)
{
    *w = (struct window){.codes = c, .shift = shift};
    memcpy(w->r, r, sizeof w->r);
    w->line = (c->size[0] + WORDS - 1) / WORDS * WORDS;
    w->column = mem_big((size_t)(w->line * c->size[1]), sizeof *w->column, e);
    w->row = mem_big((size_t)(w->line + 2 * r[0] + WORDS), sizeof *w->row, e);
    if (w->column && w->row)
        return true;
    window_close(w);
    return false;
}

void window_close(struct window *w)
{
    mem_big_free(w->column);
    mem_big_free(w->row);
    *w = (struct window){0};
}

/* column += words of `enter` - words of `leave` (NULL: nothing enters or leaves) */
INLINE void slide(uint32_t *column, const void *enter, const void *leave, int64_t n, int shift,
                  int width)
{
    const uint8_t *enter8 = enter, *leave8 = leave;
    const uint16_t *enter16 = enter, *leave16 = leave;
    if (enter)
        for (int64_t x = 0; x < n; x++)
            column[x] += window_word(width == 1 ? enter8[x] : enter16[x], shift);
    if (leave)
        for (int64_t x = 0; x < n; x++)
            column[x] -= window_word(width == 1 ? leave8[x] : leave16[x], shift);
}

SIMD_CLONES static void slide_u8(uint32_t *column, const void *enter, const void *leave, int64_t n,
                                 int shift)
{
    slide(column, enter, leave, n, shift, 1);
}

SIMD_CLONES static void slide_u16(uint32_t *column, const void *enter, const void *leave, int64_t n,
                                  int shift)
{
    slide(column, enter, leave, n, shift, 2);
}

static const void *line_of(const struct window *w, int64_t y, int64_t z)
{
    const struct codes *c = w->codes;
    if (z < 0 || z >= c->size[2])
        return NULL;
    int64_t at = c->first + y * c->stride[1] + z * c->stride[2];
    return (const uint8_t *)c->memory + at * c->width;
}

void window_plane(struct window *w, int64_t z)
{
    const struct codes *c = w->codes;
    int64_t enter = z == 0 ? 0 : z + w->r[2]; /* the first plane brings all that it reaches */
    for (; enter <= z + w->r[2]; enter++)
        for (int64_t y = 0; y < c->size[1]; y++) {
            const void *in = line_of(w, y, enter), *out = line_of(w, y, enter - 2 * w->r[2] - 1);
            uint32_t *column = w->column + y * w->line;
            if (c->width == 1)
                slide_u8(column, in, out, c->size[0], w->shift);
            else
                slide_u16(column, in, out, c->size[0], w->shift);
        }
}

SIMD_CLONES static void add_line(uint32_t *restrict row, const uint32_t *restrict line, int64_t n,
                                 uint32_t sign)
{
    for (int64_t x = 0; x < n; x++)
        row[x] += sign * line[x];
}

void window_line(struct window *w, int64_t y)
{
    uint32_t *row = w->row + w->r[0];
    int64_t enter = y + w->r[1];
    if (y == 0) {
        enter = 0;
        memset(row, 0, (size_t)w->line * sizeof *row);
    }
    for (; enter <= y + w->r[1]; enter++) {
        int64_t leave = enter - 2 * w->r[1] - 1;
        if (enter < w->codes->size[1])
            add_line(row, w->column + enter * w->line, w->line, 1);
        if (leave >= 0)
            add_line(row, w->column + leave * w->line, w->line, (uint32_t)-1);
    }
}

SIMD_CLONES static void add_shifted(const uint32_t *row, int64_t r, int64_t n, uint32_t sign,
                                    uint32_t *out)
{
    for (int64_t x = 0; x < n; x += WORDS) {
        lanes_u32 sum = {0};
        for (int64_t k = 0; k <= 2 * r; k++)
            sum += *(const lanes_u32 *)(row + x + k);
        *(lanes_u32 *)(out + x) += sign * sum;
    }
}

void window_add(const struct window *w, uint32_t sign, uint32_t *out)
{
    add_shifted(w->row, w->r[0], w->codes->size[0], sign, out);
}
