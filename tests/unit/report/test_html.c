#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/course_page.h"
#include "report/html.h"

static void hostile_text_is_text(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {"\" onload=\"x", "&quot; onload=&quot;x"},
        {"a'b`c&amp;", "a&#39;b&#96;c&amp;amp;"},
        {"../../etc", "../../etc"},
        {"ab\xe2\x80\xae"
         "dc",
         "ab[U+202E]dc"},                                   /* turns the direction of writing */
        {"\xe2\x81\xa6x\xe2\x81\xa9", "[U+2066]x[U+2069]"}, /* isolates */
        {"\xef\xbb\xbfx\xe2\x80\x8b", "[U+FEFF]x[U+200B]"}, /* invisible */
        {"a\tb\n", "a[U+0009]b[U+000A]"},
        {"\xc3\x96sophagus", "\xc3\x96sophagus"},
        {"\xff\xc3", "\xef\xbf\xbd\xef\xbf\xbd"},             /* no UTF-8 */
        {"\xc0\xbcscript", "\xef\xbf\xbd\xef\xbf\xbdscript"}, /* an overlong '<' */
        {"{}", "{}"},                                         /* is no hole of the template */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct html h = {{0}};
        html_put(&h, "<b title=\"{}\">{}</b>", cases[i].text, "{}");
        struct str want = {0};
        str_addf(&want, "<b title=\"%s\">{}</b>", cases[i].want);
        assert_string_equal(str_text(&h.out), want.text);
        str_free(&want);
        str_free(&h.out);
    }
}

/* No byte of any text makes markup. */
static void no_byte_is_markup(void **state)
{
    (void)state;
    struct str out = {0};
    for (int a = 1; a < 256; a++)
        for (int b = 1; b < 256; b++) {
            const char text[3] = {(char)a, (char)b, '\0'};
            html_escape(&out, text);
        }
    assert_null(strpbrk(out.text, "<>\"'`"));
    str_free(&out);
}

/* Whatever stands in the texts of a course, its page has the elements of a harmless one. */
static size_t count(const char *text, char c)
{
    size_t n = 0;
    for (; (text = strchr(text, c)) != NULL; text++)
        n++;
    return n;
}

static void a_page_keeps_its_elements(void **state)
{
    (void)state;
    static const char evil[] = "\"><script src=//x>'</td>{}\xe2\x80\xae";
    size_t tags[2], quotes[2];
    for (int k = 0; k < 2; k++) {
        const char *text = k ? evil : "harmless";
        const struct told_region region = {text, text, text, text, text, text, NULL};
        const struct told_course course = {text, text, text, text, NULL, &region, 1};
        struct html h = {{0}};
        course_page(&course, &h);
        tags[k] = count(h.out.text, '<');
        quotes[k] = count(h.out.text, '"');
        assert_null(strstr(h.out.text, "<script src"));
        str_free(&h.out);
    }
    assert_int_equal(tags[0], tags[1]);
    assert_int_equal(quotes[0], quotes[1]);
}

static void numbers_are_short(void **state)
{
    (void)state;
    assert_string_equal(shown_real(20, 3).text, "20");
    assert_string_equal(shown_real(2.5, 4).text, "2.5");
    assert_string_equal(shown_real(60.754, 4).text, "60.75");
    assert_string_equal(shown_real(100, 4).text, "100");
    assert_string_equal(shown_real(1e-7, 3).text, "1e-07");
    assert_string_equal(shown_real(0, 3).text, "0");
    assert_string_equal(shown_int(-12).text, "-12");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_text_is_text), cmocka_unit_test(no_byte_is_markup),
        cmocka_unit_test(a_page_keeps_its_elements), cmocka_unit_test(numbers_are_short)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
