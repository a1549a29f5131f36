#include "engine/matrices/outline.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* First voxel at or after x that is in the ROI (or, wanted = false, out of it), n without one; four
 * at a time. */
static int64_t seek(const uint16_t *line, int64_t n, int64_t x, bool wanted)
{
    const uint64_t ones = UINT64_C(0x0001000100010001), tops = ones << 15;
    for (; x + 4 <= n; x += 4) {
        uint64_t word;
        memcpy(&word, line + x, sizeof word);
        uint64_t zero = (word - ones) & ~word & tops; /* some lane is 0 */
        if (wanted ? word != 0 : zero != 0)
            break;
    }
    while (x < n && (line[x] != 0) != wanted)
        x++;
    return x;
}

static bool add(struct outline *o, int64_t *room, struct run run, struct err *e)
{
    if (o->n_runs == *room) {
        struct run *more = realloc(o->run, (size_t)*room * 2 * sizeof *more);
        if (!more)
            return err_set(e, ERR_REFUSED, "no memory for the lines of the ROI");
        o->run = more;
        *room *= 2;
    }
    o->run[o->n_runs++] = run;
    o->n_voxels += run.n;
    return true;
}

static void measure(const int64_t size[3], struct outline *o)
{
    int64_t lo[3] = {size[0], size[1], size[2]}, hi[3] = {-1, -1, -1};
    for (int64_t r = 0; r < o->n_runs; r++) {
        int64_t i = o->run[r].start, last = i % size[0] + o->run[r].n - 1;
        int64_t p[3] = {i % size[0], i / size[0] % size[1], i / size[0] / size[1]};
        for (int a = 0; a < 3; a++) {
            lo[a] = p[a] < lo[a] ? p[a] : lo[a];
            hi[a] = p[a] > hi[a] ? p[a] : hi[a];
        }
        hi[0] = last > hi[0] ? last : hi[0];
    }
    for (int a = 0; a < 3; a++) {
        o->tight.lo[a] = lo[a];
        o->tight.size[a] = hi[a] - lo[a] + 1;
    }
}

bool outline_create(const uint16_t *level, const int64_t size[3], struct outline *out,
                    struct err *e)
{
    *out = (struct outline){0};
    int64_t lines = size[1] * size[2], room = lines + 1;
    out->run = mem_array((size_t)room, sizeof *out->run, e);
    if (!out->run)
        return false;
    for (int64_t k = 0; k < lines; k++) {
        const uint16_t *line = level + k * size[0];
        for (int64_t x = 0; (x = seek(line, size[0], x, true)) < size[0];) {
            int64_t end = seek(line, size[0], x, false);
            if (!add(out, &room, (struct run){k * size[0] + x, end - x}, e)) {
                outline_free(out);
                return false;
            }
            x = end;
        }
    }
    measure(size, out);
    if (out->n_runs > 0)
        return true;
    outline_free(out);
    return err_set(e, ERR_REFUSED, "the ROI is empty");
}

void outline_free(struct outline *o)
{
    free(o->run);
    *o = (struct outline){0};
}
