#include "cli/usage.h"

#include "version.h"

#include <string.h>

/* Meaning of every exit status, in each tool's help. */
static const struct {
    int status;
    const char *meaning;
} exits[] = {
    {ERR_NONE, "done"},
    {ERR_FAILED, "failed: input or output error, lack of memory"},
    {ERR_USAGE, "the command line is wrong"},
    {ERR_REFUSED, "input refused: missing, broken, or not acceptable"},
    {ERR_INTERRUPTED, "interrupted by a signal"},
};
enum { EXITS = sizeof exits / sizeof *exits };

/* "-j, --jobs N" */
static void option_text(const struct opt *o, struct str *out)
{
    if (o->letter)
        str_addf(out, "-%c, ", o->letter);
    str_addf(out, "--%s", o->name);
    if (o->type != OPT_FLAG)
        str_addf(out, " %s%s", o->metavar, o->type == OPT_PATHS_IN ? "..." : "");
    else if (o->metavar)
        str_addf(out, "[=%s]", o->metavar);
}

static void option_notes(const struct opt *o, struct str *out)
{
    str_add(out, o->help);
    if (o->choices) {
        str_add(out, ": ");
        for (int i = 0; o->choices[i]; i++)
            str_addf(out, "%s%s", i ? ", " : "", o->choices[i]);
    }
    if (o->fallback || o->otherwise)
        str_addf(out, " [%s]", o->fallback ? o->fallback : o->otherwise);
}

/* Calls row for the tool's own options, then the common ones. */
static void each_option(const struct tool *t, void (*row)(const struct opt *, struct str *),
                        struct str *out)
{
    for (const struct opt *o = t->opts; o && o->name; o++)
        row(o, out);
    for (const struct opt *o = opt_common; o->name; o++)
        row(o, out);
}

void usage_brief(const struct tool *t, struct str *out)
{
    for (int i = 0; t->synopsis[i]; i++)
        str_addf(out, "%s %s %s\n", i ? "      " : "usage:", t->name, t->synopsis[i]);
}

enum { HELP_COLUMN = 28 };

static void padded(const char *left, const char *right, struct str *out)
{
    if (strlen(left) + 4 > HELP_COLUMN)
        str_addf(out, "  %s\n%*s%s\n", left, HELP_COLUMN, "", right);
    else
        str_addf(out, "  %-*s%s\n", HELP_COLUMN - 2, left, right);
}

static void text_row(const struct opt *o, struct str *out)
{
    struct str left = {0}, right = {0};
    option_text(o, &left);
    option_notes(o, &right);
    padded(str_text(&left), str_text(&right), out);
    str_free(&left);
    str_free(&right);
}

static void help_text(const struct tool *t, struct str *out)
{
    str_addf(out, "%s - %s\n\n", t->name, t->summary);
    usage_brief(t, out);
    if (t->description)
        str_addf(out, "\n%s\n", t->description);
    if (t->operands && t->operands->metavar)
        str_add(out, "\noperands:\n");
    for (const struct operand *o = t->operands; o && o->metavar; o++)
        padded(o->metavar, o->help, out);
    str_add(out, "\noptions:\n");
    each_option(t, text_row, out);
    if (t->examples)
        str_add(out, "\nexamples:\n");
    for (int i = 0; t->examples && t->examples[i]; i++)
        str_addf(out, "  %s\n", t->examples[i]);
    str_add(out, "\nexit status:\n");
    for (int i = 0; i < EXITS; i++)
        str_addf(out, "  %-4d%s\n", exits[i].status, exits[i].meaning);
}

static void md_row(const struct opt *o, struct str *out)
{
    str_add(out, "| `");
    option_text(o, out);
    str_add(out, "` | ");
    option_notes(o, out);
    str_add(out, " |\n");
}

static void help_md(const struct tool *t, struct str *out)
{
    str_addf(out, "# %s\n\n%s.\n\n```\n", t->name, t->summary);
    usage_brief(t, out);
    str_add(out, "```\n");
    if (t->description)
        str_addf(out, "\n%s\n", t->description);
    str_add(out, "\n| argument | meaning |\n|---|---|\n");
    for (const struct operand *o = t->operands; o && o->metavar; o++)
        str_addf(out, "| `%s` | %s |\n", o->metavar, o->help);
    each_option(t, md_row, out);
    if (t->examples)
        str_add(out, "\n```sh\n");
    for (int i = 0; t->examples && t->examples[i]; i++)
        str_addf(out, "%s\n", t->examples[i]);
    if (t->examples)
        str_add(out, "```\n");
    str_add(out, "\n| exit status | meaning |\n|---|---|\n");
    for (int i = 0; i < EXITS; i++)
        str_addf(out, "| %d | %s |\n", exits[i].status, exits[i].meaning);
}

/* troff reads a leading dot or quote as a request, and a bare '-' as a hyphen. */
static void man_text(const char *text, struct str *out)
{
    for (const char *c = text; *c; c++) {
        if ((*c == '.' || *c == '\'') && (c == text || c[-1] == '\n'))
            str_add(out, "\\&");
        if (*c == '-' || *c == '\\')
            str_add_char(out, '\\');
        str_add_char(out, *c == '\\' ? 'e' : *c);
    }
    str_add_char(out, '\n');
}

static void man_row(const struct opt *o, struct str *out)
{
    struct str left = {0}, right = {0};
    option_text(o, &left);
    option_notes(o, &right);
    str_add(out, ".TP\n.B ");
    man_text(str_text(&left), out);
    man_text(str_text(&right), out);
    str_free(&left);
    str_free(&right);
}

