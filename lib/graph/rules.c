#include "graph/rules.h"

#include "base/mem.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 8 }; /* bindings within bindings */

const char *bindings_get(const struct bindings *b, const char *name)
{
    for (size_t i = 0; i < b->n; i++)
        if (strcmp(b->item[i].name, name) == 0)
            return b->item[i].value;
    return NULL;
}

static void bind(struct bindings *b, const char *name, const char *value)
{
    b->item = mem_grow(b->item, b->n + 1, sizeof *b->item);
    b->item[b->n++] = (struct binding){mem_strdup(name), mem_strdup(value)};
}

static void bindings_free(struct bindings *b)
{
    for (size_t i = 0; i < b->n; i++) {
        free(b->item[i].name);
        free(b->item[i].value);
    }
    free(b->item);
    *b = (struct bindings){0};
}

/* --- parsing --- */

/* The next logical line, continuations joined; false at the end. */
static bool next_line(const char **at, struct str *line)
{
    if (!**at)
        return false;
    line->len = 0;
    str_add(line, "");
    for (;;) {
        size_t n = strcspn(*at, "\n");
        bool joined = n > 0 && (*at)[n - 1] == '$' && (n < 2 || (*at)[n - 2] != '$');
        str_add_n(line, *at, joined ? n - 1 : n);
        *at += n + ((*at)[n] == '\n');
        if (!joined || !**at)
            return true;
        *at += strspn(*at, " ");
    }
}

static bool parse_line(char *line, struct rules *r, struct err *e)
{
    bool indented = line[0] == ' ';
    char *text = str_trim(line);
    if (!*text || *text == '#')
        return true;
    if (!indented && str_starts_with(text, "rule ")) {
        r->rule = mem_grow(r->rule, r->n + 1, sizeof *r->rule);
        r->rule[r->n++] = (struct rule){.name = mem_strdup(str_trim(text + 5))};
        return true;
    }
    char *equals = strchr(text, '=');
    if (!equals || (indented && !r->n))
        return err_set(e, ERR_FAILED, "rules: not understood: %s", text);
    *equals = '\0';
    bind(indented ? &r->rule[r->n - 1].keys : &r->top, str_trim(text), str_trim(equals + 1));
    return true;
}

bool rules_parse(const char *text, struct rules *out, struct err *e)
{
    *out = (struct rules){0};
    struct str line = {0};
    bool ok = true;
    while (ok && next_line(&text, &line))
        ok = parse_line(line.text, out, e);
    str_free(&line);
    if (!ok)
        rules_free(out);
    return ok;
}

const struct rule *rules_find(const struct rules *r, const char *name)
{
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->rule[i].name, name) == 0)
            return &r->rule[i];
    return NULL;
}

void rules_free(struct rules *r)
{
    for (size_t i = 0; i < r->n; i++) {
        free(r->rule[i].name);
        bindings_free(&r->rule[i].keys);
    }
    free(r->rule);
    bindings_free(&r->top);
    *r = (struct rules){0};
}

/* --- expanding --- */

struct scope {
    const struct rules *rules;
    const struct edge *edge;
    const struct binding *extra; /* may be NULL */
};

static void join(struct str *out, const struct str_list *paths)
{
    for (size_t i = 0; i < paths->n; i++)
        str_addf(out, "%s%s", i ? " " : "", paths->item[i]);
}

static void expand(const struct scope *s, const char *text, int depth, struct str *out);

static void expand_name(const struct scope *s, const char *name, int depth, struct str *out)
{
    bool is_extra = s->extra && strcmp(s->extra->name, name) == 0;
    const char *own = is_extra ? s->extra->value : bindings_get(&s->edge->vars, name);
    const char *top = own ? NULL : bindings_get(&s->rules->top, name);
    if (own)
        str_add(out, own); /* final: the generator wrote it */
    else if (strcmp(name, "in") == 0)
        join(out, &s->edge->in);
    else if (strcmp(name, "out") == 0)
        join(out, &s->edge->out);
    else if (top && depth < DEEPEST)
        expand(s, top, depth + 1, out);
}

static void expand(const struct scope *s, const char *text, int depth, struct str *out)
{
    while (*text) {
        size_t plain = strcspn(text, "$");
        str_add_n(out, text, plain);
        text += plain;
        if (!*text)
            return;
        text++;
        if (*text == '$') {
            str_add_char(out, *text++);
            continue;
        }
        bool braced = *text == '{';
        text += braced;
        size_t n = 0;
        while (isalnum((unsigned char)text[n]) || text[n] == '_')
            n++;
        struct str name = {0};
        str_add_n(&name, text, n);
        expand_name(s, str_text(&name), depth, out);
        str_free(&name);
        text += n + (braced && text[n] == '}');
    }
}

void rules_expand(const struct rules *r, const struct rule *rule, const char *key,
                  const struct edge *edge, const struct binding *extra, struct str *out)
{
    const struct scope scope = {r, edge, extra};
    const char *value = bindings_get(&rule->keys, key);
    if (value)
        expand(&scope, value, 0, out);
}
