#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "shim/yaml.h"

#include <math.h>
#include <string.h>

static struct yaml_doc *parse(const char *text, enum yaml_flavour flavour, struct err *e)
{
    *e = (struct err){0};
    return yaml_parse(text, strlen(text), "f", flavour, e);
}

struct scalar {
    const char *text;
    enum yaml_kind kind;
    double value;
};

static void check_scalar(const char *directive, const struct scalar *row)
{
    struct err e;
    struct str text = {0};
    str_addf(&text, "%s%s", directive, row->text);
    struct yaml_doc *doc = parse(text.text, YAML_1_2, &e);
    assert_non_null(doc);
    const struct yaml_node *n = yaml_root(doc);
    if (n->kind != row->kind)
        fail_msg("%s is %s", row->text, yaml_kind_name(n->kind));
    if (n->kind == YAML_BOOL)
        assert_int_equal(n->boolean, row->value != 0);
    if (n->kind == YAML_INT)
        assert_int_equal(n->integer, (int64_t)row->value);
    if (n->kind == YAML_INT || n->kind == YAML_REAL)
        assert_true(n->real == row->value);
    yaml_destroy(doc);
    str_free(&text);
}

/* Expected kinds and values: ruamel.yaml 0.17, typ='safe', YAML 1.2. */
static void plain_scalars_follow_the_core_schema(void **state)
{
    (void)state;
    static const struct scalar row[] = {
        {"true", YAML_BOOL, 1},
        {"False", YAML_BOOL, 0},
        {"TRUE", YAML_BOOL, 1},
        {"yes", YAML_TEXT, 0},
        {"off", YAML_TEXT, 0},
        {"tRue", YAML_TEXT, 0},
        {"~", YAML_NULL, 0},
        {"Null", YAML_NULL, 0},
        {"nil", YAML_TEXT, 0},
        {"12", YAML_INT, 12},
        {"-3", YAML_INT, -3},
        {"+4", YAML_INT, 4},
        {"010", YAML_INT, 10},
        {"0o10", YAML_INT, 8},
        {"0x10", YAML_INT, 16},
        {"0b11", YAML_INT, 3},
        {"1_000", YAML_INT, 1000},
        {"0o8", YAML_TEXT, 0},
        {"1.0", YAML_REAL, 1},
        {"1e-3", YAML_REAL, 0.001},
        {".5", YAML_REAL, 0.5},
        {"-.5", YAML_REAL, -0.5},
        {".5e+3", YAML_REAL, 500},
        {".5e3", YAML_TEXT, 0},
        {"1:30", YAML_TEXT, 0},
        {"5.", YAML_REAL, 5},
        {"-1.5e+2", YAML_REAL, -150},
        {"1e", YAML_TEXT, 0},
        {".inf", YAML_REAL, INFINITY},
        {"-.Inf", YAML_REAL, -INFINITY},
        {"inf", YAML_TEXT, 0},
        {"1.2.3", YAML_TEXT, 0},
        {"0x", YAML_TEXT, 0},
        {"_1", YAML_TEXT, 0},
        {"99999999999999999999", YAML_REAL, 1e20},
        {"\"12\"", YAML_TEXT, 0},
        {"'true'", YAML_TEXT, 0},
        {"!!str 12", YAML_TEXT, 0},
        {"!!float 2", YAML_REAL, 2},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        check_scalar("", &row[i]);
        check_scalar("%YAML 1.2\n--- ", &row[i]);
    }
    struct err e;
    struct yaml_doc *doc = parse(".NaN", YAML_1_2, &e);
    assert_true(yaml_root(doc)->kind == YAML_REAL && isnan(yaml_root(doc)->real));
    yaml_destroy(doc);
}

