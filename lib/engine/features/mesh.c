#include "engine/features/mesh.h"

#include "base/mem.h"
#include "base/simd.h"

#include <math.h>
#include <string.h>

/* Triangles of the cells whose corner 7 is outside: three edge numbers each, in hexadecimal. The
 * other half of the cells are their complements with the orientation turned round (so ambiguous
 * cells are resolved by this half alone; specification 6.8 and appendix A). */
enum { CASES = 128 };
static const char *const triangles[CASES] = {
    "",
    "083",
    "019",
    "183.198",
    "12a",
    "083.12a",
    "029.2a9",
    "283.2a8.8a9",
    "23b",
    "08b.0b2",
    "019.23b",
    "19b.1b2.8b9",
    "13a.3ba",
    "08a.0a1.8ba",
    "039.3b9.9ba",
    "8a9.8ba",
    "478",
    "043.347",
    "019.478",
    "147.173.194",
    "12a.478",
    "043.12a.347",
    "029.2a9.478",
    "273.297.2a9.479",
    "23b.478",
    "042.24b.47b",
    "019.23b.478",
    "192.29b.47b.4b9",
    "13a.3ba.478",
    "041.14b.1ba.47b",
    "03b.0b9.478.9ba",
    "47b.4b9.9ba",
    "495",
    "083.495",
    "015.054",
    "153.358.485",
    "12a.495",
    "083.12a.495",
    "024.254.2a5",
    "253.2a5.348.354",
    "23b.495",
    "08b.0b2.495",
    "015.054.23b",
    "152.258.28b.485",
    "13a.3ba.495",
    "081.18a.495.8ba",
    "03b.054.0b5.5ba",
    "485.58a.8ba",
    "579.789",
    "093.357.395",
    "017.078.157",
    "153.357",
    "12a.579.789",
    "053.095.12a.357",
    "028.258.2a5.578",
    "253.2a5.357",
    "23b.579.789",
    "092.27b.297.579",
    "018.157.178.23b",
    "157.17b.1b2",
    "13a.3ba.578.589",
    "057.07b.095.0a1.0ba",
    "03b.057.078.0a5.0ba",
    "57b.5ba",
    "5a6",
    "083.5a6",
    "019.5a6",
    "183.198.5a6",
    "126.165",
    "083.126.165",
    "026.069.596",
    "258.265.283.598",
    "23b.5a6",
    "08b.0b2.5a6",
    "019.23b.5a6",
    "192.29b.5a6.8b9",
    "135.365.3b6",
    "051.08b.0b5.5b6",
    "036.059.065.3b6",
    "596.69b.8b9",
    "478.5a6",
    "043.347.5a6",
    "019.478.5a6",
    "173.197.479.5a6",
    "126.165.478",
    "043.125.265.347",
    "026.059.065.478",
    "269.293.397.479.596",
    "23b.478.5a6",
    "042.247.27b.5a6",
    "019.23b.478.5a6",
    "192.29b.47b.4b9.5a6",
    "135.3b5.478.5b6",
    "04b.0b1.1b5.47b.5b6",
    "036.059.065.3b6.478",
    "479.596.69b.7b9",
    "49a.4a6",
    "083.49a.4a6",
    "01a.064.0a6",
    "168.183.1a6.486",
    "124.149.264",
    "083.129.249.264",
    "024.264",
    "248.264.283",
    "23b.49a.4a6",
    "082.28b.49a.4a6",
    "016.064.1a6.23b",
    "148.164.18b.1a6.1b2",
    "139.369.3b6.496",
    "081.149.164.18b.1b6",
    "036.064.3b6",
    "486.68b",
    "67a.78a.89a",
    "073.09a.0a7.67a",
    "018.178.1a7.67a",
    "173.1a7.67a",
    "126.168.189.678",
    "093.129.269.397.679",
    "026.067.078",
    "267.273",
    "23b.678.68a.89a",
    "072.097.27b.67a.79a",
    "018.178.1a7.23b.67a",
    "167.17b.1a6.1b2",
    "136.169.3b6.678.689",
    "091.67b",
    "03b.067.078.0b6",
    "67b",
};

/* Middle of edge 0..11, in half voxels from the cell's origin; x, y, z. */
static const int edge_middle[12][3] = {
    {1, 0, 0}, {2, 1, 0}, {1, 2, 0}, {0, 1, 0}, {1, 0, 2}, {2, 1, 2},
    {1, 2, 2}, {0, 1, 2}, {0, 0, 1}, {2, 0, 1}, {2, 2, 1}, {0, 2, 1},
};

/* How often every cell occurs and where: all that area and volume need, in exact integers. */
struct cell_census {
    int64_t count[256];
    int64_t at[256][3]; /* sums of the cells' origins; x, y, z */
};

/* A row of cells from the four rows of voxels at its edges (y, z offsets 0 and 1); n cells, n + 1
 * voxels. Corner bits 0..7 are (x, y, z) = 000 100 110 010 001 101 111 011. */
SIMD_CLONES_512 static void cell_row(const uint8_t *restrict r00, const uint8_t *restrict r10,
                                     const uint8_t *restrict r01, const uint8_t *restrict r11,
                                     int64_t n, uint8_t *restrict cell)
{
    for (int64_t x = 0; x < n; x++) {
        unsigned here = r00[x] | r10[x] << 3 | r01[x] << 4 | r11[x] << 7;
        unsigned next = r00[x + 1] << 1 | r10[x + 1] << 2 | r01[x + 1] << 5 | r11[x + 1] << 6;
        cell[x] = (uint8_t)(here | next);
    }
}

