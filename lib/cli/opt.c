#include "cli/opt.h"

#include "base/mem.h"
#include "base/num.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const struct opt opt_common[] = {
    {"help", 'h', OPT_FLAG, 0, "FORMAT",
     "show this help; --help=md, man, json or bash in that form"},
    {"version", 0, OPT_FLAG, 0, NULL, "show the version"},
    {"quiet", 'q', OPT_FLAG, 0, NULL, "errors only, no warnings"},
    {"verbose", 'v', OPT_FLAG, 0, NULL,
     "more on stderr, time and memory at the end; twice: still more"},
    {0},
};

struct parser {
    const struct tool *tool;
    int argc, at;
    char **argv;
    char *values;
    struct opt_common_values *common;
    struct text_list operand;
};

static void list_add(struct text_list *l, const char *text)
{
    l->item = mem_grow(l->item, l->n + 1, sizeof *l->item);
    l->item[l->n++] = text;
}

static const struct opt *find_long(const struct opt *table, const char *name, size_t n)
{
    for (; table && table->name; table++)
        if (strncmp(table->name, name, n) == 0 && table->name[n] == '\0')
            return table;
    return NULL;
}

static const struct opt *find_short(const struct opt *table, char letter)
{
    for (; table && table->name; table++)
        if (table->letter == letter)
            return table;
    return NULL;
}

static bool unknown_option(const struct parser *p, const char *name, struct err *e)
{
    const char *known[128];
    size_t n = 0;
    const struct opt *tables[] = {p->tool->opts, opt_common};
    for (int t = 0; t < 2; t++)
        for (const struct opt *o = tables[t]; o && o->name && n < 127; o++)
            known[n++] = o->name;
    known[n] = NULL;
    const char *near = opt_nearest(name, known);
    if (near)
        return err_set(e, ERR_USAGE, "unknown option --%s (did you mean --%s?)", name, near);
    return err_set(e, ERR_USAGE, "unknown option --%s", name);
}

static bool refuse_path(const char *path, struct err *e)
{
    err_errno(e, "%s", path);
    e->code = ERR_REFUSED;
    return false;
}

static bool check_input(enum opt_type type, const char *path, struct err *e)
{
    struct stat info;
    if (type != OPT_DIR_IN && strcmp(path, "-") == 0)
        return true;
    if (stat(path, &info) != 0)
        return refuse_path(path, e);
    if (type == OPT_DIR_IN && !S_ISDIR(info.st_mode))
        return err_set(e, ERR_REFUSED, "%s: not a folder", path);
    if (type == OPT_FILE_IN && S_ISDIR(info.st_mode))
        return err_set(e, ERR_REFUSED, "%s: is a folder", path);
    return access(path, R_OK) == 0 || refuse_path(path, e);
}

static bool store_choice(int *out, const struct opt *o, const char *value, struct err *e)
{
    struct str all = {0};
    for (int i = 0; o->choices[i]; i++) {
        if (strcmp(o->choices[i], value) == 0) {
            *out = i;
            str_free(&all);
            return true;
        }
        str_addf(&all, "%s%s", i ? ", " : "", o->choices[i]);
    }
    err_set(e, ERR_USAGE, "--%s %s: not one of %s", o->name, value, str_text(&all));
    str_free(&all);
    return false;
}

static bool store_number(void *to, const struct opt *o, const char *value, struct err *e)
{
    int64_t whole = 0;
    double real = 0;
    bool is_int = o->type == OPT_INT;
    bool ok = is_int ? num_parse_int(value, &whole) : num_parse_double(value, &real);
    if (!ok)
        return err_set(e, ERR_USAGE, "--%s %s: not %s", o->name, value,
                       is_int ? "a whole number" : "a number");
    double seen = is_int ? (double)whole : real;
    if ((o->min != 0 || o->max != 0) && !(seen >= o->min && seen <= o->max))
        return err_set(e, ERR_USAGE, "--%s %s: must lie between %.15g and %.15g", o->name, value,
                       o->min, o->max);
    if (is_int)
        memcpy(to, &whole, sizeof whole);
    else
        memcpy(to, &real, sizeof real);
    return true;
}

