#include "vol/components.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct run {
    int64_t first, last; /* x of the first and last voxel */
    int64_t parent;      /* union-find over runs; its own index at a root */
};

struct runs {
    struct run *run;
    int64_t n, room;
    int64_t *row; /* [rows + 1]: first run of each row, filled as rows are read */
};

static bool add_run(struct runs *r, int64_t first, int64_t last, struct err *e)
{
    if (r->n == r->room) {
        int64_t room = r->room ? 2 * r->room : 1024;
        struct run *more = realloc(r->run, (size_t)room * sizeof *more);
        if (!more)
            return err_set(e, ERR_FAILED, "out of memory: %lld runs", (long long)room);
        r->run = more;
        r->room = room;
    }
    r->run[r->n] = (struct run){first, last, r->n};
    r->n++;
    return true;
}

static bool read_row(struct runs *r, const uint8_t *in, int64_t n, struct err *e)
{
    int64_t x = 0;
    while (x < n) {
        while (x < n && !in[x])
            x++;
        int64_t first = x;
        while (x < n && in[x])
            x++;
        if (x > first && !add_run(r, first, x - 1, e))
            return false;
    }
    return true;
}

static int64_t root_of(struct run *run, int64_t i)
{
    while (run[i].parent != i) {
        run[i].parent = run[run[i].parent].parent;
        i = run[i].parent;
    }
    return i;
}

/* Joins the runs of row a with those of an earlier row b that touch them, corners included.
 * Returns how many components that removed. */
static int64_t join_rows(struct runs *r, int64_t a, int64_t b)
{
    int64_t joined = 0, j = r->row[b];
    for (int64_t i = r->row[a]; i < r->row[a + 1]; i++) {
        while (j < r->row[b + 1] && r->run[j].last < r->run[i].first - 1)
            j++;
        for (int64_t k = j; k < r->row[b + 1] && r->run[k].first <= r->run[i].last + 1; k++) {
            int64_t p = root_of(r->run, i), q = root_of(r->run, k);
            if (p == q)
                continue;
            r->run[p > q ? p : q].parent = p < q ? p : q;
            joined++;
        }
    }
    return joined;
}

static int64_t join_earlier(struct runs *r, int64_t y, int64_t z, int64_t ny)
{
    static const int step[4][2] = {{-1, 0}, {-1, -1}, {0, -1}, {1, -1}}; /* dy, dz */
    int64_t joined = 0;
    for (int s = 0; s < 4; s++) {
        int64_t by = y + step[s][0], bz = z + step[s][1];
        if (by >= 0 && by < ny && bz >= 0)
            joined += join_rows(r, z * ny + y, bz * ny + by);
    }
    return joined;
}

int64_t components_count(const uint8_t *in, const int64_t size[3], struct err *e)
{
    int64_t rows = size[1] * size[2], count = -1, joined = 0;
    struct runs r = {.row = mem_array((size_t)rows + 1, sizeof(int64_t), e)};
    if (!r.row)
        return -1;
    for (int64_t row = 0; row < rows; row++) {
        r.row[row] = r.n;
        if (!read_row(&r, in + row * size[0], size[0], e))
            goto out;
        r.row[row + 1] = r.n;
        joined += join_earlier(&r, row % size[1], row / size[1], size[1]);
    }
    count = r.n - joined;
out:
    free(r.run);
    free(r.row);
    return count;
}