static void help_man(const struct tool *t, struct str *out)
{
    str_addf(out, ".TH %s 1 \"\" \"radmill %s\"\n.SH NAME\n%s \\- ", t->name, RADMILL_VERSION,
             t->name);
    man_text(t->summary, out);
    str_add(out, ".SH SYNOPSIS\n.nf\n");
    for (int i = 0; t->synopsis[i]; i++) {
        str_addf(out, "%s ", t->name);
        man_text(t->synopsis[i], out);
    }
    str_add(out, ".fi\n");
    if (t->description) {
        str_add(out, ".SH DESCRIPTION\n");
        man_text(t->description, out);
    }
    str_add(out, ".SH OPTIONS\n");
    for (const struct operand *o = t->operands; o && o->metavar; o++) {
        str_addf(out, ".TP\n.I %s\n", o->metavar);
        man_text(o->help, out);
    }
    each_option(t, man_row, out);
    str_add(out, ".SH EXIT STATUS\n");
    for (int i = 0; i < EXITS; i++)
        str_addf(out, ".TP\n%d\n%s\n", exits[i].status, exits[i].meaning);
}

static void json_text(const char *text, struct str *out)
{
    str_add_char(out, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            str_addf(out, "\\%c", *c);
        else if (*c == '\n')
            str_add(out, "\\n");
        else
            str_add_char(out, *c);
    }
    str_add_char(out, '"');
}

static void json_row(const struct opt *o, struct str *out)
{
    static const char *const type[] = {
        [OPT_FLAG] = "flag",       [OPT_TEXT] = "text",       [OPT_FILE_IN] = "file-in",
        [OPT_DIR_IN] = "dir-in",   [OPT_PATH_IN] = "path-in", [OPT_FILE_OUT] = "file-out",
        [OPT_DIR_OUT] = "dir-out", [OPT_INT] = "int",         [OPT_REAL] = "real",
        [OPT_CHOICE] = "choice",   [OPT_LIST] = "list",       [OPT_PATHS_IN] = "paths-in",
    };
    if (out->text[out->len - 1] == '}')
        str_add_char(out, ',');
    str_add(out, "\n  {\"name\": ");
    json_text(o->name, out);
    str_addf(out, ", \"type\": \"%s\", \"help\": ", type[o->type]);
    json_text(o->help, out);
    if (o->fallback || o->otherwise) {
        str_add(out, ", \"default\": ");
        json_text(o->fallback ? o->fallback : o->otherwise, out);
    }
    str_add_char(out, '}');
}

static void help_json(const struct tool *t, struct str *out)
{
    str_add(out, "{\"name\": ");
    json_text(t->name, out);
    str_add(out, ", \"summary\": ");
    json_text(t->summary, out);
    str_addf(out, ", \"version\": \"%s\", \"options\": [", RADMILL_VERSION);
    each_option(t, json_row, out);
    str_add(out, "\n]}\n");
}

/* A text within single quotes of the shell. */
static void bash_names(const struct opt *o, struct str *out)
{
    str_addf(out, " --%s", o->name);
}

static bool takes_folder(enum opt_type type)
{
    return type == OPT_DIR_IN || type == OPT_DIR_OUT;
}

/* What completion offers after an option: one of its choices, a folder, or by default any file. */
static void bash_values(const struct opt *o, struct str *out)
{
    bool folder = takes_folder(o->type) || (o->metavar && strcmp(o->metavar, "DIR") == 0);
    if (o->type == OPT_FLAG || (!o->choices && !folder))
        return;
    str_addf(out, "    --%s", o->name);
    if (o->letter)
        str_addf(out, " | -%c", o->letter);
    if (folder) {
        str_add(out, ")\n        mapfile -t COMPREPLY < <(compgen -d -- \"$word\"); return ;;\n");
        return;
    }
    str_add(out, ")\n        mapfile -t COMPREPLY < <(compgen -W '");
    for (int i = 0; o->choices[i]; i++)
        str_addf(out, "%s%s", i ? " " : "", o->choices[i]);
    str_add(out, "' -- \"$word\"); return ;;\n");
}

/* "--option=value" comes as three words, as '=' ends one. Where nothing is completed here, bash
 * completes names of files. */
static void help_bash(const struct tool *t, struct str *out)
{
    struct str function = {0};
    str_add(&function, "_");
    for (const char *c = t->name; *c; c++)
        str_add_char(&function, *c == '-' ? '_' : *c);
    str_addf(out,
             "%s() {\n"
             "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
             "    if [ \"$word\" = = ]; then word=; "
             "elif [ \"$before\" = = ]; then before=${COMP_WORDS[COMP_CWORD - 2]}; fi\n"
             "    case $before in\n",
             function.text);
    each_option(t, bash_values, out);
    str_add(out, "    esac\n"
                 "    [[ $word != -* ]] || mapfile -t COMPREPLY < <(compgen -W '");
    each_option(t, bash_names, out);
    str_addf(out, "' -- \"$word\")\n}\ncomplete -o default -o filenames -F %s %s\n", function.text,
             t->name);
    str_free(&function);
}

bool usage_print(const struct tool *t, const char *format, struct str *out, struct err *e)
{
    static const struct {
        const char *name;
        void (*print)(const struct tool *, struct str *);
    } form[] = {{"text", help_text},
                {"md", help_md},
                {"man", help_man},
                {"json", help_json},
                {"bash", help_bash}};
    for (size_t i = 0; i < sizeof form / sizeof *form; i++) {
        if (strcmp(form[i].name, format) == 0) {
            form[i].print(t, out);
            return true;
        }
    }
    return err_set(e, ERR_USAGE, "--help=%s: not one of text, md, man, json, bash", format);
}
