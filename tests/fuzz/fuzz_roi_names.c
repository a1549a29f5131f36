/* Files of standard names, and lists of patterns: what was read must hold what selection counts on,
 * and asking for a name must come to an end. */
#include "fuzz.h"

#include "base/mem.h"
#include "graph/roi_names.h"
#include "names/pattern.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const originals[] = {
    "", "GTV-1", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "\xc3\x96sophagus", "\xff\xfe", NULL};

static void check(const struct roi_names *names)
{
    for (size_t i = 0; i < names->n; i++) {
        const struct roi_name *n = &names->item[i];
        if (!n->name[0] || strpbrk(n->name, "\n\r\t") || n->patterns.n == 0)
            abort();
        for (size_t k = 0; k < n->patterns.n; k++)
            if (!n->patterns.item[k][0] || strlen(n->patterns.item[k]) > PATTERN_LONGEST)
                abort();
        for (size_t k = 0; k < i; k++)
            if (strcasecmp(n->name, names->item[k].name) == 0)
                abort();
    }
    for (const char *const *original = originals; *original; original++) {
        const char *other, *found = roi_names_find(names, *original, &other);
        if (found && other)
            abort();
    }
}

static void check_list(const char *text)
{
    struct str_list list = {0};
    struct err e = {0};
    bool ok = patterns_parse(text, &list, &e);
    if (ok ? list.n == 0 : e.code != ERR_USAGE || !e.text[0])
        abort();
    for (const char *const *original = originals; ok && *original; original++)
        if (patterns_find(&list, *original) >= (int)list.n)
            abort();
    str_list_free(&list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct roi_names names;
    struct err e = {0};
    if (roi_names_parse((const char *)data, n, "fuzz", &names, &e))
        check(&names);
    else if (e.code != ERR_REFUSED || !e.text[0])
        abort();
    roi_names_free(&names);
    char *text = mem_must(strndup((const char *)data, n));
    check_list(text);
    free(text);
    return 0;
}
