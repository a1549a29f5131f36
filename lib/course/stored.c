#include "course/stored.h"

#include "base/simd.h"

#include <string.h>

SIMD_CLONES static void cut_8(const uint8_t *restrict p, size_t n, struct sample_bits b,
                              int32_t *restrict out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = sample_cut(p[i], b);
}

SIMD_CLONES static void cut_16(const uint16_t *restrict p, size_t n, struct sample_bits b,
                               int32_t *restrict out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = sample_cut(p[i], b);
}

bool stored_to_int(const struct dicom_header *h, const void *raw, size_t n, int32_t *out)
{
    const struct sample_bits b = sample_bits(h);
    if (h->bits_allocated == 8) {
        cut_8(raw, n, b, out);
    } else if (h->bits_allocated == 16) {
        cut_16(raw, n, b, out);
    } else {
        const uint32_t *p = raw;
        int32_t all = 0;
        for (size_t i = 0; i < n; i++) {
            out[i] = sample_cut(p[i], b);
            all |= out[i];
        }
        return h->is_signed || all >= 0;
    }
    return true;
}

static uint32_t sample_at(const struct dicom_header *h, const void *raw, size_t i)
{
    return h->bits_allocated == 8    ? ((const uint8_t *)raw)[i]
           : h->bits_allocated == 16 ? ((const uint16_t *)raw)[i]
                                     : ((const uint32_t *)raw)[i];
}

void stored_to_double(const struct dicom_header *h, const void *raw, size_t n, double *out)
{
    if (h->sample == DICOM_SAMPLE_F32) {
        const float *p = raw;
        for (size_t i = 0; i < n; i++)
            out[i] = p[i];
    } else if (h->sample == DICOM_SAMPLE_F64) {
        memcpy(out, raw, n * sizeof *out);
    } else if (h->bits_allocated == 32 && !h->is_signed) {
        const uint32_t *p = raw;
        const struct sample_bits b = sample_bits(h);
        for (size_t i = 0; i < n; i++)
            out[i] = p[i] >> b.shift & b.mask;
    } else {
        const struct sample_bits b = sample_bits(h);
        for (size_t i = 0; i < n; i++) {
            out[i] = sample_cut(sample_at(h, raw, i), b);
        }
    }
}

/* Does a sample of `bits` allocated bits use more than its stored bits? */
static bool beyond(uint32_t sample, struct sample_bits b, uint32_t all)
{
    uint32_t kept = b.mask << b.shift, rest = sample & all & ~kept;
    uint32_t copies = all & ~kept & ~((kept & -kept) - 1); /* above the high bit */
    return rest != 0 && !(b.sign && rest == copies && (sample >> b.shift & b.sign));
}

static uint32_t all_of(const struct dicom_header *h)
{
    return h->bits_allocated >= 32 ? UINT32_MAX : ((uint32_t)1 << h->bits_allocated) - 1;
}

SIMD_CLONES static size_t beyond_16(const uint16_t *restrict p, size_t n, struct sample_bits b)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        found += beyond(p[i], b, UINT16_MAX);
    return found;
}

size_t stored_beyond(const struct dicom_header *h, const void *raw, size_t n)
{
    const struct sample_bits b = sample_bits(h);
    size_t found = 0;
    if (h->sample != DICOM_SAMPLE_INT || h->bits_stored == h->bits_allocated)
        return 0;
    if (h->bits_allocated == 16)
        return beyond_16(raw, n, b);
    for (size_t i = 0; i < n; i++)
        found += beyond(sample_at(h, raw, i), b, all_of(h));
    return found;
}

void stored_widen(const struct dicom_header *h, void *raw, size_t n)
{
    const struct sample_bits b = sample_bits(h);
    for (size_t i = 0; i < n; i++) {
        uint32_t sample = sample_at(h, raw, i);
        if (beyond(sample, b, all_of(h)))
            continue;
        sample = (uint32_t)sample_cut(sample, b);
        if (h->bits_allocated == 8)
            ((uint8_t *)raw)[i] = (uint8_t)sample;
        else if (h->bits_allocated == 16)
            ((uint16_t *)raw)[i] = (uint16_t)sample;
        else
            ((uint32_t *)raw)[i] = sample;
    }
}
