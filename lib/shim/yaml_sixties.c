#include "base/num.h"
#include "shim/yaml_build.h"

#include <string.h>

#define DIGITS "0123456789"

/* ":ss" at p: its length, 0 when there is none. */
static size_t group(const char *p, double *value)
{
    size_t n = *p == ':' ? strspn(p + 1, DIGITS) : 0;
    if (n < 1 || n > 2 || (n == 2 && p[1] > '5'))
        return 0;
    *value = 60 * *value + (n == 2 ? 10 * (p[1] - '0') : 0) + (p[n] - '0');
    return n + 1;
}

bool yaml_resolve_sixties(struct yaml_node *node, const char *text)
{
    const char *p = text + (*text == '-' || *text == '+'), *first = p;
    double value = 0, fraction = 0;
    for (; *p >= '0' && *p <= '9'; p++)
        value = 10 * value + (*p - '0');
    const char *groups = p;
    for (size_t n; (n = group(p, &value)) > 0;)
        p += n;
    bool real = *p == '.', one = p > groups && groups > first && value < 0x1p53;
    if (!one || p[real + strspn(p + real, DIGITS)] || (!real && *first == '0') || (!real && *p))
        return false;
    if (real && p[1] && !num_parse_double(p, &fraction))
        return false;
    value = *text == '-' ? -(value + fraction) : value + fraction;
    node->kind = real ? YAML_REAL : YAML_INT;
    node->integer = real ? 0 : (int64_t)value;
    node->real = value;
    return true;
}
