/* The kinds of settings: each turns the text that was given into the value that is kept. */
#include "graph/settings_value.h"

#include "base/mem.h"
#include "base/num.h"
#include "base/utf8.h"
#include "names/pattern.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

static char *existing(const struct setting_info *i, const char *text, struct err *e)
{
    struct stat st;
    bool folder = i->kind == SETTING_FOLDER;
    char *path = realpath(text, NULL);
    if (path && stat(path, &st) == 0 && S_ISDIR(st.st_mode) == folder)
        return path;
    err_set(e, ERR_REFUSED, "no such %s", folder ? "folder" : "file");
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

static bool is_choice(const char *const *choices, const char *word, size_t n)
{
    for (; *choices; choices++)
        if (strlen(*choices) == n && strncmp(*choices, word, n) == 0)
            return true;
    return false;
}

void settings_choices(const struct setting_info *i, const char *between, struct str *out)
{
    for (const char *const *c = i->choices; c && *c; c++)
        str_addf(out, "%s%s", c == i->choices ? "" : between, *c);
}

static char *choice(const struct setting_info *i, const char *text, struct err *e)
{
    const char *separators = i->kind == SETTING_WORDS ? " ," : "";
    for (const char *at = text; *at; at += strspn(at, separators)) {
        size_t n = *separators ? strcspn(at, separators) : strlen(at);
        if (!is_choice(i->choices, at, n)) {
            struct str all = {0};
            settings_choices(i, ", ", &all);
            err_set(e, ERR_USAGE, "not %s %s", i->kind == SETTING_WORDS ? "of" : "one of",
                    str_text(&all));
            str_free(&all);
            return NULL;
        }
        at += n;
    }
    return mem_strdup(text);
}

static char *number(const struct setting_info *i, const char *text, struct err *e)
{
    double value;
    int64_t whole;
    bool counts = i->kind == SETTING_COUNT;
    bool ok = counts ? num_parse_int(text, &whole) : num_parse_double(text, &value);
    if (ok && counts)
        value = (double)whole;
    if (ok && value >= i->min && value <= i->max)
        return mem_strdup(text);
    err_set(e, ERR_USAGE, "not a %snumber from %.15g to %.15g", counts ? "whole " : "", i->min,
            i->max);
    return NULL;
}

static char *word(const char *text, struct err *e)
{
    if (text[strspn(text, letters)] == '\0')
        return mem_strdup(text);
    err_set(e, ERR_USAGE, "not letters, digits, - and _ only");
    return NULL;
}

static char *preset(const char *text, struct err *e)
{
    for (const char *c = text; *c; c++)
        if (!strchr(letters, *c) && *c != '.') {
            err_set(e, ERR_USAGE, "not letters, digits, -, _ and . only");
            return NULL;
        }
    return mem_strdup(text);
}

static char *patterns(const char *text, struct err *e)
{
    struct str_list list = {0};
    bool ok = patterns_parse(text, &list, e);
    str_list_free(&list);
    return ok ? mem_strdup(text) : NULL;
}

char *settings_accept(const struct setting_info *i, const char *text, struct err *e)
{
    if (strpbrk(text, "\n\r\t")) {
        err_set(e, ERR_USAGE, "line ends and tabs are not taken");
        return NULL;
    }
    if (!utf8_valid(text, strlen(text))) { /* what is remembered is JSON */
        err_set(e, ERR_REFUSED, "not UTF-8");
        return NULL;
    }
    switch (i->kind) {
    case SETTING_FOLDER:
    case SETTING_FILE:
        return existing(i, text, e);
    case SETTING_NEW_FOLDER:
        return absolute(text);
    case SETTING_CHOICE:
    case SETTING_WORDS:
        return choice(i, text, e);
    case SETTING_NUMBER:
    case SETTING_COUNT:
        return number(i, text, e);
    case SETTING_WORD:
        return word(text, e);
    case SETTING_PRESET:
        return preset(text, e);
    case SETTING_PATTERNS:
        return patterns(text, e);
    case SETTING_TEXT:
        return mem_strdup(text);
    }
    return NULL;
}
