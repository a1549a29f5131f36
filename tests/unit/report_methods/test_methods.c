/* methods.md: its registry is complete, its text is text, and every preset gives a whole document.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine/params/catalogue.h"
#include "io/atomic.h"
#include "report/methods/items.h"
#include "report/methods/values.h"
#include "shim/acquisition_fields.h"

/* --- the guidelines --- */

/* Marks the items of "4, 50a-d, 66-68". */
static void mark(const char *numbers, bool *seen, int most)
{
    while (numbers && *numbers) {
        char *end;
        long from = strtol(numbers, &end, 10), to = from;
        assert_true(from >= 1 && from <= most);
        while (*end >= 'a' && *end <= 'f')
            end++;
        if (*end == '-' && end[1] >= '0' && end[1] <= '9')
            to = strtol(end + 1, &end, 10);
        else if (*end == '-')
            end += 2; /* letters */
        assert_true(to >= from && to <= most);
        for (long i = from; i <= to; i++)
            seen[i] = true;
        assert_true(*end == '\0' || strncmp(end, ", ", 2) == 0);
        numbers = *end ? end + 2 : end;
    }
}

static void all_seen(const char *guideline, const bool *seen, int most)
{
    for (int i = 1; i <= most; i++)
        if (!seen[i])
            fail_msg("%s %d: no row", guideline, i);
}

static void every_item_of_the_guidelines_has_a_row(void **state)
{
    (void)state;
    enum { IBSI = 76, CLEAR = 58, METRICS = 30 };
    bool ibsi[IBSI + 1] = {false}, clear[CLEAR + 1] = {false}, metrics[METRICS + 1] = {false};
    for (const struct methods_item *i = methods_items; i->what; i++) {
        mark(i->ibsi, ibsi, IBSI);
        mark(i->clear, clear, CLEAR);
        mark(i->metrics, metrics, METRICS);
        assert_int_equal(i->tell == NULL, i->place == METHODS_AUTHOR);
    }
    for (const struct methods_step *s = methods_steps; s->step; s++) {
        mark(s->item.ibsi, ibsi, IBSI);
        mark(s->item.clear, clear, CLEAR);
        mark(s->item.metrics, metrics, METRICS);
    }
    for (const struct methods_field *f = methods_fields; f->column; f++)
        mark(f->ibsi, ibsi, IBSI);
    all_seen("IBSI", ibsi, IBSI);
    all_seen("CLEAR", clear, CLEAR);
    all_seen("METRICS", metrics, METRICS);
}

/* --- the engine's registries --- */

static void every_step_and_family_of_every_profile_has_a_row(void **state)
{
    (void)state;
    for (const struct profile *const *p = profiles; *p; p++) {
        for (preprocess_step *const *s = (*p)->preprocess->step; *s; s++)
            assert_non_null(methods_step_item(*s));
        for (const struct family *const *f = (*p)->families; *f; f++)
            if (!methods_family_of(*f))
                fail_msg("%s: no row", (*f)->name);
    }
}

static void every_field_is_a_column(void **state)
{
    (void)state;
    static const char *const geometry[] = {"spacing_x_mm", "spacing_y_mm", "spacing_z_mm",
                                           "uptake_min"};
    for (const struct methods_field *f = methods_fields; f->column; f++) {
        bool known = false;
        for (size_t i = 0; i < sizeof geometry / sizeof geometry[0]; i++)
            known = known || strcmp(f->column, geometry[i]) == 0;
        for (size_t i = 0; i < acquisition_count(); i++)
            known = known || strcmp(f->column, acquisition_name(i)) == 0;
        if (!known)
            fail_msg("%s is no column of courses.csv", f->column);
    }
}

static void settings_are_shown_as_they_are_in_force(void **state)
{
    (void)state;
    static const char *const setting[] = {"resampledPixelSpacing=[1, 2.5, 0]", "binCount=16",
                                          "weightingNorm=manhattan", "force2D=true",
                                          "interpolator=sitkLinear"};
    static const struct {
        const char *key, *want;
    } cases[] = {{"resampledPixelSpacing", "[1, 2.5, 0]"},
                 {"binCount", "16"},
                 {"weightingNorm", "manhattan"},
                 {"force2D", "true"},
                 {"interpolator", "sitkLinear"},
                 {"resegmentRange", "none"},
                 {"binWidth", "25"},
                 {"minimumROISize", "none"}};
    const struct params_source source = {.setting = setting, .n_settings = 5};
    struct params *p = NULL;
    struct err e = {0};
    assert_true(params_create(&source, &p, &e));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str text = {0};
        value_text(key_find(p->profile->keys, cases[i].key, false), &p->settings, &text);
        assert_string_equal(str_text(&text), cases[i].want);
        str_free(&text);
    }
    params_destroy(p);
}

/* --- text --- */

