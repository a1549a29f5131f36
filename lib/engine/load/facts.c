#include "engine/load/facts.h"

#include "base/host.h"
#include "base/sha1.h"
#include "base/simd.h"
#include "base/sum.h"
#include "engine/load/label.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A piece is small enough for 32-bit sums of 16-bit voxels, and stays in the cache between the
 * digest and the statistics. */
enum { PIECE_BYTES = 65536, LANES = 8, RELEASE_BYTES = 4 << 20 };

struct totals {
    double minimum, maximum, sum, lost;
};

/* Integer types: exact partial sums of the piece in ACC. */
#define INTEGER_PIECE(T, ACC)                                                                      \
    SIMD_CLONES_512 static void piece_##T(const void *data, int64_t n, struct totals *t)           \
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
        t->sum = sum_add(t->sum, (double)sum, &t->lost);                                           \
    }

typedef float float_quad __attribute__((vector_size(16)));
typedef double double_quad __attribute__((vector_size(32)));

/* Running results of real types: eight lanes, whatever the register width. */
struct lanes {
    double minimum[LANES], maximum[LANES], sum[LANES], lost[LANES];
};

static void add_real(struct totals *t, double v)
{
    t->minimum = v < t->minimum ? v : t->minimum;
    t->maximum = v > t->maximum ? v : t->maximum;
    t->sum = sum_add(t->sum, v, &t->lost);
}

static void add_lanes(struct totals *t, const struct lanes *a)
{
    for (int k = 0; k < LANES; k++) {
        t->minimum = a->minimum[k] < t->minimum ? a->minimum[k] : t->minimum;
        t->maximum = a->maximum[k] > t->maximum ? a->maximum[k] : t->maximum;
        t->sum = sum_add(t->sum, a->sum[k], &t->lost);
        t->lost += a->lost[k];
    }
}

