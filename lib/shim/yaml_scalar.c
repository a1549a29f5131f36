/* Plain scalars of YAML 1.2's core schema and of YAML 1.1, in ruamel.yaml's reading. */
#include "base/num.h"
#include "base/str.h"
#include "shim/yaml_build.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool one_of(const char *text, const char *const *word)
{
    for (; *word; word++)
        if (strcmp(text, *word) == 0)
            return true;
    return false;
}

static bool only(const char *text, const char *allowed)
{
    return *text && text[strspn(text, allowed)] == '\0';
}

/* Copies text without its underscores; false when it does not fit: no number is that long. */
static bool without_groups(const char *text, char *out, size_t room)
{
    size_t n = 0;
    for (; *text; text++) {
        if (*text == '_')
            continue;
        if (n + 1 == room)
            return false;
        out[n++] = *text;
    }
    out[n] = '\0';
    return n > 0;
}

struct whole_form {
    const char *prefix, *digits;
    int base;
};

/* Two columns: YAML 1.2 and 1.1, where a leading zero alone means octal digits. */
static const struct whole_form forms[2][4] = {
    {{"0b", "01", 2},
     {"0o", "01234567", 8},
     {"0x", "0123456789abcdefABCDEF", 16},
     {"", "0123456789", 10}},
    {{"0b", "01", 2},
     {"0x", "0123456789abcdefABCDEF", 16},
     {"0", "01234567", 8},
     {"", "0123456789", 10}},
};

static bool whole_number(const char *text, bool old, struct yaml_node *node)
{
    bool negative = *text == '-';
    const char *digits = text + (*text == '-' || *text == '+');
    const struct whole_form *form = forms[old];
    for (size_t i = 0; i < sizeof forms[0] / sizeof *form; i++) {
        size_t skip = strlen(form[i].prefix);
        if (strncmp(digits, form[i].prefix, skip) != 0 || !only(digits + skip, form[i].digits) ||
            (old && form[i].base == 10 && digits[0] == '0' && digits[1]))
            continue;
        errno = 0;
        unsigned long long magnitude = strtoull(digits + skip, NULL, form[i].base);
        bool fits = errno == 0 && magnitude <= INT64_MAX;
        node->kind = fits ? YAML_INT : YAML_REAL;
        node->integer = fits ? (negative ? -(int64_t)magnitude : (int64_t)magnitude) : 0;
        node->real = (double)node->integer;
        if (!fits && !num_parse_double(text, &node->real))
            node->real = negative ? -INFINITY : INFINITY;
        return true;
    }
    return false;
}

/* [-+]? digits with a point or an exponent or both; at least one digit, which comes first unless a
 * point does: the exponent has a sign then, and in YAML 1.1 the number has none. */
static bool real_shape(const char *text, bool old)
{
    const char *p = text + (*text == '-' || *text == '+');
    if (old && *p == '.' && p != text)
        return false;
    size_t before = strspn(p, "0123456789"), after = 0;
    p += before;
    bool point = *p == '.';
    if (point) {
        after = strspn(++p, "0123456789");
        p += after;
    }
    if (before + after == 0)
        return false;
    if (*p != 'e' && *p != 'E')
        return point && *p == '\0';
    p++;
    if (before == 0 && *p != '-' && *p != '+')
        return false;
    p += *p == '-' || *p == '+';
    return only(p, "0123456789");
}

static bool real_number(const char *text, bool old, struct yaml_node *node)
{
    static const char *const inf[] = {".inf", ".Inf", ".INF", NULL};
    static const char *const nan[] = {".nan", ".NaN", ".NAN", NULL};
    bool sign = *text == '-' || *text == '+';
    if (one_of(text + sign, inf))
        node->real = *text == '-' ? -INFINITY : INFINITY;
    else if (one_of(text, nan))
        node->real = NAN;
    else if (!real_shape(text, old))
        return false;
    else if (!num_parse_double(text, &node->real))
        node->real = *text == '-' ? -INFINITY : INFINITY;
    node->kind = YAML_REAL;
    return true;
}

static bool truth(struct yaml_node *node, bool old)
{
    static const char *const yes[] = {"true", "True", "TRUE", NULL};
    static const char *const no[] = {"false", "False", "FALSE", NULL};
    static const char *const old_yes[] = {"y", "Y", "yes", "Yes", "YES", "on", "On", "ON", NULL};
    static const char *const old_no[] = {"n", "N", "no", "No", "NO", "off", "Off", "OFF", NULL};
    node->boolean = one_of(node->text, yes) || (old && one_of(node->text, old_yes));
    if (!node->boolean && !one_of(node->text, no) && !(old && one_of(node->text, old_no)))
        return false;
    node->kind = YAML_BOOL;
    return true;
}

void yaml_resolve_as(struct yaml_node *node, enum yaml_flavour flavour)
{
    static const char *const null[] = {"", "~", "null", "Null", "NULL", NULL};
    bool old = flavour == YAML_1_1;
    char text[512];
    node->kind = YAML_TEXT;
    if (one_of(node->text, null))
        node->kind = YAML_NULL;
    else if (!truth(node, old) && node->text[0] != '_' &&
             without_groups(node->text, text, sizeof text) &&
             !(old && yaml_resolve_sixties(node, text)) && !whole_number(text, old, node))
        real_number(text, old, node);
}

void yaml_resolve(struct yaml_node *node)
{
    yaml_resolve_as(node, YAML_1_2);
}

bool yaml_resolve_json(struct yaml_node *node)
{
    static const struct {
        const char *text;
        double value;
    } word[] = {{"NaN", NAN}, {"Infinity", INFINITY}, {"-Infinity", -INFINITY}};
    static const char *const literal[] = {"true", "false", "null", NULL};
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (strcmp(node->text, word[i].text) == 0) {
            node->kind = YAML_REAL;
            node->real = word[i].value;
            return true;
        }
    yaml_resolve(node);
    return one_of(node->text, literal) || only(node->text, "0123456789.eE+-");
}

bool yaml_resolve_tag(struct yaml_node *node, const char *tag, enum yaml_flavour flavour,
                      const struct yaml_doc *doc, struct err *e)
{
    static const struct {
        const char *name;
        enum yaml_kind kind;
    } core[] = {
        {"null", YAML_NULL},  {"bool", YAML_BOOL}, {"int", YAML_INT},
        {"float", YAML_REAL}, {"str", YAML_TEXT},
    };
    static const char prefix[] = "tag:yaml.org,2002:";
    const char *name = str_starts_with(tag, prefix) ? tag + strlen(prefix) : "";
    node->kind = YAML_TEXT;
    if (strcmp(tag, "!") == 0 || strcmp(name, "str") == 0)
        return true;
    for (size_t i = 0; i < sizeof core / sizeof *core; i++) {
        if (strcmp(name, core[i].name) != 0)
            continue;
        yaml_resolve_as(node, flavour);
        if (core[i].kind == YAML_REAL && node->kind == YAML_INT)
            node->kind = YAML_REAL;
        return node->kind == core[i].kind ||
               yaml_error(e, doc, node->line, "\"%s\" is no %s", node->text, name);
    }
    return yaml_error(e, doc, node->line, "unknown tag %s", tag);
}
