#include "graph/settings_value.h"

#include "base/mem.h"
#include "cli/opt.h"
#include "io/json.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WORDS(...)       ((const char *const[]){__VA_ARGS__, NULL})
#define SETTING(id, ...) [SET_##id] = {.name = #id, __VA_ARGS__},
const struct setting_info settings_table[SETTINGS] = {
#include "graph/settings.def"
};
#undef SETTING

const char *settings_get(const struct run_settings *s, enum setting which)
{
    return s->value[which] ? s->value[which] : settings_table[which].fallback;
}

const char *settings_option(enum setting which, char out[SETTING_OPTION_SIZE])
{
    size_t n = 0;
    for (const char *c = settings_table[which].name; *c && n + 1 < SETTING_OPTION_SIZE; c++)
        out[n++] = *c == '_' ? '-' : (char)tolower((unsigned char)*c);
    out[n] = '\0';
    return out;
}

/* --- what is given --- */

/* "NAME", or "--name" where `option`; -1: there is none. */
static int find(const char *name, bool option)
{
    char spelling[SETTING_OPTION_SIZE];
    for (int i = 0; i < SETTINGS; i++)
        if (strcmp(name, option ? settings_option(i, spelling) : settings_table[i].name) == 0)
            return i;
    return -1;
}

/* Unknown options are refused earlier, by radmill's own table. */
static bool unknown(const char *name, struct err *e)
{
    const char *names[SETTINGS + 1];
    for (int i = 0; i < SETTINGS; i++)
        names[i] = settings_table[i].name;
    names[SETTINGS] = NULL;
    char *capitals = mem_strdup(name);
    for (char *c = capitals; *c; c++)
        *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
    const char *near = opt_nearest(capitals, names);
    free(capitals);
    if (near)
        return err_set(e, ERR_USAGE, "%s= is not a setting: did you mean %s?", name, near);
    return err_set(e, ERR_USAGE, "%s= is not a setting (make help lists them)", name);
}

bool settings_set(struct run_settings *s, const char *assignment, struct err *e)
{
    const char *equals = strchr(assignment, '=');
    if (!equals)
        return err_set(e, ERR_USAGE, "not NAME=VALUE: %s", assignment);
    bool option = str_starts_with(assignment, "--");
    char *name = mem_must(strndup(assignment, (size_t)(equals - assignment)));
    int which = find(option ? name + 2 : name, option);
    bool ok = which >= 0 || unknown(name, e);
    free(name);
    if (!ok)
        return false;
    char *value = equals[1] ? settings_accept(&settings_table[which], equals + 1, e) : NULL;
    if (!value && equals[1])
        return err_wrap(e, "%s", assignment);
    free(s->value[which]);
    s->value[which] = value;
    s->given[which] = true;
    return true;
}

/* --- what is remembered --- */

bool settings_load(struct run_settings *s, const char *path, struct err *e)
{
    if (access(path, F_OK) != 0)
        return true;
    json_t *root = json_read(path, e);
    bool ok = root && (json_is_object(root) || err_set(e, ERR_REFUSED, "%s: broken", path));
    for (int i = 0; ok && i < SETTINGS; i++) {
        const char *text = json_get_text(root, settings_table[i].name, NULL);
        if (text && text[0] && !s->given[i] && !settings_table[i].once) {
            free(s->value[i]);
            s->value[i] = mem_strdup(text);
        }
    }
    json_decref(root);
    return ok;
}

bool settings_save(const struct run_settings *s, const char *path, struct err *e)
{
    json_t *root = json_object();
    for (int i = 0; i < SETTINGS; i++)
        if (s->value[i] && !settings_table[i].once)
            json_object_set_new(root, settings_table[i].name,
                                json_text(s->kept[i] ? s->kept[i] : s->value[i]));
    bool ok = json_write(path, root, e);
    json_decref(root);
    return ok;
}

/* With pseudonyms, values that may contain an identifier are not shown. */
static bool is_hidden(const struct run_settings *s, int which)
{
    return settings_table[which].is_private && s->value[SET_PSEUDONYMIZE];
}

static bool is_remembered(const struct run_settings *s, int which)
{
    return s->value[which] && !s->given[which];
}

bool settings_check(const struct run_settings *s, struct err *e)
{
    for (int i = 0; i < SETTINGS; i++) {
        if (!is_remembered(s, i))
            continue;
        char *value = settings_accept(&settings_table[i], s->value[i], e);
        if (!value)
            return err_wrap(e, "%s=%s, which is remembered", settings_table[i].name,
                            is_hidden(s, i) ? "(not shown)" : s->value[i]);
        free(value);
    }
    return true;
}

void settings_remembered(const struct run_settings *s, struct str *out)
{
    for (int i = 0; i < SETTINGS; i++) {
        if (!is_remembered(s, i))
            continue;
        str_addf(out, "%s%s=%s", out->len ? " " : "", settings_table[i].name,
                 is_hidden(s, i) ? "(not shown)" : s->value[i]);
    }
}

void settings_free(struct run_settings *s)
{
    for (int i = 0; i < SETTINGS; i++) {
        free(s->value[i]);
        free(s->kept[i]);
    }
    *s = (struct run_settings){0};
}
