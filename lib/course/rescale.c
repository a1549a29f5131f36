#include "course/rescale.h"

#include "base/simd.h"
#include "base/sum.h"
#include "course/stored.h"

#include <math.h>
#include <string.h>

/* The work is done in pieces that fit the first-level cache. */
enum { PIECE = 4096 };

struct tally rescale_tally(void)
{
    return (struct tally){.minimum = INFINITY, .maximum = -INFINITY};
}

double tally_mean(const struct tally *t)
{
    return ((double)t->whole_sum + t->sum + t->lost) / (double)t->n;
}

static void note_integers(struct tally *t, size_t n, int64_t lo, int64_t hi, int64_t sum)
{
    t->minimum = fmin(t->minimum, (double)lo);
    t->maximum = fmax(t->maximum, (double)hi);
    t->whole_sum += sum;
    t->n += (int64_t)n;
}

/* a * v + b in place, where no value can leave int32. */
SIMD_CLONES static void narrow(int32_t *restrict v, size_t n, int32_t a, int32_t b, struct tally *t)
{
    int32_t lo = INT32_MAX, hi = INT32_MIN;
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        int32_t x = a * v[i] + b;
        lo = x < lo ? x : lo;
        hi = x > hi ? x : hi;
        v[i] = x;
    }
    for (size_t i = 0; i < n; i++)
        sum += v[i];
    note_integers(t, n, lo, hi, sum);
}

/* The same from samples of 16 bits to voxels of 16, in one go, which is what nearly every CT is
 * made of. The sum of a piece fits 32 bits when its voxels fit 16. */
SIMD_CLONES static void narrow_16(int16_t *v, size_t n, struct sample_bits bits, int32_t a,
                                  int32_t b, struct tally *t)
{
    int32_t lo = INT32_MAX, hi = INT32_MIN;
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        int32_t x = a * sample_cut((uint16_t)v[i], bits) + b;
        lo = x < lo ? x : lo;
        hi = x > hi ? x : hi;
        sum += (uint32_t)x;
        v[i] = (int16_t)x;
    }
    note_integers(t, n, lo, hi, (int32_t)sum);
}

/* The same where it might; false when one does. */
static bool wide(int32_t *v, size_t n, int64_t a, int64_t b, struct tally *t)
{
    int64_t lo = INT64_MAX, hi = INT64_MIN, sum = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t x = a * v[i] + b;
        if (x < INT32_MIN || x > INT32_MAX)
            return false;
        lo = x < lo ? x : lo;
        hi = x > hi ? x : hi;
        sum += x;
        v[i] = (int32_t)x;
    }
    note_integers(t, n, lo, hi, sum);
    return true;
}

SIMD_CLONES static void store(const int32_t *restrict v, size_t n, enum pixel_type type,
                              void *restrict out)
{
    int16_t *small = out;
    int32_t *large = out;
    if (type == PIXEL_I16)
        for (size_t i = 0; i < n; i++)
            small[i] = (int16_t)v[i];
    else
        for (size_t i = 0; i < n; i++)
            large[i] = v[i];
}

/* The integer line of one header's samples. */
struct line {
    const struct dicom_header *header;
    struct sample_bits bits;
    int64_t slope, intercept;
    bool safe; /* no value can leave int32 */
    size_t sample, voxel;
    enum pixel_type type;
};

/* A piece of at most PIECE samples; false when a value leaves int32. */
static bool make_piece(const struct line *l, const char *raw, size_t n, char *out, struct tally *t)
{
    int32_t v[PIECE];
    if (l->safe && l->sample == sizeof(uint16_t) && l->type == PIXEL_I16) {
        if (out != raw)
            memcpy(out, raw, n * l->sample);
        narrow_16((int16_t *)out, n, l->bits, (int32_t)l->slope, (int32_t)l->intercept, t);
        return true;
    }
    if (!stored_to_int(l->header, raw, n, v))
        return false;
    if (l->safe)
        narrow(v, n, (int32_t)l->slope, (int32_t)l->intercept, t);
    else if (!wide(v, n, l->slope, l->intercept, t))
        return false;
    store(v, n, l->type, out);
    return true;
}

bool rescale_integers(const struct dicom_header *h, const void *raw, size_t n, double slope,
                      double intercept, enum pixel_type type, void *out, struct tally *t)
{
    const struct line l = {.header = h,
                           .bits = sample_bits(h),
                           .slope = (int64_t)slope,
                           .intercept = (int64_t)intercept,
                           .safe = ldexp(fabs(slope), (int)h->bits_stored) + fabs(intercept) <
                                   INT32_MAX,
                           .sample = (size_t)h->bits_allocated / 8,
                           .voxel = pixel_size(type),
                           .type = type};
    double lo, hi;
    pixel_range(type, &lo, &hi);
    for (size_t at = 0; at < n; at += PIECE) {
        size_t k = n - at < PIECE ? n - at : PIECE;
        if (!make_piece(&l, (const char *)raw + at * l.sample, k, (char *)out + at * l.voxel, t) ||
            t->minimum < lo || t->maximum > hi)
            return false;
    }
    return true;
}

static void note_real(struct tally *t, double v)
{
    t->sum = sum_add(t->sum, v, &t->lost);
    t->minimum = fmin(t->minimum, v);
    t->maximum = fmax(t->maximum, v);
    t->n++;
}

bool rescale_reals(const struct dicom_header *h, const void *raw, size_t n, double slope,
                   double intercept, double factor, enum pixel_type type, void *out,
                   struct tally *t)
{
    const size_t sample = (size_t)h->bits_allocated / 8;
    for (size_t at = 0; at < n; at += PIECE) {
        double v[PIECE];
        size_t k = n - at < PIECE ? n - at : PIECE;
        stored_to_double(h, (const char *)raw + at * sample, k, v);
        for (size_t i = 0; i < k; i++) {
            double value = (slope * v[i] + intercept) * factor;
            if (type == PIXEL_F32)
                value = ((float *)out)[at + i] = (float)value;
            else
                ((double *)out)[at + i] = value;
            if (!isfinite(value))
                return false;
            note_real(t, value);
        }
    }
    return true;
}

static int64_t integer_at(const void *v, size_t i, enum pixel_type type)
{
    return type == PIXEL_I16 ? ((const int16_t *)v)[i] : ((const int32_t *)v)[i];
}

static double real_at(const void *v, size_t i, enum pixel_type type)
{
    return type == PIXEL_F32 ? (double)((const float *)v)[i] : ((const double *)v)[i];
}

/* Few planes need this: it is written for clarity, not for speed. */
void rescale_mean(const void *a, const void *b, size_t n, enum pixel_type type, void *out,
                  struct tally *t)
{
    for (size_t i = 0; i < n; i++) {
        if (pixel_is_float(type)) {
            double mean = real_at(a, i, type) / 2 + real_at(b, i, type) / 2;
            if (type == PIXEL_F32)
                mean = ((float *)out)[i] = (float)mean;
            else
                ((double *)out)[i] = mean;
            note_real(t, mean);
            continue;
        }
        const int64_t mean = llrint((double)(integer_at(a, i, type) + integer_at(b, i, type)) / 2);
        if (type == PIXEL_I16)
            ((int16_t *)out)[i] = (int16_t)mean;
        else
            ((int32_t *)out)[i] = (int32_t)mean;
        note_integers(t, 1, mean, mean, mean);
    }
}