static bool store(const struct parser *p, const struct opt *o, const char *value, struct err *e)
{
    void *to = p->values + o->offset;
    switch (o->type) {
    case OPT_FLAG:
        *(bool *)to = true;
        return true;
    case OPT_FILE_IN:
    case OPT_DIR_IN:
    case OPT_PATH_IN:
        if (!check_input(o->type, value, e))
            return false;
        *(const char **)to = value;
        return true;
    case OPT_TEXT:
    case OPT_FILE_OUT:
    case OPT_DIR_OUT:
        if (o->type != OPT_TEXT && !*value)
            return err_set(e, ERR_USAGE, "--%s: empty path", o->name);
        *(const char **)to = value;
        return true;
    case OPT_INT:
    case OPT_REAL:
        return store_number(to, o, value, e);
    case OPT_CHOICE:
        return store_choice(to, o, value, e);
    case OPT_PATHS_IN:
        if (!check_input(OPT_PATH_IN, value, e))
            return false;
        list_add(to, value);
        return true;
    case OPT_LIST:
        list_add(to, value);
        return true;
    }
    return false;
}

/* --masks A B --masks C: values up to the next option. */
static bool store_greedy(struct parser *p, const struct opt *o, const char *first, struct err *e)
{
    if (!store(p, o, first, e))
        return false;
    while (p->at < p->argc && (p->argv[p->at][0] != '-' || !p->argv[p->at][1]))
        if (!store(p, o, p->argv[p->at++], e))
            return false;
    return true;
}

static bool take_option(struct parser *p, const struct opt *o, const char *attached, struct err *e)
{
    if (o->type == OPT_FLAG) {
        if (attached)
            return err_set(e, ERR_USAGE, "--%s takes no value", o->name);
        return store(p, o, NULL, e);
    }
    const char *value = attached;
    if (!value) {
        if (p->at >= p->argc)
            return err_set(e, ERR_USAGE, "--%s needs a value (%s)", o->name, o->metavar);
        value = p->argv[p->at++];
    }
    return o->type == OPT_PATHS_IN ? store_greedy(p, o, value, e) : store(p, o, value, e);
}

static bool take_common(struct parser *p, const struct opt *o, const char *attached, struct err *e)
{
    if (strcmp(o->name, "help") == 0) {
        p->common->request = OPT_HELP;
        p->common->help_format = attached ? attached : "text";
        return true;
    }
    if (attached)
        return err_set(e, ERR_USAGE, "--%s takes no value", o->name);
    if (strcmp(o->name, "version") == 0 && p->common->request == OPT_RUN)
        p->common->request = OPT_VERSION;
    else if (strcmp(o->name, "quiet") == 0)
        p->common->quiet = true;
    else if (strcmp(o->name, "verbose") == 0)
        p->common->verbose++;
    return true;
}

static bool take_long(struct parser *p, const char *arg, struct err *e)
{
    const char *equals = strchr(arg, '=');
    size_t n = equals ? (size_t)(equals - arg) : strlen(arg);
    const char *attached = equals ? equals + 1 : NULL;
    const struct opt *o = find_long(p->tool->opts, arg, n);
    if (o)
        return take_option(p, o, attached, e);
    o = find_long(opt_common, arg, n);
    if (o)
        return take_common(p, o, attached, e);
    char *name = mem_must(strndup(arg, n));
    unknown_option(p, name, e);
    free(name);
    return false;
}

