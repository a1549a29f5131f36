#include "engine/load/label.h"

#include "base/mem.h"
#include "base/simd.h"

#include <math.h>
#include <string.h>

/* C's conversion to uint32 as x86-64 does it: by way of 64 bits, so that -1 becomes 4294967295. */
static inline uint32_t real_to_u32(double v)
{
    return fabs(v) < 9.2e18 ? (uint32_t)(int64_t)v : 0;
}
#define INTEGER(v) ((uint32_t)(v))
#define REAL(v)    real_to_u32((double)(v))

/* Three row kernels per pixel type: is the label there, mark its voxels, convert to uint32. */
#define KERNELS(T, U32)                                                                            \
    SIMD_CLONES_512 static bool any_##T(const void *row, int64_t n, uint32_t label)                \
    {                                                                                              \
        const T *p = row;                                                                          \
        int hit = 0;                                                                               \
        for (int64_t i = 0; i < n; i++)                                                            \
            hit |= U32(p[i]) == label;                                                             \
        return hit;                                                                                \
    }                                                                                              \
    SIMD_CLONES_512 static void mark_##T(const void *row, int64_t n, uint32_t label, uint8_t *out) \
    {                                                                                              \
        const T *p = row;                                                                          \
        for (int64_t i = 0; i < n; i++)                                                            \
            out[i] = U32(p[i]) == label;                                                           \
    }                                                                                              \
    SIMD_CLONES_512 static void widen_##T(const void *row, int64_t n, uint32_t *out)               \
    {                                                                                              \
        const T *p = row;                                                                          \
        for (int64_t i = 0; i < n; i++)                                                            \
            out[i] = U32(p[i]);                                                                    \
    }

KERNELS(uint8_t, INTEGER)
KERNELS(int8_t, INTEGER)
KERNELS(uint16_t, INTEGER)
KERNELS(int16_t, INTEGER)
KERNELS(uint32_t, INTEGER)
KERNELS(int32_t, INTEGER)
KERNELS(uint64_t, INTEGER)
KERNELS(int64_t, INTEGER)
KERNELS(float, REAL)
KERNELS(double, REAL)

#define ROW(T)                                                                                     \
    {                                                                                              \
        any_##T, mark_##T, widen_##T                                                               \
    }
static const struct {
    bool (*any)(const void *, int64_t, uint32_t);
    void (*mark)(const void *, int64_t, uint32_t, uint8_t *);
    void (*widen)(const void *, int64_t, uint32_t *);
} kernel[PIXEL_TYPES] = {
    [PIXEL_U8] = ROW(uint8_t),   [PIXEL_I8] = ROW(int8_t),    [PIXEL_U16] = ROW(uint16_t),
    [PIXEL_I16] = ROW(int16_t),  [PIXEL_U32] = ROW(uint32_t), [PIXEL_I32] = ROW(int32_t),
    [PIXEL_U64] = ROW(uint64_t), [PIXEL_I64] = ROW(int64_t),  [PIXEL_F32] = ROW(float),
    [PIXEL_F64] = ROW(double),
};

static const char *element(const struct volume *v, int64_t i)
{
    return (const char *)v->data + (size_t)i * pixel_size(v->type);
}

bool label_channel(struct volume *mask, int64_t channel, struct err *e)
{
    if (mask->channels == 1)
        return true;
    if (channel >= mask->channels)
        return err_set(e, ERR_REFUSED, "label_channel is %lld, but the mask has %d components",
                       (long long)channel, mask->channels);
    struct volume one;
    if (!volume_alloc(&one, &mask->grid, mask->type, e))
        return false;
    size_t size = pixel_size(mask->type);
    int64_t n = grid_voxels(&mask->grid);
    for (int64_t i = 0; i < n; i++)
        memcpy((char *)one.data + (size_t)i * size, element(mask, i * mask->channels + channel),
               size);
    volume_free(mask);
    *mask = one;
    return true;
}

/* Rows that hold the label, as a box that is not yet tight along x. */
static struct box rows_with(const struct volume *mask, uint32_t label)
{
    const int64_t *n = mask->grid.size;
    int64_t lo[2] = {INT64_MAX, INT64_MAX}, hi[2] = {-1, -1};
    for (int64_t z = 0; z < n[2]; z++) {
        if (!kernel[mask->type].any(element(mask, z * n[0] * n[1]), n[0] * n[1], label))
            continue;
        lo[1] = lo[1] < z ? lo[1] : z;
        hi[1] = z;
        for (int64_t y = 0; y < n[1]; y++) {
            if (y >= lo[0] && y <= hi[0])
                continue;
            if (!kernel[mask->type].any(element(mask, (z * n[1] + y) * n[0]), n[0], label))
                continue;
            lo[0] = lo[0] < y ? lo[0] : y;
            hi[0] = hi[0] > y ? hi[0] : y;
        }
    }
    if (hi[1] < 0)
        return (struct box){{0}};
    return (struct box){{0, lo[0], lo[1]}, {n[0], hi[0] - lo[0] + 1, hi[1] - lo[1] + 1}};
}

static bool no_label(const struct volume *mask, int64_t label, struct err *e)
{
    size_t bytes = (size_t)grid_voxels(&mask->grid) * pixel_size(mask->type);
    if (memcmp(mask->data, element(mask, 1), bytes - pixel_size(mask->type)) == 0)
        return err_set(e, ERR_REFUSED, "no labels found: the mask holds one value only (%g)",
                       volume_get(mask, 0));
    return err_set(e, ERR_REFUSED, "label %lld is not in the mask", (long long)label);
}

bool label_find(const struct volume *mask, int64_t label, struct label_mask *out, struct err *e)
{
    *out = (struct label_mask){.grid = mask->grid};
    if (label < 0 || label > UINT32_MAX)
        return no_label(mask, label, e);
    struct box rows = rows_with(mask, (uint32_t)label);
    int64_t voxels = box_voxels(&rows);
    if (voxels == 0)
        return no_label(mask, label, e);
    uint8_t *in = mem_big((size_t)voxels, 1, e);
    if (!in)
        return false;
    const int64_t *n = mask->grid.size;
    for (int64_t k = 0; k < rows.size[2]; k++)
        kernel[mask->type].mark(element(mask, ((rows.lo[2] + k) * n[1] + rows.lo[1]) * n[0]),
                                rows.size[1] * n[0], (uint32_t)label, in + k * rows.size[1] * n[0]);
    bool good = label_mask_from(out, &mask->grid, &rows, in, e);
    mem_big_free(in);
    return good;
}

bool label_select(const struct volume *mask, int64_t label, struct label_mask *out, struct err *e)
{
    bool good = label_find(mask, label, out, e);
    if (good && out->n_voxels == grid_voxels(&mask->grid)) {
        label_mask_free(out);
        return err_set(e, ERR_REFUSED, "no labels found: the mask holds one value only (%lld)",
                       (long long)label);
    }
    return good;
}

void label_widen(const struct volume *mask, int64_t from, int64_t n, uint32_t *out)
{
    kernel[mask->type].widen(element(mask, from), n, out);
}
