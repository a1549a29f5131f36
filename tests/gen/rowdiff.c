/* rowdiff EXPECTED GOT [RELATIVE]: are the values of a row those of a table? EXPECTED has lines
 * "name,value", GOT is the output of radfeat (header and one row). Every expected name must have an
 * equal value (RELATIVE, default 1e-6; what is zero up to round-off: 1e-9, roots of it 1e-6), in
 * the order of the table, and GOT may have no other feature with a value. Diagnostics are not
 * looked at. Exit 0 same, 1 different, 3 unreadable. */
#include "base/num.h"
#include "io/atomic.h"
#include "io/csv.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct row {
    struct str_list name, value;
};

static bool is_diagnostic(const char *name)
{
    return str_starts_with(name, "diagnostics_");
}

static char *open_text(const char *path)
{
    struct err e = {0};
    size_t bytes;
    char *text = file_read(path, 64 << 20, &bytes, &e);
    if (!text)
        fprintf(stderr, "rowdiff: %s\n", e.text);
    return text;
}

static void read_expected(const char *text, struct row *out)
{
    struct str_list record = {0};
    while (csv_record(&text, &record))
        if (record.n == 2) {
            str_list_add(&out->name, record.item[0]);
            str_list_add(&out->value, record.item[1]);
        }
    str_list_free(&record);
}

/* Column of a name; r->name.n when there is none. */
static size_t column_of(const struct row *r, const char *name)
{
    size_t i = 0;
    while (i < r->name.n && strcmp(r->name.item[i], name) != 0)
        i++;
    return i;
}

static const char *value_of(const struct row *r, const char *name)
{
    size_t i = column_of(r, name);
    return i < r->value.n ? r->value.item[i] : NULL;
}

/* How many expected columns come after one that they should precede. */
static int disordered(const struct row *expected, const struct row *got)
{
    int wrong = 0;
    size_t furthest = 0;
    for (size_t i = 0; i < expected->name.n; i++) {
        size_t at = column_of(got, expected->name.item[i]);
        if (at < furthest && ++wrong <= 20)
            printf("%s: in another place\n", expected->name.item[i]);
        else if (at < got->name.n && at > furthest)
            furthest = at;
    }
    return wrong;
}

static bool is_root(const char *name)
{
    return str_ends_with(name, "AxisLength") || str_ends_with(name, "Flatness") ||
           str_ends_with(name, "Elongation");
}

/* Relative difference; 0 for two undefined values or two values that are zero up to round-off. */
static double difference(const char *name, const char *expected, const char *got)
{
    double a, b, zero = is_root(name) ? 1e-6 : 1e-9;
    if (strcmp(expected, got) == 0)
        return 0;
    if (!num_parse_double(expected, &a) || !num_parse_double(got, &b))
        return INFINITY;
    if (fabs(a) <= zero && fabs(b) <= zero)
        return 0;
    return fabs(a - b) / fmax(fabs(a), fabs(b));
}

static int compare(const struct row *expected, const struct row *got, double relative)
{
    int wrong = disordered(expected, got);
    double worst = 0;
    for (size_t i = 0; i < expected->name.n; i++) {
        const char *name = expected->name.item[i], *value = value_of(got, name);
        double d = value ? difference(name, expected->value.item[i], value) : INFINITY;
        worst = fmax(worst, d);
        if (d > relative && ++wrong <= 20)
            printf("%s: expected %s, got %s\n", name, expected->value.item[i],
                   value ? value : "no column");
    }
    for (size_t i = 0; i < got->name.n && i < got->value.n; i++)
        if (!is_diagnostic(got->name.item[i]) && got->value.item[i][0] &&
            !value_of(expected, got->name.item[i]) && ++wrong <= 20)
            printf("%s: not expected\n", got->name.item[i]);
    printf("%zu values, %d wrong, worst %.2g\n", expected->name.n, wrong, worst);
    return wrong || expected->name.n == 0;
}

int main(int argc, char **argv)
{
    double relative = 1e-6;
    if (argc < 3 || argc > 4 || (argc == 4 && !num_parse_double(argv[3], &relative)))
        return fputs("usage: rowdiff EXPECTED GOT [RELATIVE]\n", stderr), 2;
    char *expected_text = open_text(argv[1]), *got_text = open_text(argv[2]);
    struct row expected = {0}, got = {0};
    int status = 3;
    if (expected_text && got_text) {
        const char *at = got_text;
        read_expected(expected_text, &expected);
        if (csv_record(&at, &got.name) && csv_record(&at, &got.value))
            status = compare(&expected, &got, relative);
    }
    str_list_free(&expected.name), str_list_free(&expected.value);
    str_list_free(&got.name), str_list_free(&got.value);
    free(expected_text);
    free(got_text);
    return status;
}
