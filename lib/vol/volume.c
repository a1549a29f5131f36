#include "vol/volume.h"

#include "base/host.h"
#include "base/mem.h"
#include "base/simd.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const struct {
    const char *name;
    size_t size;
    double lo, hi;
} pixel[PIXEL_TYPES] = {
    [PIXEL_U8] = {"uint8", 1, 0, 255},
    [PIXEL_I8] = {"int8", 1, -128, 127},
    [PIXEL_U16] = {"uint16", 2, 0, 65535},
    [PIXEL_I16] = {"int16", 2, -32768, 32767},
    [PIXEL_U32] = {"uint32", 4, 0, 4294967295.0},
    [PIXEL_I32] = {"int32", 4, -2147483648.0, 2147483647.0},
    [PIXEL_U64] = {"uint64", 8, 0, 18446744073709551615.0},
    [PIXEL_I64] = {"int64", 8, -9223372036854775808.0, 9223372036854775807.0},
    [PIXEL_F32] = {"float32", 4, -FLT_MAX, FLT_MAX},
    [PIXEL_F64] = {"float64", 8, -DBL_MAX, DBL_MAX},
};

size_t pixel_size(enum pixel_type type)
{
    return pixel[type].size;
}

const char *pixel_name(enum pixel_type type)
{
    return pixel[type].name;
}

bool pixel_is_float(enum pixel_type type)
{
    return type == PIXEL_F32 || type == PIXEL_F64;
}

void pixel_range(enum pixel_type type, double *lo, double *hi)
{
    *lo = pixel[type].lo;
    *hi = pixel[type].hi;
}

bool volume_alloc(struct volume *v, const struct grid *g, enum pixel_type type, struct err *e)
{
    *v = (struct volume){.grid = *g, .type = type, .channels = 1};
    v->data = mem_big((size_t)grid_voxels(g), pixel_size(type), e);
    return v->data != NULL;
}

void volume_free(struct volume *v)
{
    if (v->mapping)
        host_unmap(v->mapping, v->mapping_bytes);
    else if (!v->borrowed)
        mem_big_free(v->data);
    *v = (struct volume){0};
}

/* One loop per pixel type, so that the type is decided once per run of voxels. */
#define WITH_TYPE(type, DO)                                                                        \
    switch (type) {                                                                                \
    case PIXEL_U8:                                                                                 \
        DO(uint8_t) break;                                                                         \
    case PIXEL_I8:                                                                                 \
        DO(int8_t) break;                                                                          \
    case PIXEL_U16:                                                                                \
        DO(uint16_t) break;                                                                        \
    case PIXEL_I16:                                                                                \
        DO(int16_t) break;                                                                         \
    case PIXEL_U32:                                                                                \
        DO(uint32_t) break;                                                                        \
    case PIXEL_I32:                                                                                \
        DO(int32_t) break;                                                                         \
    case PIXEL_U64:                                                                                \
        DO(uint64_t) break;                                                                        \
    case PIXEL_I64:                                                                                \
        DO(int64_t) break;                                                                         \
    case PIXEL_F32:                                                                                \
        DO(float) break;                                                                           \
    case PIXEL_F64:                                                                                \
        DO(double) break;                                                                          \
    }

double volume_get(const struct volume *v, int64_t i)
{
    double value = 0;
#define DO(T) value = (double)((const T *)v->data)[i];
    WITH_TYPE(v->type, DO)
#undef DO
    return value;
}

SIMD_CLONES_512
static void widen_box(const struct volume *v, const struct box *b, double *restrict out)
{
    const int64_t *n = v->grid.size, width = b->size[0], rows = b->size[1] * b->size[2];
#define DO(T)                                                                                      \
    for (int64_t r = 0; r < rows; r++, out += width) {                                             \
        int64_t y = b->lo[1] + r % b->size[1], z = b->lo[2] + r / b->size[1];                      \
        const T *p = (const T *)v->data + (z * n[1] + y) * n[0] + b->lo[0];                        \
        for (int64_t i = 0; i < width; i++)                                                        \
            out[i] = (double)p[i];                                                                 \
    }
    WITH_TYPE(v->type, DO)
#undef DO
}

void volume_read_box(const struct volume *v, const struct box *b, double *out)
{
    widen_box(v, b, out);
}

void volume_write(struct volume *v, int64_t from, int64_t n, const double *value)
{
    double lo, hi;
    pixel_range(v->type, &lo, &hi);
    if (!pixel_is_float(v->type) && pixel_size(v->type) == 8)
        hi = nextafter(hi, 0); /* the maximum itself is no double */
#define DO(T)                                                                                      \
    {                                                                                              \
        T *p = (T *)v->data + from;                                                                \
        for (int64_t i = 0; i < n; i++)                                                            \
            p[i] = (T)(value[i] < lo ? lo : value[i] > hi ? hi : value[i]);                        \
    }
    WITH_TYPE(v->type, DO)
#undef DO
}
