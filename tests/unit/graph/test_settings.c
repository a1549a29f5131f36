/* The table of settings: whatever row is added, all of these hold for it. */
#include "graph/settings_value.h"

#include "io/atomic.h"
#include "io/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/settings-XXXXXX";

/* A value that a setting of this kind takes. */
static const char *sample(const struct setting_info *i)
{
    static char number[32];
    switch (i->kind) {
    case SETTING_FOLDER:
    case SETTING_NEW_FOLDER:
        return folder;
    case SETTING_FILE:
        return "/dev/null";
    case SETTING_CHOICE:
    case SETTING_WORDS:
        return i->choices[0];
    case SETTING_NUMBER:
    case SETTING_COUNT:
        snprintf(number, sizeof number, "%.15g", i->max);
        return number;
    case SETTING_PRESET:
        return "auto";
    case SETTING_WORD:
    case SETTING_PATTERNS:
    case SETTING_TEXT:
        return "word";
    }
    return NULL;
}

static void assign(struct run_settings *s, const char *name, const char *value, bool option)
{
    struct err e = {0};
    struct str text = {0};
    str_addf(&text, "%s%s=%s", option ? "--" : "", name, value);
    if (!settings_set(s, text.text, &e))
        fail_msg("%s", e.text);
    str_free(&text);
}

static void every_row_is_complete(void **state)
{
    (void)state;
    for (int i = 0; i < SETTINGS; i++) {
        const struct setting_info *t = &settings_table[i];
        char option[SETTING_OPTION_SIZE];
        assert_true(t->name && t->help && t->metavar && t->stage);
        assert_true(strlen(t->name) < SETTING_OPTION_SIZE - 1);
        assert_int_equal(strlen(settings_option(i, option)), strlen(t->name));
        assert_true(!(t->fallback && t->otherwise));
        bool counted = t->kind == SETTING_NUMBER || t->kind == SETTING_COUNT;
        bool listed =
            t->kind == SETTING_CHOICE || t->kind == SETTING_WORDS || t->kind == SETTING_PRESET;
        assert_true(listed == (t->choices != NULL));
        assert_true(counted == (t->max > t->min));
        /* what stands on a command line of the graph must hold no hostile character */
        assert_true(!t->image || listed || counted);
    }
}

static void every_setting_is_taken_remembered_and_forgotten(void **state)
{
    (void)state;
    char path[64];
    snprintf(path, sizeof path, "%s/settings.json", folder);
    for (int i = 0; i < SETTINGS; i++) {
        const struct setting_info *t = &settings_table[i];
        struct err e = {0};
        char option[SETTING_OPTION_SIZE];
        for (int spelling = 0; spelling < 2; spelling++) {
            struct run_settings s = {0}, later = {0};
            assign(&s, spelling ? settings_option(i, option) : t->name, sample(t), spelling);
            assert_non_null(settings_get(&s, i));
            assert_true(settings_save(&s, path, &e));
            assert_true(settings_load(&later, path, &e));
            assert_true(settings_check(&later, &e));
            struct str text = {0};
            settings_remembered(&later, &text);
            assert_true(t->once == (text.len == 0));
            if (!t->once)
                assert_string_equal(later.value[i], s.value[i]);
            str_free(&text);
            assign(&later, t->name, "", false);
            assert_null(later.value[i]);
            assert_true(settings_load(&later, path, &e)); /* forgotten is said this time */
            assert_null(later.value[i]);
            settings_free(&s);
            settings_free(&later);
        }
    }
    unlink(path);
}

static void refuses(const char *assignment, const char *why)
{
    struct err e = {0};
    struct run_settings s = {0};
    assert_false(settings_set(&s, assignment, &e));
    if (!strstr(e.text, why))
        fail_msg("%s: %s", assignment, e.text);
    settings_free(&s);
}

static void what_is_not_taken_is_named(void **state)
{
    (void)state;
    refuses("PARAM=x", "did you mean PARAMS?");
    refuses("dicom-root=x", "did you mean DICOM_ROOT?");
    refuses("ZZZZZZZZ=x", "not a setting");
    refuses("ENGINE", "not NAME=VALUE");
    refuses("ENGINE=mke", "ENGINE=mke: not one of ninja, make");
    refuses("--engine=mke", "--engine=mke: not one of ninja, make");
    refuses("TABLES=csv,xls", "not of csv, xlsx, sqlite, long");
    refuses("ROI_MEM_MB=many", "not a number from 1");
    refuses("ROI_MEM_MB=0", "not a number from 1");
    refuses("ROI_MEM_MB=nan", "not a number from 1");
    refuses("PARAMS=/not/there", "no such file");
    refuses("PARAMS=/tmp", "no such file");
    refuses("AUTOSEG=/dev/null", "no such folder");
    refuses("AUTOSEG_MODEL=a/b", "letters, digits");
    refuses("LOGS=a\nb", "line ends");
}

static void what_went_is_said(void **state)
{
    (void)state;
    struct err e = {0};
    struct run_settings s = {.value = {[SET_PARAMS] = strdup("/not/there.yaml")}};
    assert_false(settings_check(&s, &e));
    assert_non_null(strstr(e.text, "PARAMS=/not/there.yaml"));
    settings_free(&s);
}

static void a_broken_file_is_said(void **state)
{
    (void)state;
    static const char *const texts[] = {"{", "[]", "", "3", NULL};
    char path[64];
    snprintf(path, sizeof path, "%s/broken.json", folder);
    for (const char *const *text = texts; *text; text++) {
        struct err e = {0};
        struct run_settings s = {0};
        assert_true(out_write(path, *text, strlen(*text), false, &e));
        assert_false(settings_load(&s, path, &e));
        settings_free(&s);
    }
    unlink(path);
}

static void private_ones_are_not_shown_with_pseudonyms(void **state)
{
    (void)state;
    for (int i = 0; i < SETTINGS; i++) {
        struct run_settings s = {0};
        struct str text = {0};
        s.value[i] = strdup("canary");
        if (i != SET_PSEUDONYMIZE)
            s.value[SET_PSEUDONYMIZE] = strdup("key");
        settings_remembered(&s, &text);
        assert_true(!settings_table[i].is_private || !strstr(text.text, "canary"));
        str_free(&text);
        settings_free(&s);
    }
}

int main(void)
{
    assert_non_null(mkdtemp(folder));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_complete),
        cmocka_unit_test(every_setting_is_taken_remembered_and_forgotten),
        cmocka_unit_test(what_is_not_taken_is_named),
        cmocka_unit_test(what_went_is_said),
        cmocka_unit_test(a_broken_file_is_said),
        cmocka_unit_test(private_ones_are_not_shown_with_pseudonyms),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return failed;
}