/* -j4, -j 4, -qv */
static bool take_short(struct parser *p, const char *letters, struct err *e)
{
    for (; *letters; letters++) {
        const struct opt *o = find_short(p->tool->opts, *letters);
        if (o && o->type == OPT_FLAG) {
            if (!take_option(p, o, NULL, e))
                return false;
        } else if (o) {
            return take_option(p, o, letters[1] ? letters + 1 : NULL, e);
        } else if ((o = find_short(opt_common, *letters))) {
            if (!take_common(p, o, NULL, e))
                return false;
        } else {
            return err_set(e, ERR_USAGE, "unknown option -%c", *letters);
        }
    }
    return true;
}

static bool apply_fallbacks(struct parser *p, struct err *e)
{
    for (const struct opt *o = p->tool->opts; o && o->name; o++)
        if (o->fallback && !store(p, o, o->fallback, e))
            return err_wrap(e, "default");
    return true;
}

static enum opt_type list_type(enum opt_type one)
{
    return one == OPT_FILE_IN || one == OPT_PATH_IN || one == OPT_DIR_IN ? OPT_PATHS_IN : OPT_LIST;
}

/* A message for an unexpected operand that names the option for paths, if there is one: "tool DIR
 * -" is a likely mistake.
 */
static bool unexpected_operand(const struct parser *p, const char *operand, struct err *e)
{
    for (const struct opt *o = p->tool->opts; o && o->name; o++)
        if (o->type == OPT_PATHS_IN)
            return err_set(e, ERR_USAGE, "unexpected operand %s: did you mean --%s %s?", operand,
                           o->name, operand);
    return err_set(e, ERR_USAGE, "unexpected operand %s", operand);
}

static bool place_operands(struct parser *p, struct err *e)
{
    size_t next = 0;
    for (const struct operand *o = p->tool->operands; o && o->metavar; o++) {
        size_t most = o->max_count < 0 ? SIZE_MAX : (size_t)o->max_count, taken = 0;
        struct opt as = {.name = o->metavar, .type = o->type, .offset = o->offset};
        if (o->max_count != 1)
            as.type = list_type(o->type);
        for (; taken < most && next < p->operand.n; taken++)
            if (!store(p, &as, p->operand.item[next++], e))
                return false;
        if (taken < (size_t)o->min_count)
            return err_set(e, ERR_USAGE, "%s is missing", o->metavar);
    }
    if (next < p->operand.n)
        return unexpected_operand(p, p->operand.item[next], e);
    return true;
}

static bool take_arguments(struct parser *p, struct err *e)
{
    bool options_ended = false;
    while (p->at < p->argc) {
        const char *arg = p->argv[p->at++];
        if (options_ended || arg[0] != '-' || arg[1] == '\0')
            list_add(&p->operand, arg);
        else if (strcmp(arg, "--") == 0)
            options_ended = true;
        else if (!(arg[1] == '-' ? take_long(p, arg + 2, e) : take_short(p, arg + 1, e)))
            return false;
    }
    return p->common->request != OPT_RUN || place_operands(p, e);
}

bool opt_parse(const struct tool *t, int argc, char **argv, void *values,
               struct opt_common_values *common, struct err *e)
{
    struct parser p = {
        .tool = t, .argc = argc, .at = 1, .argv = argv, .values = values, .common = common};
    *common = (struct opt_common_values){0};
    bool ok = apply_fallbacks(&p, e) && take_arguments(&p, e);
    free(p.operand.item);
    if (!ok)
        opt_free(t, values);
    return ok;
}

static void free_list(void *values, size_t offset)
{
    struct text_list *l = (struct text_list *)((char *)values + offset);
    free(l->item);
    *l = (struct text_list){0};
}

void opt_free(const struct tool *t, void *values)
{
    for (const struct opt *o = t->opts; o && o->name; o++)
        if (o->type == OPT_LIST || o->type == OPT_PATHS_IN)
            free_list(values, o->offset);
    for (const struct operand *o = t->operands; o && o->metavar; o++)
        if (o->max_count != 1)
            free_list(values, o->offset);
}
