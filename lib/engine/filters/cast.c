#include "engine/filters/cast.h"

#include "base/simd.h"

#include <math.h>

/* cvttsd2si: truncation, the smallest value for everything that does not fit. */
static int32_t to_i32(double x)
{
    return x > -2147483649.0 && x < 2147483648.0 ? (int32_t)x : INT32_MIN;
}

static int64_t to_i64(double x)
{
    return x >= -0x1p63 && x < 0x1p63 ? (int64_t)x : INT64_MIN;
}

static uint32_t to_u32(double x)
{
    return x >= 0x1p31 ? (uint32_t)to_i32(x - 0x1p31) ^ UINT32_C(1) << 31 : (uint32_t)to_i32(x);
}

static uint64_t to_u64(double x)
{
    return x >= 0x1p63 ? (uint64_t)to_i64(x - 0x1p63) ^ UINT64_C(1) << 63 : (uint64_t)to_i64(x);
}

double cast_as_numpy(double x, enum pixel_type type)
{
    switch (type) {
    case PIXEL_U8:
        return (uint8_t)to_i32(x);
    case PIXEL_I8:
        return (int8_t)to_i32(x);
    case PIXEL_U16:
        return (uint16_t)to_i32(x);
    case PIXEL_I16:
        return (int16_t)to_i32(x);
    case PIXEL_U32:
        return to_u32(x);
    case PIXEL_I32:
        return to_i32(x);
    case PIXEL_U64:
        return (double)to_u64(x);
    case PIXEL_I64:
        return (double)to_i64(x);
    case PIXEL_F32:
        return (float)x;
    case PIXEL_F64:
        break;
    }
    return x;
}

/* Plain choices, so that a loop over it becomes vectors. */
SIMD_PART double rounded_into(double x, double lo, double hi)
{
    double up = floor(x + 0.5), down = ceil(x - 0.5), whole = x > 0 ? up : down;
    double most = whole < hi ? whole : hi, number = whole > lo ? most : lo;
    return whole == whole ? number : 0;
}

SIMD_CLONES_512 static void round_all(double *x, int64_t n, double lo, double hi)
{
    for (int64_t i = 0; i < n; i++)
        x[i] = rounded_into(x[i], lo, hi);
}

void cast_as_scipy(double *x, int64_t n, enum pixel_type type)
{
    double lo, hi;
    pixel_range(type, &lo, &hi);
    if (!pixel_is_float(type))
        round_all(x, n, lo, hi);
    for (int64_t i = 0; type == PIXEL_F32 && i < n; i++)
        x[i] = (float)x[i];
}
