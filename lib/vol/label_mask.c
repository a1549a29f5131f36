#include "vol/label_mask.h"

#include "base/host.h"
#include "base/mem.h"

#include <string.h>

void label_mask_free(struct label_mask *m)
{
    mem_big_free(m->in);
    *m = (struct label_mask){0};
}

/* Copies the part of `from` (bytes of box a) that lies in box b into `to` (bytes of box b). */
static void copy_overlap(const struct box *a, const uint8_t *from, const struct box *b, uint8_t *to)
{
    int64_t lo[3], n[3];
    for (int d = 0; d < 3; d++) {
        int64_t end_a = a->lo[d] + a->size[d], end_b = b->lo[d] + b->size[d];
        lo[d] = a->lo[d] > b->lo[d] ? a->lo[d] : b->lo[d];
        n[d] = (end_a < end_b ? end_a : end_b) - lo[d];
        if (n[d] <= 0)
            return;
    }
    for (int64_t z = lo[2]; z < lo[2] + n[2]; z++)
        for (int64_t y = lo[1]; y < lo[1] + n[1]; y++) {
            int64_t at_a = ((z - a->lo[2]) * a->size[1] + y - a->lo[1]) * a->size[0];
            int64_t at_b = ((z - b->lo[2]) * b->size[1] + y - b->lo[1]) * b->size[0];
            memcpy(to + at_b + lo[0] - b->lo[0], from + at_a + lo[0] - a->lo[0], (size_t)n[0]);
        }
}

void label_mask_read(const struct label_mask *m, const struct box *b, uint8_t *out)
{
    memset(out, 0, (size_t)box_voxels(b));
    copy_overlap(&m->box, m->in, b, out);
}

/* First and last set byte of a row; false when there is none. */
static bool row_extent(const uint8_t *row, int64_t n, int64_t *first, int64_t *last)
{
    const uint8_t *a = memchr(row, 1, (size_t)n);
    if (!a)
        return false;
    const uint8_t *b = host_last_byte(row, 1, (size_t)n);
    *first = a - row;
    *last = b - row;
    return true;
}

static void grow(int64_t lo[3], int64_t hi[3], int axis, int64_t first, int64_t last)
{
    if (first < lo[axis])
        lo[axis] = first;
    if (last > hi[axis])
        hi[axis] = last;
}

/* Tight box of the set bytes of box b, in indices of the grid; empty when there are none. */
static struct box tight_box(const struct box *b, const uint8_t *in)
{
    int64_t lo[3] = {INT64_MAX, INT64_MAX, INT64_MAX}, hi[3] = {-1, -1, -1};
    for (int64_t z = 0; z < b->size[2]; z++)
        for (int64_t y = 0; y < b->size[1]; y++) {
            int64_t first, last;
            if (!row_extent(in + (z * b->size[1] + y) * b->size[0], b->size[0], &first, &last))
                continue;
            grow(lo, hi, 0, first, last);
            grow(lo, hi, 1, y, y);
            grow(lo, hi, 2, z, z);
        }
    struct box out = {{0}};
    for (int d = 0; d < 3 && hi[0] >= 0; d++) {
        out.lo[d] = b->lo[d] + lo[d];
        out.size[d] = hi[d] - lo[d] + 1;
    }
    return out;
}

bool label_mask_from(struct label_mask *m, const struct grid *g, const struct box *b,
                     const uint8_t *in, struct err *e)
{
    *m = (struct label_mask){.grid = *g, .box = tight_box(b, in)};
    int64_t n = box_voxels(&m->box);
    m->in = mem_big((size_t)n, 1, e);
    if (!m->in)
        return false;
    copy_overlap(b, in, &m->box, m->in);
    for (int64_t i = 0; i < n; i++)
        m->n_voxels += m->in[i];
    return true;
}