#define REAL_PIECE(T)                                                                              \
    SIMD_CLONES_512 static void piece_##T(const void *data, int64_t n, struct totals *t)           \
    {                                                                                              \
        const T *p = data;                                                                         \
        quad sum[QUADS] = {0}, lost[QUADS] = {0}, lo[QUADS], hi[QUADS];                            \
        struct lanes a;                                                                            \
        int64_t whole = n - n % LANES;                                                             \
        for (int q = 0; q < QUADS; q++) {                                                          \
            lo[q] = (quad){0} + t->minimum;                                                        \
            hi[q] = (quad){0} + t->maximum;                                                        \
        }                                                                                          \
        for (int64_t i = 0; i < whole; i += LANES)                                                 \
            for (int q = 0; q < QUADS; q++) {                                                      \
                T##_quad stored;                                                                   \
                QUAD_LOAD(stored, p + i + q * QUAD);                                               \
                quad v = __builtin_convertvector(stored, quad);                                    \
                lo[q] = QUAD_CHOOSE(v < lo[q], v, lo[q]);                                          \
                hi[q] = QUAD_CHOOSE(v > hi[q], v, hi[q]);                                          \
                SUM_ADD(quad, sum[q], v, lost[q]);                                                 \
            }                                                                                      \
        memcpy(a.minimum, lo, sizeof lo), memcpy(a.maximum, hi, sizeof hi);                        \
        memcpy(a.sum, sum, sizeof sum), memcpy(a.lost, lost, sizeof lost);                         \
        add_lanes(t, &a);                                                                          \
        for (int64_t i = whole; i < n; i++)                                                        \
            add_real(t, (double)p[i]);                                                             \
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

/* A mean that is no number although all values between minimum and maximum are finite: there is a
 * NaN, which comparisons passed over. As in NumPy, it then is minimum and maximum, too. */
static struct value_stats stats_of(double minimum, double maximum, double sum, int64_t n)
{
    double mean = sum / (double)n;
    bool hidden = isnan(mean) && isfinite(minimum) && isfinite(maximum);
    return (struct value_stats){hidden ? mean : minimum, hidden ? mean : maximum, mean};
}

/* Gives back the pages of a mapped file up to `end`: they are in the page cache, and peak memory
 * must follow the ROI, not the image. Returns where the next release starts. */
static const char *release(const struct volume *v, const char *from, const char *end)
{
    if (!v->mapping || end - from < RELEASE_BYTES)
        return from;
    return host_release(from, end);
}

/* A volume that is walked piece by piece; `widened` bytes a voxel reach the digest. */
struct walk {
    const struct volume *volume; /* NULL: nothing to walk */
    size_t widened;
    int64_t at, voxels;
    const char *kept;
    struct sha1 digest;
};

static struct walk walk_over(const struct volume *v, size_t widened)
{
    struct walk w = {.volume = v, .widened = widened};
    sha1_init(&w.digest);
    if (v) {
        w.kept = v->data;
        w.voxels = grid_voxels(&v->grid);
    }
    return w;
}

/* Bytes before the first that is not zero. */
static size_t leading_zeros(const char *data, size_t n)
{
    size_t at = 0;
    for (uint64_t any = 0; at + 64 <= n && !any; at += any ? 0 : 64)
        for (size_t i = 0; i < 64; i += sizeof any) {
            uint64_t word;
            memcpy(&word, data + at + i, sizeof word);
            any |= word;
        }
    return at;
}

/* The zeros in front of a region need not be walked over. */
static void skip_zeros(struct walk *w)
{
    size_t voxel = pixel_size(w->volume->type);
    uint64_t zeros = leading_zeros(w->volume->data, (size_t)w->voxels * voxel) / voxel;
    w->at = (int64_t)(sha1_init_zeros(&w->digest, zeros * w->widened) / w->widened);
}

/* The next piece: its first voxel, or NULL at the end; *n voxels. */
static const char *walk_next(struct walk *w, int64_t *n)
{
    int64_t most = w->widened ? PIECE_BYTES / (int64_t)w->widened : 0;
    *n = w->voxels - w->at < most ? w->voxels - w->at : most;
    if (*n == 0)
        return NULL;
    const char *piece_start =
        (const char *)w->volume->data + (size_t)w->at * pixel_size(w->volume->type);
    w->kept = release(w->volume, w->kept, piece_start);
    w->at += *n;
    return piece_start;
}

static void digest_pieces(struct walk *a, const void *from_a, int64_t n_a, struct walk *b,
                          const void *from_b, int64_t n_b)
{
    size_t bytes_a = (size_t)n_a * a->widened, bytes_b = (size_t)n_b * b->widened;
    if (bytes_a == bytes_b) {
        sha1_add_pair(&a->digest, from_a, &b->digest, from_b, bytes_a);
        return;
    }
    sha1_add(&a->digest, from_a, bytes_a);
    sha1_add(&b->digest, from_b, bytes_b);
}

void facts_of_files(const struct volume *image, const struct volume *mask,
                    struct file_facts *of_image, char mask_sha1[41])
{
    uint32_t wide[PIECE_BYTES / sizeof(uint32_t)];
    struct totals t = {.minimum = INFINITY, .maximum = -INFINITY};
    struct walk a = walk_over(image, image ? pixel_size(image->type) : 0);
    struct walk b = walk_over(mask, mask ? sizeof *wide : 0);
    if (mask)
        skip_zeros(&b);
    for (;;) {
        int64_t n_a, n_b;
        const char *from_a = walk_next(&a, &n_a), *from_b = walk_next(&b, &n_b);
        if (!from_a && !from_b)
            break;
        if (from_a)
            piece[image->type](from_a, n_a, &t);
        if (from_b)
            label_widen(mask, b.at - n_b, n_b, wide);
        digest_pieces(&a, from_a, n_a, &b, wide, n_b);
    }
    if (image) {
        of_image->has_stats = true;
        of_image->stats = stats_of(t.minimum, t.maximum, sum_total(t.sum, t.lost), a.voxels);
        sha1_hex(&a.digest, of_image->sha1);
    }
    if (mask)
        sha1_hex(&b.digest, mask_sha1);
}

struct value_stats stats_of_volume(const struct volume *v)
{
    struct totals t = {.minimum = INFINITY, .maximum = -INFINITY};
    struct walk w = walk_over(v, pixel_size(v->type));
    const char *from;
    int64_t n;
    while ((from = walk_next(&w, &n)))
        piece[v->type](from, n, &t);
    return stats_of(t.minimum, t.maximum, sum_total(t.sum, t.lost), w.voxels);
}

struct value_stats stats_of_values(const double *value, const uint8_t *in, int64_t n)
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
    return stats_of(lo, hi, total, count);
}
