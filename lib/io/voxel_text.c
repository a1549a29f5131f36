#include "io/voxel_text.h"

#include "base/num.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "12", "-3", and "12.0", which some programs write for integers. */
static bool is_whole(const char *word, const char *end)
{
    if (end == word || (*end != '\0' && *end != '.'))
        return false;
    return *end == '\0' || end[1 + strspn(end + 1, "0123456789")] == '\0';
}

static bool put_unsigned(const char *word, uint64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoull(word, &end, 10);
    return is_whole(word, end) && errno == 0 && word[0] != '-';
}

static bool put_integer(const char *word, enum pixel_type type, void *out)
{
    char *end;
    double lo, hi;
    errno = 0;
    long long value = strtoll(word, &end, 10);
    pixel_range(type, &lo, &hi);
    if (!is_whole(word, end) || errno != 0 ||
        (type != PIXEL_I64 && ((double)value < lo || (double)value > hi)))
        return false;
    memcpy(out, &value, pixel_size(type)); /* little-endian machines, as everywhere here */
    return true;
}

static bool put_float(const char *word, float *out)
{
    double wide;
    if (!num_parse_double(word, &wide))
        return false;
    *out = strtof(word, NULL); /* not by way of double: that would round twice */
    return true;
}

static bool put(const char *word, enum pixel_type type, void *out)
{
    switch (type) {
    case PIXEL_F32:
        return put_float(word, out);
    case PIXEL_F64:
        return num_parse_double(word, out);
    case PIXEL_U64:
        return put_unsigned(word, out);
    default:
        return put_integer(word, type, out);
    }
}

bool voxel_text_numbers(char *text, const char *separators, enum pixel_type type, int64_t n,
                        void *out, struct err *e)
{
    char between[16], *save = NULL;
    snprintf(between, sizeof between, " \t\r\n\f\v%s", separators ? separators : "");
    char *word = strtok_r(text, between, &save), *to = out;
    for (int64_t i = 0; i < n; i++, to += pixel_size(type)) {
        if (!word)
            return err_set(e, ERR_REFUSED, "%lld of %lld numbers are missing", (long long)(n - i),
                           (long long)n);
        if (!put(word, type, to))
            return err_set(e, ERR_REFUSED, "\"%.40s\" cannot be a voxel of type %s", word,
                           pixel_name(type));
        word = strtok_r(NULL, between, &save);
    }
    return true;
}

static int digit(char c)
{
    const char *digits = "0123456789abcdef", *at = strchr(digits, tolower((unsigned char)c));
    return c && at ? (int)(at - digits) : -1;
}

bool voxel_text_hex(const char *text, size_t bytes, unsigned char *out, struct err *e)
{
    size_t n = 0;
    for (; n < 2 * bytes && *text; text++) {
        int value = digit(*text);
        if (isspace((unsigned char)*text))
            continue;
        if (value < 0)
            return err_set(e, ERR_REFUSED, "its voxels are not hexadecimal digits");
        out[n / 2] = (unsigned char)(n % 2 ? out[n / 2] | value : value << 4);
        n++;
    }
    return n == 2 * bytes ||
           err_set(e, ERR_REFUSED, "%zu bytes of voxels are missing", bytes - n / 2);
}
