/* The table of settings as people read it. */
#include "graph/settings_value.h"

static void add_default(const struct setting_info *i, const char *quote, struct str *out)
{
    if (i->fallback)
        str_addf(out, "%s%s%s", quote, i->fallback, quote);
    else if (i->otherwise)
        str_add(out, i->otherwise);
}

static void text_row(const struct setting_info *i, struct str *out)
{
    struct str left = {0};
    str_addf(&left, "%s=%s", i->name, i->metavar);
    str_addf(out, "  %-26s  %s", str_text(&left), i->help);
    str_free(&left);
    if (i->choices) {
        str_add(out, ": ");
        settings_choices(i, ", ", out);
    }
    if (i->fallback || i->otherwise) {
        str_add(out, " [");
        add_default(i, "", out);
        str_add(out, "]");
    }
    str_add(out, "\n");
}

/* A bar ends a cell. */
static void add_cell(struct str *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            str_add_char(out, '\\');
        str_add_char(out, *text);
    }
}

static void md_row(enum setting which, struct str *out)
{
    const struct setting_info *i = &settings_table[which];
    char option[SETTING_OPTION_SIZE];
    str_addf(out, "| `%s` | `--%s ", i->name, settings_option(which, option));
    add_cell(out, i->metavar);
    str_add(out, "` | ");
    add_cell(out, i->help);
    if (i->choices) {
        str_add(out, ": `");
        settings_choices(i, "`, `", out);
        str_add(out, "`");
    }
    str_add(out, " | ");
    add_default(i, "`", out);
    str_addf(out, " | %s | %s |\n", i->stage, i->once ? "no" : "yes");
}

static const char md_head[] =
    "# Settings of the pipeline\n\n"
    "`make SETTING=VALUE`, or `radmill --option VALUE`. What was given is remembered in OUTDIR; an "
    "empty value forgets it. Generated from `lib/graph/settings.def`; the column *reaches* names "
    "the "
    "first stage that a setting changes (*run*: how things run, not what comes out).\n\n"
    "| setting | radmill's option | meaning | default | reaches | remembered |\n"
    "|---|---|---|---|---|---|\n";

void settings_describe(bool markdown, struct str *out)
{
    str_add(out, markdown ? md_head : "");
    for (int i = 0; i < SETTINGS; i++) {
        if (markdown)
            md_row(i, out);
        else
            text_row(&settings_table[i], out);
    }
}
