/* Which mask a name means (docs/boolstruct.md, "Names"). */
#include "base/mem.h"
#include "boolmask/library.h"
#include "cli/opt.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool letter_or_digit(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* The name without a prefix such as "total--", "TotalSegmentator_" or "total_mr--"; the whole name
 * when nothing would be left. */
static const char *without_prefix(const char *name)
{
    static const char *const prefixes[] = {"totalsegmentator", "totalseg", "total_mr", "total"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t n = strlen(prefixes[i]);
        if (strncasecmp(name, prefixes[i], n) != 0 || letter_or_digit((unsigned char)name[n]))
            continue;
        while (name[n] && !letter_or_digit((unsigned char)name[n]))
            n++;
        return name[n] ? name + n : name;
    }
    return name;
}

char *library_normal(const char *name)
{
    struct str s = {0};
    str_add(&s, "");
    for (const char *c = without_prefix(name); *c; c++)
        if (letter_or_digit((unsigned char)*c))
            str_add_char(&s, *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c);
    return mem_must(str_take(&s));
}

/* Smaller is better: first the quality of the match, then the source. */
enum { BY_NAME, BY_STEM, NORMALISED, NO_MATCH };

static int quality(const struct library_item *item, const char *asked, const char *normal)
{
    if (strcmp(item->name, asked) == 0 || (item->also && strcmp(item->also, asked) == 0))
        return BY_NAME;
    if (strcmp(item->stem, asked) == 0)
        return BY_STEM;
    char *name = library_normal(item->name), *stem = library_normal(item->stem);
    char *also = library_normal(item->also ? item->also : "");
    bool same = normal[0] && (strcmp(name, normal) == 0 || strcmp(stem, normal) == 0 ||
                              strcmp(also, normal) == 0);
    free(also);
    free(name);
    free(stem);
    return same ? NORMALISED : NO_MATCH;
}

static int priority(const struct library_item *item)
{
    return strcmp(item->source, "Manual") == 0        ? 0
           : strcmp(item->source, "Custom") == 0      ? 1
           : str_starts_with(item->source, "AutoRTS") ? 2
                                                      : 3;
}

/* A match of the name and one of the stem both count as exact, and are equal when sources are
 * compared. */
static int rank(const struct library_item *item, int q)
{
    return (q == NORMALISED ? 8 : 0) + 2 * priority(item) + (q == BY_STEM);
}

/* Looks at the items of `source` (NULL: all) for a name. */
static enum match find_in(const struct library *l, const char *source, const char *asked, int skip,
                          int most_quality, size_t *found, bool *exactly, struct str *others)
{
    char *normal = library_normal(asked);
    int best = -1;
    struct str all = {0};
    enum match result = MATCH_NONE;
    for (size_t i = 0; i < l->n; i++) {
        const struct library_item *item = &l->item[i];
        if ((skip >= 0 && item->structure == skip) || (source && strcmp(item->source, source) != 0))
            continue;
        int q = quality(item, asked, normal);
        if (q > most_quality)
            continue;
        int r = rank(item, q);
        if (best >= 0 && r > best)
            continue;
        if (best < 0 || r < best) {
            best = r;
            result = MATCH_ONE;
            *found = i;
            *exactly = q != NORMALISED;
            str_free(&all);
        } else {
            result = MATCH_AMBIGUOUS;
            str_add(&all, ", ");
        }
        library_print(item, &all);
        if (item->stem && strcmp(item->stem, item->name) != 0)
            str_addf(&all, " (%s)", item->stem);
    }
    if (result == MATCH_AMBIGUOUS)
        str_add(others, str_text(&all));
    str_free(&all);
    free(normal);
    return result;
}

/* The item source of "source/name", or NULL; *rest is the name behind it. */
static const char *source_of(const struct library *l, const char *asked, const char **rest)
{
    for (size_t i = 0; i < l->n; i++) {
        size_t n = strlen(l->item[i].source);
        if (strncmp(asked, l->item[i].source, n) == 0 && asked[n] == '/' && asked[n + 1]) {
            *rest = asked + n + 1;
            return l->item[i].source;
        }
    }
    return NULL;
}

static enum match find_others(const struct library *l, const char *asked, int skip, size_t *found,
                              bool *exactly, struct str *others)
{
    const char *rest;
    const char *source = source_of(l, asked, &rest);
    enum match m =
        find_in(l, NULL, asked, skip, source ? BY_STEM : NORMALISED, found, exactly, others);
    if (m == MATCH_NONE && source)
        m = find_in(l, source, rest, skip, NORMALISED, found, exactly, others);
    return m;
}

enum match library_find(const struct library *l, const char *asked, int self, size_t *found,
                        bool *exactly, struct str *others)
{
    enum match m = find_others(l, asked, self, found, exactly, others);
    if (m == MATCH_NONE && self >= 0)
        m = find_others(l, asked, -1, found, exactly, others);
    return m;
}

const char *library_nearest(const struct library *l, const char *asked)
{
    const char **known = mem_must(calloc(2 * l->n + 1, sizeof *known));
    for (size_t i = 0; i < l->n; i++) {
        known[2 * i] = l->item[i].name;
        known[2 * i + 1] = l->item[i].stem;
    }
    const char *near = opt_nearest(asked, known);
    free(known);
    return near;
}

void library_print(const struct library_item *item, struct str *out)
{
    str_addf(out, "%s/%s", item->source, item->name);
}