/* Most cells are all inside or all outside: eight at a time are passed over. cell[] is readable up
 * to the next multiple of eight, and zero there. */
static void census_row(const uint8_t *cell, int64_t n, int64_t y, int64_t z, struct cell_census *c)
{
    for (int64_t x0 = 0; x0 < n; x0 += 8) {
        uint64_t word;
        memcpy(&word, cell + x0, sizeof word);
        if (word == 0 || word == UINT64_MAX)
            continue;
        for (int64_t x = x0; x < x0 + 8; x++) {
            c->count[cell[x]]++;
            c->at[cell[x]][0] += x;
            c->at[cell[x]][1] += y;
            c->at[cell[x]][2] += z;
        }
    }
}

/* Two planes of voxels with a border of zeros, and one row of cells. */
struct slab {
    int64_t row, rows; /* bytes of a padded row, padded rows of a plane */
    uint8_t *plane[2];
    uint8_t *cell;
};

static void load_plane(const struct slab *s, uint8_t *plane, const uint8_t *mask,
                       const int64_t size[3], int64_t z)
{
    if (z < 0 || z >= size[2]) {
        memset(plane, 0, (size_t)(s->row * s->rows));
        return;
    }
    for (int64_t y = 0; y < size[1]; y++)
        memcpy(plane + (y + 1) * s->row + 1, mask + (z * size[1] + y) * size[0], (size_t)size[0]);
}

/* Cell (x, y, z) has its origin at voxel (x, y, z) of the padded mask. */
static void take_census(const uint8_t *mask, const int64_t size[3], struct slab *s,
                        struct cell_census *c)
{
    for (int64_t z = 0; z <= size[2]; z++) {
        uint8_t *lower = s->plane[z % 2], *upper = s->plane[(z + 1) % 2];
        load_plane(s, upper, mask, size, z);
        for (int64_t y = 0; y <= size[1]; y++) {
            int64_t at = y * s->row, above = at + s->row;
            cell_row(lower + at, lower + above, upper + at, upper + above, size[0] + 1, s->cell);
            census_row(s->cell, size[0] + 1, y, z, c);
        }
    }
}

struct vec {
    double x, y, z;
};

static struct vec vec_sub(struct vec a, struct vec b)
{
    return (struct vec){a.x - b.x, a.y - b.y, a.z - b.z};
}

static struct vec vec_cross(struct vec a, struct vec b)
{
    return (struct vec){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

static double vec_dot(struct vec a, struct vec b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static struct vec vertex(char edge, const double mm[3])
{
    const int *m = edge_middle[edge <= '9' ? edge - '0' : edge - 'a' + 10];
    return (struct vec){0.5 * m[0] * mm[0], 0.5 * m[1] * mm[1], 0.5 * m[2] * mm[2]};
}

/* Adds n cells of one kind whose origins sum up to `at` millimetres. A triangle (a, b, c) moved by
 * p spans, with the origin of space, six times the volume  det(a, b, c) + p . ((b - a) x (c - a)):
 * linear in p, so that the sum of the positions is enough. */
static void add_cells(const char *t, double n, struct vec at, double sign, const double mm[3],
                      struct mesh *out)
{
    for (; *t; t += t[3] ? 4 : 3) {
        /* the orientation of the table is that of (z, y, x) axes */
        struct vec a = vertex(t[2], mm), b = vertex(t[1], mm), c = vertex(t[0], mm);
        struct vec normal = vec_cross(vec_sub(b, a), vec_sub(c, a));
        double det = vec_dot(vec_cross(a, b), c);
        out->volume_mm3 += sign * (n * det + vec_dot(at, normal)) / 6;
        out->area_mm2 += n * sqrt(vec_dot(normal, normal)) / 2;
    }
}

static struct mesh sum_up(const struct cell_census *c, const double mm[3])
{
    struct mesh m = {0, 0};
    for (int i = 1; i < 255; i++) {
        if (c->count[i] == 0)
            continue;
        struct vec at = {(double)c->at[i][0] * mm[0], (double)c->at[i][1] * mm[1],
                         (double)c->at[i][2] * mm[2]};
        bool turned = i >= CASES;
        add_cells(triangles[turned ? i ^ 255 : i], (double)c->count[i], at, turned ? -1 : 1, mm,
                  &m);
    }
    return m;
}

bool mesh_measure(const uint8_t *mask, const int64_t size[3], const double spacing_mm[3],
                  struct mesh *out, struct err *e)
{
    struct slab s = {.row = size[0] + 2, .rows = size[1] + 2};
    size_t plane = (size_t)(s.row * s.rows), cells = (size_t)(size[0] + 1 + 8);
    uint8_t *memory = mem_big(2 * plane + cells, 1, e);
    if (!memory)
        return false;
    s.plane[0] = memory;
    s.plane[1] = memory + plane;
    s.cell = memory + 2 * plane;
    struct cell_census census = {0};
    take_census(mask, size, &s, &census);
    mem_big_free(memory);
    *out = sum_up(&census, spacing_mm);
    return true;
}
