#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "names/mint.h"

#include <string.h>
#include <strings.h>

enum { MOST = 16 };

static size_t mint(struct mint_name *out, const char *const *original)
{
    size_t n = 0;
    for (; original[n]; n++)
        out[n] = (struct mint_name){.original = original[n]};
    mint_siblings(out, n);
    return n;
}

static void plain_names_stay(void **state)
{
    (void)state;
    struct mint_name out[MOST];
    static const char *const name[] = {"GTV-1", "Lung_L", "PTV.7000", "5", NULL};
    size_t n = mint(out, name);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(out[i].minted, name[i]);
}

static void odd_names_become_distinct_plain_names(void **state)
{
    (void)state;
    struct mint_name out[MOST];
    static const char *const name[] = {
        "Lung", "lung",    "LUNG", "a/b",  "a b", "../../etc/passwd", "$(rm)", "\xc3\xa9",
        "",     ".hidden", "-rf",  "a\nb", NULL};
    size_t n = mint(out, name);
    for (size_t i = 0; i < n; i++) {
        assert_true(mint_is_plain(out[i].minted));
        assert_string_not_equal(out[i].minted, name[i]);
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(strcasecmp(out[i].minted, out[j].minted), 0);
    }
}

static void twins_are_told_apart_by_their_discriminator(void **state)
{
    (void)state;
    struct mint_name a[] = {{"GTV", "1.2.3#1", ""}, {"GTV", "1.2.3#2", ""}};
    struct mint_name b[] = {{"GTV", "1.2.3#2", ""}, {"GTV", "1.2.3#1", ""}};
    mint_siblings(a, 2);
    mint_siblings(b, 2);
    assert_string_not_equal(a[0].minted, a[1].minted);
    assert_string_equal(a[0].minted, b[1].minted); /* order does not matter */
}

/* Three regions of one file that say nothing to tell them by: the first keeps the name it had
 * alone. */
static void copies_are_told_apart_by_their_place(void **state)
{
    (void)state;
    struct mint_name three[] = {{.original = "GTV", .discriminator = "a"},
                                {.original = "GTV", .discriminator = "a"},
                                {.original = "GTV", .discriminator = "a"}};
    struct mint_name two[] = {{.original = "GTV", .discriminator = "a"},
                              {.original = "GTV", .discriminator = "b"}};
    struct mint_name bare[] = {{.original = "x y"}, {.original = "x y"}};
    mint_siblings(three, 3);
    mint_siblings(two, 2);
    mint_siblings(bare, 2);
    assert_string_not_equal(three[0].minted, three[1].minted);
    assert_string_not_equal(three[0].minted, three[2].minted);
    assert_string_not_equal(three[1].minted, three[2].minted);
    assert_string_equal(three[0].minted, two[0].minted);
    assert_string_not_equal(bare[0].minted, bare[1].minted);
    for (int i = 0; i < 3; i++)
        assert_true(mint_is_plain(three[i].minted));
}

static void a_name_that_looks_minted_does_not_collide(void **state)
{
    (void)state;
    struct mint_name first[] = {{"a b", NULL, ""}};
    mint_siblings(first, 1);
    struct mint_name both[] = {{"a b", "1", ""}, {first[0].minted, "2", ""}};
    mint_siblings(both, 2);
    assert_int_not_equal(strcasecmp(both[0].minted, both[1].minted), 0);
}

static void long_names_are_cut(void **state)
{
    (void)state;
    char name[1000];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    struct mint_name out = {name, NULL, ""};
    mint_siblings(&out, 1);
    assert_true(mint_is_plain(out.minted));
}

static void course_ids(void **state)
{
    (void)state;
    char id[MINT_SIZE];
    /* printf %s 1.2.3 | sha1sum */
    mint_course_id("20080917", "CT", "1.2.3", id);
    assert_string_equal(id, "2008-09_CT_6f9f33");
    mint_course_id("", "PT", "1.2.3", id);
    assert_string_equal(id, "0000-00_PT_6f9f33");
    mint_course_id("../../", "MR", "1.2.3", id);
    assert_string_equal(id, "0000-00_MR_6f9f33");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_names_stay),
        cmocka_unit_test(odd_names_become_distinct_plain_names),
        cmocka_unit_test(twins_are_told_apart_by_their_discriminator),
        cmocka_unit_test(copies_are_told_apart_by_their_place),
        cmocka_unit_test(a_name_that_looks_minted_does_not_collide),
        cmocka_unit_test(long_names_are_cut),
        cmocka_unit_test(course_ids),
    };
    return cmocka_run_group_tests_name("mint", tests, NULL, NULL);
}