static void hostile_text_is_text(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"<script>", "&lt;script&gt;"},
        {"a|b", "a&#124;b"},
        {"GTV_1*", "GTV\\_1\\*"},
        {"[x](javascript:y)", "\\[x\\](javascript:y)"},
        {"![x](http://e)", "!\\[x\\](http&#58;//e)"},
        {"www.e.org", "&#119;ww.e.org"},
        {"`~^$@", "\\`&#126;&#94;&#36;&#64;"},
        {"a\nb\r", "a[U+000A]b[U+000D]"},
        {"\xe2\x80\xae", "[U+202E]"},
        {"&amp;\\", "&amp;amp;\\\\"},
        {"\xff", "\xef\xbf\xbd"},
        {"CT: 5 mm - a.b", "CT: 5 mm - a.b"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct md m = {{0}};
        md_put(&m, "| {} |", cases[i].text);
        struct str want = {0};
        str_addf(&want, "| %s |", cases[i].want);
        assert_string_equal(str_text(&m.out), want.text);
        str_free(&want);
        str_free(&m.out);
    }
}

static void no_byte_is_markup(void **state)
{
    (void)state;
    struct str out = {0};
    for (int a = 1; a < 256; a++)
        for (int b = 1; b < 256; b++) {
            const char text[3] = {(char)a, (char)b, '\0'};
            md_escape(&out, text);
        }
    assert_null(strpbrk(out.text, "<>|\n\r\t^~$@"));
    str_free(&out);
}

/* --- documents --- */

#define EVIL "x|<b>_\xe2\x80\xae`"

static void put_file(const char *name, const char *text)
{
    FILE *f = fopen(name, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static int in_folder(void **state)
{
    static char folder[] = "/tmp/methods.XXXXXX";
    (void)state;
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return -1;
    put_file("status.csv",
             "patient_id,course_id,modality,segmentation_source,roi_name,roi_id,state,"
             "reason\nP,c,CT,Manual," EVIL ",r,ok,\nP,c,CT,Custom,B,s,skipped," EVIL "\n");
    put_file("left_out.csv", "kind,path,patient_id,course_id,name,reason\nfile,x,,,," EVIL "\n");
    put_file("courses.csv",
             "patient_id,course_id,modality,manufacturer,kvp\nP,c,CT," EVIL ",120\n");
    *state = folder;
    return 0;
}

static int out_of_folder(void **state)
{
    unlink("status.csv");
    unlink("left_out.csv");
    unlink("courses.csv");
    return chdir("/") == 0 ? rmdir(*state) : -1;
}

static size_t bars(const char *line, const char *end)
{
    size_t n = 0;
    for (; line < end; line++)
        n += *line == '|';
    return n;
}

/* Every line of a table has as many cells as the first one. */
static void tables_are_whole(const char *page)
{
    size_t cells = 0;
    for (const char *line = page, *end; *line; line = end + 1) {
        end = strchr(line, '\n');
        assert_non_null(end);
        assert_true(end == line || end[-1] != ' ');
        if (*line != '|')
            cells = 0;
        else if (!cells)
            cells = bars(line, end);
        else if (bars(line, end) != cells)
            fail_msg("%zu cells, not %zu: %.*s", bars(line, end), cells, (int)(end - line), line);
    }
}

static void check_document(const char *profile, const char *preset)
{
    struct err e = {0};
    struct methods m;
    struct md page = {{0}};
    json_t *job = json_pack("{s:[{s:[s], s:s, s:s*}], s:[{s:s, s:s, s:s, s:s}], s:[[s, s]], s:b,"
                            " s:[{s:s, s:s, s:[s]}]}",
                            "parameters", "modalities", "CT", "profile", profile, "preset", preset,
                            "courses", "course_dir", "P/c", "patient_id", "P", "id", "c",
                            "modality", "CT", "settings", "ROIS", EVIL, "suv", 0, "structures",
                            "name", EVIL, "operation", "union", "sources", EVIL);
    assert_non_null(job);
    if (!methods_read(&m, job, ".", &e) || !methods_page(&m, &page, &e))
        fail_msg("%s %s: %s", profile, preset ? preset : "", e.text);
    tables_are_whole(page.out.text);
    assert_null(strstr(page.out.text, "<b>"));
    assert_non_null(strstr(page.out.text, "discretis"));
    assert_non_null(strstr(page.out.text, "## References"));
    str_free(&page.out);
    methods_free(&m);
    json_decref(job);
}

static void every_preset_gives_a_whole_document(void **state)
{
    (void)state;
    struct catalogue_preset p;
    for (const struct profile *const *q = profiles; *q; q++)
        check_document((*q)->name, NULL);
    for (size_t i = 0; catalogue_preset_at(i, &p); i++)
        check_document(p.profile->name, p.preset->name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_of_the_guidelines_has_a_row),
        cmocka_unit_test(every_step_and_family_of_every_profile_has_a_row),
        cmocka_unit_test(every_field_is_a_column),
        cmocka_unit_test(settings_are_shown_as_they_are_in_force),
        cmocka_unit_test(hostile_text_is_text),
        cmocka_unit_test(no_byte_is_markup),
        cmocka_unit_test_setup_teardown(every_preset_gives_a_whole_document, in_folder,
                                        out_of_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
