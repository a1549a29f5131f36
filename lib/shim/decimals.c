#include "shim/decimals.h"

#include "base/num.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { EXACT_POWERS = 23, EXACT_DIGITS = 15, LONGEST = 127 };

static bool is_padding(char c)
{
    return c == ' ' || c == '\0' || c == '\t' || c == '\r' || c == '\n';
}

size_t decimals_count(const char *text, size_t n)
{
    while (n > 0 && is_padding(text[n - 1]))
        n--;
    if (n == 0)
        return 0;
    size_t count = 1;
    for (const char *p = text; (p = memchr(p, '\\', n - (size_t)(p - text))) != NULL; p++)
        count++;
    return count;
}

bool decimals_drop_empty_last(const char *text, size_t *n)
{
    size_t end = *n;
    while (end > 0 && is_padding(text[end - 1]))
        end--;
    if (end < 2 || text[end - 1] != '\\' || decimals_count(text, end - 1) % 3 != 0)
        return false;
    *n = end - 1;
    return true;
}

int decimals_shown(const char *text, size_t n)
{
    int most = 0;
    for (size_t at = 0; at < n; at++) {
        int behind = 0, exponent = 0, sign = 1;
        while (at < n && text[at] != '\\' && text[at] != '.' && (text[at] | 0x20) != 'e')
            at++;
        if (at < n && text[at] == '.')
            for (at++; at < n && text[at] >= '0' && text[at] <= '9'; at++)
                behind++;
        if (at < n && (text[at] | 0x20) == 'e') {
            for (at++; at < n && (text[at] == '-' || text[at] == '+'); at++)
                sign = text[at] == '-' ? -1 : 1;
            for (; at < n && text[at] >= '0' && text[at] <= '9' && exponent < 1000; at++)
                exponent = 10 * exponent + (text[at] - '0');
        }
        most = behind - sign * exponent > most ? behind - sign * exponent : most;
        while (at < n && text[at] != '\\')
            at++;
    }
    return most;
}

static bool parse_slowly(const char *text, size_t n, double *out)
{
    char copy[LONGEST + 1];
    if (n > LONGEST)
        return false;
    memcpy(copy, text, n);
    copy[n] = '\0';
    return num_parse_double(copy, out) && isfinite(*out);
}

/* Digits with at most one point, few enough that mantissa and power of ten are exact doubles: one
 * division then rounds correctly (W. D. Clinger, How to read floating point numbers accurately,
 * 1990). Everything else takes the slow way. */
static bool parse_one(const char *text, size_t n, double *out)
{
    static const double power[EXACT_POWERS] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                               1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                               1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    size_t i = n > 0 && (text[0] == '-' || text[0] == '+');
    int64_t mantissa = 0;
    int digits = 0, behind = 0;
    bool point = false;
    for (; i < n; i++) {
        if (text[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (text[i] < '0' || text[i] > '9' || ++digits > EXACT_DIGITS)
            return parse_slowly(text, n, out);
        mantissa = 10 * mantissa + (text[i] - '0');
        behind += point;
    }
    if (digits == 0)
        return false;
    *out = (double)mantissa / power[behind];
    if (text[0] == '-')
        *out = -*out;
    return true;
}

bool decimals_parse(const char *text, size_t n, double *out)
{
    size_t count = decimals_count(text, n), done = 0;
    const char *at = text, *end = text + n;
    for (; done < count; done++) {
        const char *stop = memchr(at, '\\', (size_t)(end - at));
        const char *next = stop ? stop + 1 : end;
        if (!stop)
            stop = end;
        while (at < stop && is_padding(*at))
            at++;
        while (stop > at && is_padding(stop[-1]))
            stop--;
        if (!parse_one(at, (size_t)(stop - at), &out[done]))
            return false;
        at = next;
    }
    return true;
}