/* Expected as above, YAML 1.1. */
static void an_older_version_has_its_own_scalars(void **state)
{
    (void)state;
    static const struct scalar row[] = {
        {"yes", YAML_BOOL, 1},        {"Y", YAML_BOOL, 1},          {"On", YAML_BOOL, 1},
        {"true", YAML_BOOL, 1},       {"no", YAML_BOOL, 0},         {"n", YAML_BOOL, 0},
        {"OFF", YAML_BOOL, 0},        {"yEs", YAML_TEXT, 0},        {"'yes'", YAML_TEXT, 0},
        {"!!bool off", YAML_BOOL, 0}, {"~", YAML_NULL, 0},          {"5", YAML_INT, 5},
        {"0", YAML_INT, 0},           {"010", YAML_INT, 8},         {"-010", YAML_INT, -8},
        {"08", YAML_TEXT, 0},         {"0o10", YAML_TEXT, 0},       {"0x10", YAML_INT, 16},
        {"1:30", YAML_INT, 90},       {"-1:0:30", YAML_INT, -3630}, {"1:60", YAML_TEXT, 0},
        {"0:30", YAML_TEXT, 0},       {"0:30.5", YAML_REAL, 30.5},  {"1:30.", YAML_REAL, 90},
        {"1e-3", YAML_REAL, 0.001},   {".5", YAML_REAL, 0.5},       {"-.5", YAML_TEXT, 0},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        check_scalar("%YAML 1.1\n--- ", &row[i]);
}

static void keeps_order_lines_and_keys(void **state)
{
    (void)state;
    struct err e;
    struct yaml_doc *doc = parse("b: 1\na:\n  - x\n  - y: {z: 2}\n", YAML_1_2, &e);
    assert_non_null(doc);
    const struct yaml_node *root = yaml_root(doc);
    assert_int_equal(root->n, 2);
    assert_string_equal(root->child[0]->key, "b");
    assert_string_equal(root->child[1]->key, "a");
    assert_int_equal(root->child[1]->key_line, 2);
    const struct yaml_node *y = yaml_get(root->child[1]->child[1], "y");
    assert_int_equal(y->line, 4);
    assert_int_equal(yaml_get(y, "z")->integer, 2);
    assert_null(yaml_get(y, "none"));
    assert_null(yaml_get(yaml_get(y, "z"), "none"));
    yaml_destroy(doc);
}

static void anchors_and_merge_keys_work(void **state)
{
    (void)state;
    struct err e;
    struct yaml_doc *doc = parse("a: &m {x: 1, y: 2}\nb: *m\nc:\n  <<: *m\n  y: 3\n", YAML_1_2, &e);
    assert_non_null(doc);
    const struct yaml_node *root = yaml_root(doc);
    assert_int_equal(yaml_get(yaml_get(root, "b"), "y")->integer, 2);
    assert_string_equal(yaml_get(root, "b")->key, "b");
    assert_int_equal(yaml_get(yaml_get(root, "c"), "x")->integer, 1);
    assert_int_equal(yaml_get(yaml_get(root, "c"), "y")->integer, 3);
    yaml_destroy(doc);
}

/* As ruamel.yaml 0.18 orders them; columns and diagnostics follow. */
static void merged_keys_stand_before_own_ones(void **state)
{
    (void)state;
    struct err e;
    struct yaml_doc *doc = parse("a: &a {x: 1, y: 2}\nb: &b {y: 5, z: 3}\n"
                                 "c: {w: 0, <<: [*a, *b], y: 9, q: 1}\n"
                                 "d: {<<: [*b, *a]}\n"
                                 "e: {<<: {<<: *a, k: 1}, x: 7}\n",
                                 YAML_1_2, &e);
    assert_non_null(doc);
    const struct {
        const char *map, *keys;
        int value[5];
    } wanted[] = {
        {"c", "yzxwq", {9, 3, 1, 0, 1}}, {"d", "xyz", {1, 5, 3}}, {"e", "xyk", {7, 2, 1}}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const struct yaml_node *map = yaml_get(yaml_root(doc), wanted[i].map);
        assert_int_equal(map->n, strlen(wanted[i].keys));
        for (size_t k = 0; k < map->n; k++) {
            assert_int_equal(map->child[k]->key[0], wanted[i].keys[k]);
            assert_int_equal(map->child[k]->integer, wanted[i].value[k]);
        }
    }
    yaml_destroy(doc);
}

static void json_has_its_own_rules(void **state)
{
    (void)state;
    struct err e;
    struct yaml_doc *doc =
        parse("{\"a\":1,\"b\":[NaN,-Infinity,true,\"\\u00e4\"],\"a\":2.0}", YAML_JSON, &e);
    assert_non_null(doc);
    assert_int_equal(yaml_root(doc)->n, 2);
    assert_true(yaml_get(yaml_root(doc), "a")->kind == YAML_REAL);
    const struct yaml_node *b = yaml_get(yaml_root(doc), "b");
    assert_true(isnan(b->child[0]->real) && b->child[1]->real == -INFINITY);
    assert_string_equal(b->child[3]->text, "\xc3\xa4");
    yaml_destroy(doc);
    static const char *const bad[] = {"a: 1",         "{a: 1}",        "{\"a\": 'x'}",
                                      "{\"a\": yes}", "{\"a\": .inf}", "{1: 2}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_null(parse(bad[i], YAML_JSON, &e));
}

static void errors_name_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } row[] = {
        {"", "f:1: the file is empty"},
        {"# only a comment\n", "f:1: the file is empty"},
        {"a: 1\n---\nb: 2\n", "f:3: a second document"},
        {"a: 1\nb: 2\na: 3\n", "f:3: key \"a\" stands twice, first in line 1"},
        {"a: *x\n", "f:1: an alias without an anchor"},
        {"a: &x [*x]\n", "f:1: an alias inside its own anchor"},
        {"a: !thing 1\n", "f:1: unknown tag !thing"},
        {"a: !!int x\n", "f:1: \"x\" is no int"},
        {"? [1, 2]\n: 3\n", "f:1: a key must be a text or a number"},
        {"a:\n  <<: {b: 1}\n  <<: {c: 1}\n", "f:3: key \"<<\" stands twice"},
        {"a:\n  <<: 1\n", "f:2: only a mapping can be merged by <<"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct err e;
        assert_null(parse(row[i].text, YAML_1_2, &e));
        assert_int_equal(e.code, ERR_REFUSED);
        assert_string_equal(e.text, row[i].message);
    }
    struct err e;
    assert_null(parse("a:\n\tb: 1\n", YAML_1_2, &e));
    assert_true(str_starts_with(e.text, "f:2: "));
    assert_null(yaml_parse("a: \0b", 5, "f", YAML_1_2, &e));
    assert_null(yaml_load("/nonexistent/file.yaml", &e));
    assert_true(str_starts_with(e.text, "reading /nonexistent/file.yaml: "));
}

static void hostile_documents_are_refused(void **state)
{
    (void)state;
    struct err e;
    struct str s = {0};
    for (int i = 0; i < 100000; i++)
        str_add_char(&s, '[');
    assert_null(yaml_parse(s.text, s.len, "f", YAML_1_2, &e));
    str_free(&s);
    str_add(&s, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
        str_addf(&s, "a%d: &a%d [", i, i);
        for (int j = 0; j < 10; j++)
            str_addf(&s, "%s*a%d", j ? ", " : "", i - 1);
        str_add(&s, "]\n");
    }
    assert_null(yaml_parse(s.text, s.len, "f", YAML_1_2, &e));
    assert_non_null(strstr(e.text, "more than 200000 nodes"));
    str_free(&s);
    for (int i = 0; i <= YAML_MAX_KEYS; i++)
        str_addf(&s, "k%d: 1\n", i);
    assert_null(yaml_parse(s.text, s.len, "f", YAML_1_2, &e));
    assert_non_null(strstr(e.text, "more than 5000 keys"));
    str_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_scalars_follow_the_core_schema),
        cmocka_unit_test(an_older_version_has_its_own_scalars),
        cmocka_unit_test(keeps_order_lines_and_keys),
        cmocka_unit_test(anchors_and_merge_keys_work),
        cmocka_unit_test(merged_keys_stand_before_own_ones),
        cmocka_unit_test(json_has_its_own_rules),
        cmocka_unit_test(errors_name_file_and_line),
        cmocka_unit_test(hostile_documents_are_refused),
    };
    return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
