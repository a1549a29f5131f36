#include "base/num.h"

#include "base/host.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Below a power of two the doubles lie twice as dense as above it, so the nearest 16-digit decimal
 * may lie below and read back as a neighbour while the next one above reads back equal. */
static bool next_above(char *text, double value)
{
    char *last = strchr(text, 'e') - 1;
    if (*last == '9')
        return false;
    ++*last;
    return host_strtod(text, NULL) == value;
}

/* Decimal digits and exponent of value > 0: value = 0.d1d2d3... * 10^point. */
static int shortest_digits(double value, char digits[24], int *point)
{
    char text[40] = "";
    for (int n = value < DBL_MIN ? 1 : 15; n <= 17; n++) {
        snprintf(text, sizeof text, "%.*e", n - 1, value);
        for (char *c = text; *c; c++)
            if (*c == ',')
                *c = '.';
        if (host_strtod(text, NULL) == value || (n == 16 && next_above(text, value)))
            break;
    }
    char *e = strchr(text, 'e');
    *point = (int)strtol(e + 1, NULL, 10) + 1;
    int n = 0;
    for (char *c = text; c < e; c++)
        if (*c != '.')
            digits[n++] = *c;
    while (n > 1 && digits[n - 1] == '0')
        n--;
    digits[n] = '\0';
    return n;
}

const char *num_format(double value, char out[NUM_TEXT])
{
    if (isnan(value))
        return strcpy(out, "nan");
    if (isinf(value))
        return strcpy(out, value > 0 ? "inf" : "-inf");
    char *p = out;
    if (signbit(value))
        *p++ = '-';
    if (value == 0) {
        strcpy(p, "0.0");
        return out;
    }
    char digits[24];
    int point, n = shortest_digits(fabs(value), digits, &point);
    size_t room = NUM_TEXT - 1;
    if (point > 16 || point < -3)
        snprintf(p, room, "%c%s%se%c%02d", digits[0], n > 1 ? "." : "", digits + 1,
                 point > 0 ? '+' : '-', abs(point - 1));
    else if (point <= 0)
        snprintf(p, room, "0.%.*s%s", -point, "000", digits);
    else if (point >= n)
        snprintf(p, room, "%s%.*s.0", digits, point - n, "0000000000000000");
    else
        snprintf(p, room, "%.*s.%s", point, digits, digits + point);
    return out;
}

bool num_parse_double(const char *text, double *value)
{
    if (!*text || strpbrk(text, "xX \t\n\r\f\v"))
        return false;
    char *end;
    errno = 0;
    double v = host_strtod(text, &end);
    if (*end || (errno == ERANGE && isinf(v)))
        return false;
    *value = v;
    return true;
}

bool num_parse_int(const char *text, int64_t *value)
{
    const char *digits = text + (*text == '-' || *text == '+');
    if (!*digits || strspn(digits, "0123456789") != strlen(digits))
        return false;
    errno = 0;
    long long v = strtoll(text, NULL, 10);
    if (errno == ERANGE)
        return false;
    *value = v;
    return true;
}

int num_ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}
