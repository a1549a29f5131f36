#include "graph/settings.h"

#include "base/mem.h"
#include "base/num.h"
#include "base/str.h"
#include "io/json.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { KIND_FOLDER, KIND_FILE, KIND_NEW_FOLDER, KIND_CHOICE, KIND_NUMBER, KIND_WORDS };

static const struct setting_info {
    const char *name;
    enum kind kind;
    const char *fallback;
    const char
        *choices; /* of KIND_CHOICE and KIND_WORDS, separated by blanks; NULL: any plain word */
} info[SETTINGS] = {
    [SET_DICOM_ROOT] = {"DICOM_ROOT", KIND_FOLDER, NULL, NULL},
    [SET_CUSTOM_STRUCTURES] = {"CUSTOM_STRUCTURES", KIND_FILE, NULL, NULL},
    [SET_AUTOSEG] = {"AUTOSEG", KIND_FOLDER, NULL, NULL},
    [SET_AUTOSEG_MODEL] = {"AUTOSEG_MODEL", KIND_CHOICE, "total", NULL},
    [SET_PARAMS] = {"PARAMS", KIND_FILE, NULL, NULL},
    [SET_PARAMS_CT] = {"PARAMS_CT", KIND_FILE, NULL, NULL},
    [SET_PARAMS_MR] = {"PARAMS_MR", KIND_FILE, NULL, NULL},
    [SET_PARAMS_PT] = {"PARAMS_PT", KIND_FILE, NULL, NULL},
    [SET_PRESET] = {"PRESET", KIND_CHOICE, NULL, "auto ct mr pet-fdg pet-psma"},
    [SET_SUV] = {"SUV", KIND_CHOICE, NULL, "bw"},
    [SET_STRUCTURE_SETS] = {"STRUCTURE_SETS", KIND_CHOICE, "newest", "newest all"},
    [SET_PSEUDONYMIZE] = {"PSEUDONYMIZE", KIND_FILE, NULL, NULL},
    [SET_TABLES] = {"TABLES", KIND_WORDS, "csv", "csv xlsx sqlite"},
    [SET_ENGINE] = {"ENGINE", KIND_CHOICE, NULL, "ninja make"},
    [SET_ROI_MEM_MB] = {"ROI_MEM_MB", KIND_NUMBER, NULL, NULL},
    [SET_ROI_TIMEOUT] = {"ROI_TIMEOUT", KIND_NUMBER, NULL, NULL},
    [SET_LOGS] = {"LOGS", KIND_NEW_FOLDER, NULL, NULL},
    [SET_BINDIR] = {"BINDIR", KIND_FOLDER, NULL, NULL},
};

const char *settings_get(const struct run_settings *s, enum setting which)
{
    return s->value[which] ? s->value[which] : info[which].fallback;
}

static int find(const char *name, size_t n)
{
    for (int i = 0; i < SETTINGS; i++)
        if (strlen(info[i].name) == n && strncmp(info[i].name, name, n) == 0)
            return i;
    return -1;
}

/* --- the kinds: each turns the text that was given into the value that is kept (free()) --- */

static char *existing(const struct setting_info *i, const char *text, struct err *e)
{
    struct stat st;
    char *path = realpath(text, NULL);
    if (path && stat(path, &st) == 0 && S_ISDIR(st.st_mode) == (i->kind == KIND_FOLDER))
        return path;
    err_set(e, ERR_REFUSED, "%s: no such %s: %s", i->name,
            i->kind == KIND_FOLDER ? "folder" : "file", text);
    free(path);
    return NULL;
}

static char *absolute(const char *text)
{
    char here[PATH_MAX] = "/";
    if (text[0] != '/' && !getcwd(here, sizeof here))
        here[0] = '\0';
    return path_join(here, text);
}

static bool is_choice(const struct setting_info *i, const char *word, size_t n)
{
    if (!i->choices)
        return strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
               n;
    for (const char *at = i->choices; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        if (length == n && strncmp(at, word, n) == 0)
            return true;
        at += length;
    }
    return false;
}

static char *choice(const struct setting_info *i, const char *text, struct err *e)
{
    const char *separators = i->kind == KIND_WORDS ? " ," : "";
    for (const char *at = text; *at; at += strspn(at, separators)) {
        size_t n = *separators ? strcspn(at, separators) : strlen(at);
        if (!is_choice(i, at, n)) {
            err_set(e, ERR_USAGE, "%s=%s: not one of: %s", i->name, text,
                    i->choices ? i->choices : "letters, digits, - and _");
            return NULL;
        }
        at += n;
    }
    return mem_strdup(text);
}

static char *number(const struct setting_info *i, const char *text, struct err *e)
{
    double value;
    if (num_parse_double(text, &value) && value > 0 && value < 1e15)
        return mem_strdup(text);
    err_set(e, ERR_USAGE, "%s=%s: not a positive number", i->name, text);
    return NULL;
}

static char *accept(const struct setting_info *i, const char *text, struct err *e)
{
    if (strpbrk(text, "\n\r\t")) {
        err_set(e, ERR_USAGE, "%s: line ends and tabs are not taken", i->name);
        return NULL;
    }
    switch (i->kind) {
    case KIND_FOLDER:
    case KIND_FILE:
        return existing(i, text, e);
    case KIND_NEW_FOLDER:
        return absolute(text);
    case KIND_CHOICE:
    case KIND_WORDS:
        return choice(i, text, e);
    case KIND_NUMBER:
        return number(i, text, e);
    }
    return NULL;
}

bool settings_set(struct run_settings *s, const char *assignment, struct err *e)
{
    const char *equals = strchr(assignment, '=');
    int which = equals ? find(assignment, (size_t)(equals - assignment)) : -1;
    if (which < 0)
        return err_set(e, ERR_USAGE, "not a setting: %s", assignment);
    char *value = equals[1] ? accept(&info[which], equals + 1, e) : NULL;
    if (!value && equals[1])
        return false;
    free(s->value[which]);
    s->value[which] = value;
    return true;
}

bool settings_load(struct run_settings *s, const char *path, struct err *e)
{
    if (access(path, F_OK) != 0)
        return true;
    json_t *root = json_read(path, e);
    for (int i = 0; root && i < SETTINGS; i++) {
        const char *text = json_get_text(root, info[i].name, NULL);
        s->value[i] = text ? mem_strdup(text) : NULL;
    }
    json_decref(root);
    return root != NULL;
}

bool settings_save(const struct run_settings *s, const char *path, struct err *e)
{
    json_t *root = json_object();
    for (int i = 0; i < SETTINGS; i++)
        if (s->value[i])
            json_object_set_new(root, info[i].name, json_text(s->value[i]));
    bool ok = json_write(path, root, e);
    json_decref(root);
    return ok;
}

void settings_free(struct run_settings *s)
{
    for (int i = 0; i < SETTINGS; i++)
        free(s->value[i]);
    *s = (struct run_settings){0};
}
