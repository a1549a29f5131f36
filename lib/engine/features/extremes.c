#include "engine/features/extremes.h"

#include "base/mem.h"
#include "base/simd.h"

#include <stdlib.h>
#include <string.h>

static const struct extent none = {INT32_MAX, INT32_MIN};

static bool allocate(struct extents *out, int64_t across, int64_t along_z, struct err *e)
{
    *out = (struct extents){.lines = {2 * across + 1, 2 * along_z + 1}};
    int64_t n = out->lines[0] * out->lines[1];
    out->line = mem_big((size_t)n, sizeof *out->line, e);
    for (int64_t i = 0; out->line && i < n; i++)
        out->line[i] = none;
    return out->line != NULL;
}

/* First and last index where two rows of n bytes differ, as half-voxel coordinates. */
static struct extent row_difference(const uint8_t *a, const uint8_t *b, int64_t n)
{
    int64_t lo = 0, hi = n;
    uint64_t p, q;
    for (; lo + 8 <= n; lo += 8) {
        memcpy(&p, a + lo, 8), memcpy(&q, b + lo, 8);
        if (p != q)
            break;
    }
    while (lo < n && a[lo] == b[lo])
        lo++;
    if (lo == n)
        return none;
    for (; hi - 8 > lo; hi -= 8) {
        memcpy(&p, a + hi - 8, 8), memcpy(&q, b + hi - 8, 8);
        if (p != q)
            break;
    }
    while (a[hi - 1] == b[hi - 1])
        hi--;
    return (struct extent){(int32_t)(2 * lo), (int32_t)(2 * (hi - 1))};
}

/* A row against its own outside: the vertices at its two ends lie half a voxel further out. */
static struct extent row_ends(const uint8_t *row, const uint8_t *zero, int64_t n)
{
    struct extent x = row_difference(row, zero, n);
    if (x.lo <= x.hi)
        x.lo--, x.hi++;
    return x;
}

bool extents_along_x(const uint8_t *mask, const int64_t size[3], struct extents *out, struct err *e)
{
    const int64_t nx = size[0], ny = size[1], nz = size[2];
    uint8_t *zero = mem_array((size_t)nx, 1, e);
    if (!zero || !allocate(out, ny, nz, e)) {
        free(zero);
        return false;
    }
    for (int64_t z = -1; z < nz; z++) {
        for (int64_t y = -1; y < ny; y++) {
            const uint8_t *row = y < 0 || z < 0 ? zero : mask + (z * ny + y) * nx;
            const uint8_t *next_y = z < 0 || y + 1 >= ny ? zero : mask + (z * ny + y + 1) * nx;
            const uint8_t *next_z = y < 0 || z + 1 >= nz ? zero : mask + ((z + 1) * ny + y) * nx;
            if (y >= 0 && z >= 0)
                *extents_at(out, 2 * y, 2 * z) = row_ends(row, zero, nx);
            if (z >= 0)
                *extents_at(out, 2 * y + 1, 2 * z) = row_difference(row, next_y, nx);
            if (y >= 0)
                *extents_at(out, 2 * y, 2 * z + 1) = row_difference(row, next_z, nx);
        }
    }
    free(zero);
    return true;
}

/* For every column x of a plane: lo[x] and hi[x] = first and last y where a(x, y) differs from
 * b(x, y); lo = ny, hi = -1 where there is none. A step of 0 repeats one row. */
SIMD_CLONES_512 static void column_difference(const uint8_t *a, int64_t step_a, const uint8_t *b,
                                              int64_t step_b, int64_t nx, int64_t ny,
                                              int32_t *restrict lo, int32_t *restrict hi)
{
    for (int64_t x = 0; x < nx; x++)
        lo[x] = (int32_t)ny, hi[x] = -1;
    for (int32_t y = 0; y < ny; y++, a += step_a, b += step_b) {
        for (int64_t x = 0; x < nx; x++) {
            bool differs = a[x] != b[x];
            int32_t first = differs ? y : INT32_MAX;
            lo[x] = first < lo[x] ? first : lo[x];
            hi[x] = differs ? y : hi[x];
        }
    }
}

/* Stores the columns at half coordinates z and x = 2 * index + offset. `grow` is 1 where the
 * vertices lie half a voxel outside the first and last y. */
static void store_columns(struct extents *out, int64_t z, int64_t offset, int64_t n,
                          const int32_t *lo, const int32_t *hi, int32_t grow)
{
    for (int64_t x = 0; x < n; x++)
        if (hi[x] >= 0)
            *extents_at(out, 2 * x + offset, z) =
                (struct extent){2 * lo[x] - grow, 2 * hi[x] + grow};
}

/* Planes are copied with a column of zeros at both ends, so that the differences between columns x
 * and x + 1 are those of the plane and itself one byte on. */
static void pad_plane(const uint8_t *mask, const int64_t size[3], int64_t z, uint8_t *out)
{
    for (int64_t y = 0; y < size[1]; y++)
        memcpy(out + y * (size[0] + 2) + 1, mask + (z * size[1] + y) * size[0], (size_t)size[0]);
}

static void extents_of_planes(const uint8_t *mask, const int64_t size[3], uint8_t *plane[2],
                              const uint8_t *zero, int32_t *lo, int32_t *hi, struct extents *out)
{
    const int64_t nx = size[0], ny = size[1], nz = size[2], row = nx + 2;
    for (int64_t z = -1; z < nz; z++) {
        const uint8_t *here = plane[(z + 1) & 1];
        uint8_t *next = plane[z & 1];
        if (z + 1 < nz)
            pad_plane(mask, size, z + 1, next);
        else
            memset(next, 0, (size_t)(row * ny));
        column_difference(here + 1, row, next + 1, row, nx, ny, lo, hi);
        store_columns(out, 2 * z + 1, 0, nx, lo, hi, 0);
        if (z < 0)
            continue;
        column_difference(here + 1, row, zero, 0, nx, ny, lo, hi);
        store_columns(out, 2 * z, 0, nx, lo, hi, 1);
        column_difference(here, row, here + 1, row, nx + 1, ny, lo, hi);
        store_columns(out, 2 * z, -1, nx + 1, lo, hi, 0);
    }
}

bool extents_along_y(const uint8_t *mask, const int64_t size[3], struct extents *out, struct err *e)
{
    const size_t row = (size_t)size[0] + 2, plane = row * (size_t)size[1];
    uint8_t *bytes = mem_big(2 * plane + row, 1, e);
    int32_t *lo = mem_array(2 * row, sizeof *lo, e);
    bool ok = bytes && lo && allocate(out, size[0], size[2], e);
    if (ok) {
        uint8_t *planes[2] = {bytes, bytes + plane};
        extents_of_planes(mask, size, planes, bytes + 2 * plane, lo, lo + row, out);
    }
    mem_big_free(bytes);
    free(lo);
    return ok;
}
