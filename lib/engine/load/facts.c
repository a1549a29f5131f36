#include "engine/load/facts.h"

#include "base/sha1.h"
#include "io/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A piece is small enough for 32-bit sums of 16-bit voxels, and stays in the cache between the
 * digest and the statistics. */
enum { PIECE = 16384, LANES = 8, RELEASE_BYTES = 4 << 20 };

struct totals {
    double minimum, maximum, sum;
};

/* Integer types: exact partial sums of the piece in ACC. */
#define INTEGER_PIECE(T, ACC)                                                                      \
    static void piece_##T(const void *data, int64_t n, struct totals *t)                           \
    {                                                                                              \
        const T *p = data;                                                                         \
        T lo = p[0], hi = p[0];                                                                    \
        ACC sum = 0;                                                                               \
        for (int64_t i = 0; i < n; i++) {                                                          \
            lo = p[i] < lo ? p[i] : lo;                                                            \
            hi = p[i] > hi ? p[i] : hi;                                                            \
            sum += (ACC)p[i];                                                                      \
        }                                                                                          \
        t->minimum = (double)lo < t->minimum ? (double)lo : t->minimum;                            \
        t->maximum = (double)hi > t->maximum ? (double)hi : t->maximum;                            \
        t->sum += (double)sum;                                                                     \
    }

/* Real types: one layout of eight lanes, whatever the register width. */
#define REAL_PIECE(T)                                                                              \
    static void piece_##T(const void *data, int64_t n, struct totals *t)                           \
    {                                                                                              \
        const T *p = data;                                                                         \
        double sum[LANES] = {0};                                                                   \
        T lo = (T)t->minimum, hi = (T)t->maximum;                                                  \
        int64_t whole = n - n % LANES;                                                             \
        for (int64_t i = 0; i < whole; i += LANES)                                                 \
            for (int k = 0; k < LANES; k++)                                                        \
                sum[k] += (double)p[i + k];                                                        \
        for (int64_t i = whole; i < n; i++)                                                        \
            sum[i - whole] += (double)p[i];                                                        \
        for (int64_t i = 0; i < n; i++) {                                                          \
            lo = p[i] < lo ? p[i] : lo;                                                            \
            hi = p[i] > hi ? p[i] : hi;                                                            \
        }                                                                                          \
        t->minimum = (double)lo;                                                                   \
        t->maximum = (double)hi;                                                                   \
        t->sum +=                                                                                  \
            ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));     \
    }

INTEGER_PIECE(uint8_t, uint32_t)
INTEGER_PIECE(int8_t, int32_t)
INTEGER_PIECE(uint16_t, uint32_t)
INTEGER_PIECE(int16_t, int32_t)
INTEGER_PIECE(uint32_t, uint64_t)
INTEGER_PIECE(int32_t, int64_t)
INTEGER_PIECE(uint64_t, double)
INTEGER_PIECE(int64_t, double)
REAL_PIECE(float)
REAL_PIECE(double)

static void (*const piece[PIXEL_TYPES])(const void *, int64_t, struct totals *) = {
    [PIXEL_U8] = piece_uint8_t,   [PIXEL_I8] = piece_int8_t,    [PIXEL_U16] = piece_uint16_t,
    [PIXEL_I16] = piece_int16_t,  [PIXEL_U32] = piece_uint32_t, [PIXEL_I32] = piece_int32_t,
    [PIXEL_U64] = piece_uint64_t, [PIXEL_I64] = piece_int64_t,  [PIXEL_F32] = piece_float,
    [PIXEL_F64] = piece_double,
};

/* Gives back the pages of a mapped file up to `end`: they are in the page cache, and peak memory
 * must follow the ROI, not the image. Returns where the next release starts. */
static const char *release(const struct volume *v, const char *from, const char *end)
{
    if (!v->mapping || end - from < RELEASE_BYTES)
        return from;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t lo = ((uintptr_t)from + page - 1) / page * page, hi = (uintptr_t)end / page * page;
    if (hi > lo)
        madvise((void *)lo, hi - lo, MADV_DONTNEED);
    return (const char *)hi;
}

void facts_of_image(const struct volume *image, bool hash, struct file_facts *out)
{
    struct totals t = {INFINITY, -INFINITY, 0};
    struct sha1 s;
    sha1_init(&s);
    size_t size = pixel_size(image->type);
    int64_t n = grid_voxels(&image->grid);
    const char *data = image->data, *kept = data;
    for (int64_t i = 0; i < n; i += PIECE) {
        int64_t count = n - i < PIECE ? n - i : PIECE;
        const char *at = data + (size_t)i * size;
        if (hash)
            sha1_add(&s, at, (size_t)count * size);
        piece[image->type](at, count, &t);
        kept = release(image, kept, at);
    }
    out->has_stats = true;
    out->stats = (struct value_stats){t.minimum, t.maximum, t.sum / (double)n};
    out->sha1[0] = '\0';
    if (hash)
        sha1_hex(&s, out->sha1);
}

struct value_stats value_stats_of(const double *value, const uint8_t *in, int64_t n)
{
    double lo = INFINITY, hi = -INFINITY, sum[LANES] = {0};
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++) {
        if (in && !in[i])
            continue;
        lo = value[i] < lo ? value[i] : lo;
        hi = value[i] > hi ? value[i] : hi;
        sum[count++ % LANES] += value[i];
    }
    double total =
        ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
    return (struct value_stats){lo, hi, total / (double)count};
}

bool facts_read(const char *path, struct file_facts *out, struct err *e)
{
    json_t *root = json_read(path, e);
    if (!root)
        return false;
    out->has_stats = json_get_real(root, "minimum", &out->stats.minimum) &&
                     json_get_real(root, "maximum", &out->stats.maximum) &&
                     json_get_real(root, "mean", &out->stats.mean);
    snprintf(out->sha1, sizeof out->sha1, "%s",
             json_get_text(json_object_get(root, "digests"), "sha1", ""));
    json_decref(root);
    return true;
}
