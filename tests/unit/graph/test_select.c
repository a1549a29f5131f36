/* Patterns and standard names. */
#include "graph/roi_names.h"
#include "graph/select.h"

#include "base/mem.h"
#include "names/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void splits(const char *text, const char *expected)
{
    struct str_list list = {0};
    struct str joined = {0};
    struct err e = {0};
    bool ok = patterns_parse(text, &list, &e);
    for (size_t i = 0; ok && i < list.n; i++)
        str_addf(&joined, "<%s>", list.item[i]);
    assert_string_equal(ok ? str_text(&joined) : e.text, expected);
    str_list_free(&list);
    str_free(&joined);
}

static void lists(void **state)
{
    (void)state;
    splits("a", "<a>");
    splits(" GTV 1 , b*", "<GTV 1><b*>");
    splits("x\\, y,z", "<x, y><z>");
    splits("\\*\\\\,b", "<\\*\\\\><b>");
    splits("", "an empty pattern");
    splits("a,", "an empty pattern");
    splits("a, ,b", "an empty pattern");
}

static void patterns(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *name;
        bool takes;
    } cases[] = {{"gtv*", "GTV-1", true},
                 {"gtv", "GTV-1", false},
                 {"\xc3\xb6so?", "\xc3\x96SO\xc3\xbc", true}, /* case and ? by character */
                 {"lung[lr]", "LungL", true},
                 {"a*b", "a/x b", true},
                 {".*", ".hidden", true},
                 {"*", "", true},
                 {"\\*", "*", true},
                 {"\\*", "x", false},
                 {"m?ller", "M\xfcller", true}, /* no UTF-8: byte by byte */
                 {"[", "[", true},
                 {"*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b",
                  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (pattern_takes(cases[i].pattern, cases[i].name) != cases[i].takes)
            fail_msg("%s and %s", cases[i].pattern, cases[i].name);
}

static void is_called(const char *file, const char *original, const char *name, const char *second)
{
    struct roi_names names;
    struct err e = {0};
    const char *other;
    assert_true(roi_names_parse(file, strlen(file), "f.yaml", &names, &e));
    const char *found = roi_names_find(&names, original, &other);
    assert_string_equal(found ? found : "", name);
    assert_string_equal(other ? other : "", second);
    roi_names_free(&names);
}

static void standard_names(void **state)
{
    (void)state;
    static const char file[] = "GTV: [gtv*, tumor]\nBoost: [gtv boost, '*2']\n";
    is_called(file, "gtv-1", "GTV", "");
    is_called(file, "GTV Boost", "Boost", ""); /* spelt out comes first */
    is_called(file, "gtv2", "", "Boost");
    is_called(file, "lung", "", "");
}

static void refuses(const char *file, const char *why)
{
    struct roi_names names;
    struct err e = {0};
    assert_false(roi_names_parse(file, strlen(file), "f.yaml", &names, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    if (!strstr(e.text, why))
        fail_msg("%s: %s", file, e.text);
}

static void broken_files(void **state)
{
    (void)state;
    refuses("", "f.yaml");
    refuses("[a]", "f.yaml:1: a mapping");
    refuses("{}", "f.yaml:1: a mapping");
    refuses("a: [x]\nb: y\n", "f.yaml:2: \"b\": a list of patterns is expected, not text");
    refuses("a:\n", "not null");
    refuses("a: []\n", "f.yaml:1: \"a\": a list of patterns is expected, not an empty one");
    refuses("a:\n - x\n - [y]\n", "f.yaml:3: a pattern is expected, not a list");
    refuses("a:\n - ''\n", "f.yaml:2: a pattern is one line");
    refuses("a:\n - x\n - x\n", "f.yaml:3: \"x\" is there twice");
    refuses("Lung: [x]\nlung: [y]\n", "f.yaml:2: \"lung\" is there twice");
    refuses("'': [y]\n", "f.yaml:1: a name is one line");
    refuses("a: [x\n", "f.yaml:");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lists), cmocka_unit_test(patterns),
                                       cmocka_unit_test(standard_names),
                                       cmocka_unit_test(broken_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
