/* The two forms of a graph. */
#include "graph/rules.h"

#include "io/atomic.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool is_ours(const char *path)
{
    for (const char *at = path; *at;) {
        size_t n = strcspn(at, "/");
        bool state = at == path && n == strlen(STATE_DIR) && strncmp(at, STATE_DIR, n) == 0;
        if (!n || (!state && *at != '_' && !isalnum((unsigned char)*at)))
            return false;
        for (size_t i = 1; i < n; i++)
            if (!isalnum((unsigned char)at[i]) && !strchr("._-", at[i]))
                return false;
        at += n;
        if (*at == '/' && !*++at)
            return false;
    }
    return *path != '\0';
}

static bool check_list(const struct str_list *paths, struct err *e)
{
    for (size_t i = 0; i < paths->n; i++)
        if (!is_ours(paths->item[i]))
            return err_set(e, ERR_FAILED, "a path that cannot stand in a graph: %s",
                           paths->item[i]);
    return true;
}

static bool check_graph(const struct graph *g, const struct rules *rules, struct err *e)
{
    for (size_t i = 0; i < g->n; i++) {
        const struct edge *x = g->edge[i];
        if (!rules_find(rules, x->rule))
            return err_set(e, ERR_FAILED, "no rule %s", x->rule);
        if (!check_list(&x->out, e) || !check_list(&x->in, e) || !check_list(&x->order, e))
            return false;
    }
    return true;
}

static void add_paths(struct str *s, const struct str_list *paths)
{
    for (size_t i = 0; i < paths->n; i++)
        str_addf(s, "%s%s", s->len && s->text[s->len - 1] == '\n' ? "" : " ", paths->item[i]);
}

/* --- Ninja --- */

static void ninja_edge(const struct graph *g, const struct edge *x, struct str *s)
{
    str_add(s, "\nbuild");
    add_paths(s, &x->out);
    str_addf(s, ": %s", x->rule);
    add_paths(s, &x->in);
    if (x->order.n)
        str_add(s, " ||");
    add_paths(s, &x->order);
    str_add(s, "\n");
    for (size_t i = 0; i < x->vars.n; i++)
        str_addf(s, "  %s = %s\n", x->vars.item[i].name, x->vars.item[i].value);
    if (edge_is_heavy(g, x))
        str_add(s, "  pool = heavy\n");
}

static const char *state_of(const struct graph *g)
{
    return g->builddir ? g->builddir : STATE_DIR;
}

static void ninja_text(const struct graph *g, const char *rules_text, struct str *s)
{
    str_addf(s,
             "# Generated edges under the rules of rules/pipeline.ninja.\n"
             "builddir = %s\n\npool heavy\n  depth = %d\n\n",
             state_of(g), g->heavy_depth > 0 ? g->heavy_depth : 1);
    str_add(s, rules_text);
    for (size_t i = 0; i < g->n; i++)
        ninja_edge(g, g->edge[i], s);
}

/* --- Make --- */

/* A dollar is two in a makefile. */
static void add_dollars(struct str *s, const char *text)
{
    for (; *text; text++) {
        if (*text == '$')
            str_add_char(s, '$');
        str_add_char(s, *text);
    }
}

char *graph_stamp(const struct edge *x)
{
    struct str s = {0};
    str_addf(&s, STATE_DIR "/stamps/%s", x->out.item[0]);
    return str_take(&s);
}

/* A product that comes out unchanged keeps its time; the stamp says that the edge has run, so that
 * it does not run again (Ninja: restat). */
static void make_edge(const struct rules *rules, const struct edge *x, const char *lock,
                      const char *mark, struct str *s)
{
    const struct rule *rule = rules_find(rules, x->rule);
    const struct binding extra = {"lock", (char *)lock};
    struct str command = {0}, description = {0};
    char *stamp = graph_stamp(x);
    rules_expand(rules, rule, "command", x, &extra, &command);
    rules_expand(rules, rule, "description", x, &extra, &description);
    str_addf(s, "\n%s:", stamp);
    add_paths(s, &x->in);
    str_add(s, x->order.n ? " |" : "");
    add_paths(s, &x->order);
    str_add(s, "\n\t@");
    add_dollars(s, str_text(&command));
    str_addf(s, "\n\t@mkdir -p $(@D) && touch $@\n\t@echo '%s", mark);
    add_dollars(s, str_text(&description));
    str_add(s, "'\n");
    add_paths(s, &x->out);
    str_addf(s, ": %s ;\n", stamp);
    str_free(&command);
    str_free(&description);
    free(stamp);
}

static void make_text(const struct graph *g, const struct rules *rules, struct str *s)
{
    str_add(s, "# Generated: the second form of build.ninja, under the same rules.\n"
               ".SUFFIXES:\n.DELETE_ON_ERROR:\n.PHONY: all\nall:");
    for (size_t i = 0; i < g->n; i++)
        add_paths(s, &g->edge[i]->out);
    str_add(s, "\n");
    int heavy = 0;
    for (size_t i = 0; i < g->n; i++) {
        struct str lock = {0};
        if (edge_is_heavy(g, g->edge[i])) /* a pool is a set of locks, one for each of its places */
            str_addf(&lock, "--lock %s/heavy.%d", state_of(g), heavy++ % g->heavy_depth);
        make_edge(rules, g->edge[i], str_text(&lock), g->builddir ? "" : EDGE_MARK, s);
        str_free(&lock);
    }
}

/* --- both --- */

bool graph_write(const struct graph *g, const char *rules_text, bool ninja, const char *path,
                 struct err *e)
{
    struct rules rules;
    if (!rules_parse(rules_text, &rules, e))
        return false;
    struct str s = {0};
    bool ok = check_graph(g, &rules, e);
    if (ok && ninja)
        ninja_text(g, rules_text, &s);
    else if (ok)
        make_text(g, &rules, &s);
    ok = ok && out_write(path, s.text, s.len, true, e);
    str_free(&s);
    rules_free(&rules);
    return ok;
}
