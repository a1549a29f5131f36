#include "course/walk.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "names/pattern.h"

#include <errno.h>
#include <fts.h>
#include <limits.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Identifies a file or folder, whatever its names. */
struct identity {
    dev_t device;
    ino_t number;
};

struct walker {
    const char *root; /* its real path */
    const struct walk_wish *wish;
    struct str_list outside;      /* real paths of wish->exclude */
    struct str_list links, leads; /* links that are followed: relative path, real target */
    void *seen;                   /* tree of struct identity; kept only where links are followed */
    struct file_list *out;
    struct str not_utf8; /* the first path */
    size_t n_not_utf8;
};

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static int by_identity(const void *a, const void *b)
{
    const struct identity *x = a, *y = b;
    if (x->device != y->device)
        return x->device < y->device ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Was this file or folder visited before? Remembers it. */
static bool seen_before(struct walker *w, const struct stat *st)
{
    if (w->wish->links == WALK_NO_LINKS)
        return false;
    struct identity *id = mem_must(malloc(sizeof *id));
    *id = (struct identity){st->st_dev, st->st_ino};
    struct identity **kept = mem_must(tsearch(id, &w->seen, by_identity));
    bool before = *kept != id;
    if (before)
        free(id);
    return before;
}

static bool is_below(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    return strncmp(path, folder, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

/* --- one file --- */

static void note_not_utf8(struct walker *w, const char *path)
{
    if (w->n_not_utf8++)
        return;
    for (; *path; path++)
        if ((unsigned char)*path < ' ' || (unsigned char)*path >= 0x7f)
            str_addf(&w->not_utf8, "\\x%02x", (unsigned char)*path);
        else
            str_add_char(&w->not_utf8, *path);
}

/* A link that is followed is noted for later and has no problem: NULL. */
static const char *link_problem(struct walker *w, const char *path, const char *relative)
{
    char target[PATH_MAX];
    if (!realpath(path, target))
        return "symbolic link that leads nowhere";
    bool inside = is_below(target, w->root);
    if (w->wish->links == WALK_ALL_LINKS || (w->wish->links == WALK_INSIDE_LINKS && inside)) {
        str_list_add(&w->links, relative);
        str_list_add(&w->leads, target);
        return NULL;
    }
    return inside
               ? "symbolic link that is not followed: what it points to is scanned under its own "
                 "name (FOLLOW_LINKS=inside follows it)"
               : "symbolic link that leaves the root and is not followed (FOLLOW_LINKS=all "
                 "follows it)";
}

static void add(struct walker *w, const FTSENT *entry, const char *relative)
{
    char text[128];
    const char *problem = NULL;
    bool unreadable = false;
    switch (entry->fts_info) {
    case FTS_F:
        if (seen_before(w, entry->fts_statp))
            return;
        break;
    case FTS_SL:
    case FTS_SLNONE:
        if (!(problem = link_problem(w, entry->fts_path, relative)))
            return;
        break;
    case FTS_DC: /* a link back to a folder above: its files are listed already */
        return;
    case FTS_DNR:
    case FTS_NS:
    case FTS_ERR:
        snprintf(text, sizeof text, "cannot be read: %s", strerror(entry->fts_errno));
        problem = text;
        unreadable = true;
        break;
    default:
        problem = "no regular file";
    }
    if (!utf8_valid(relative, strlen(relative))) {
        note_not_utf8(w, relative);
        return;
    }
    struct course_file *f = file_list_add(w->out, relative);
    f->size = entry->fts_statp->st_size;
    f->mtime_ns =
        entry->fts_statp->st_mtim.tv_sec * 1000000000LL + entry->fts_statp->st_mtim.tv_nsec;
    f->is_link = entry->fts_info == FTS_SL || entry->fts_info == FTS_SLNONE;
    f->unreadable = unreadable;
    f->problem = problem ? mem_strdup(problem) : NULL;
}

/* --- one tree --- */

static bool is_passed_over(const struct walker *w, const FTSENT *entry, const char *relative)
{
    if (entry->fts_info == FTS_D && str_list_has(&w->outside, entry->fts_path))
        return true;
    const struct str_list *skip = w->wish->skip;
    return skip && *relative &&
           (patterns_find(skip, relative) >= 0 || patterns_find(skip, path_base(relative)) >= 0);
}

static void visit(struct walker *w, FTS *tree, FTSENT *entry, const char *relative)
{
    if (entry->fts_info == FTS_DP)
        return;
    if (is_passed_over(w, entry, relative))
        fts_set(tree, entry, FTS_SKIP);
    else if (entry->fts_info == FTS_D && seen_before(w, entry->fts_statp))
        fts_set(tree, entry, FTS_SKIP);
    else if (entry->fts_info != FTS_D)
        add(w, entry, relative);
}

/* Everything at the real path `top`, which is called `name` below the root (empty: it is the root).
 */
static bool walk_tree(struct walker *w, const char *top, const char *name, struct err *e)
{
    char *const tops[] = {(char *)top, NULL};
    FTS *tree = fts_open(tops, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    if (!tree)
        return err_errno(e, "%s", top);
    for (FTSENT *entry; (errno = 0, entry = fts_read(tree));) {
        struct str relative = {0};
        const char *rest = entry->fts_path + strlen(top);
        str_add(&relative, name);
        str_add(&relative, *name ? rest : rest + strspn(rest, "/"));
        visit(w, tree, entry, str_text(&relative));
        str_free(&relative);
    }
    bool ok = errno == 0 || err_errno(e, "reading the folders below %s", top);
    fts_close(tree);
    return ok;
}

bool walk(const char *root, const struct walk_wish *wish, struct file_list *out, struct err *e)
{
    char real_root[PATH_MAX], real[PATH_MAX];
    if (!realpath(root, real_root))
        return err_errno(e, "%s", root);
    struct walker w = {.root = real_root, .wish = wish, .out = out};
    for (size_t i = 0; wish->exclude && i < wish->exclude->n; i++)
        if (realpath(wish->exclude->item[i], real))
            str_list_add(&w.outside, real);
    bool ok = walk_tree(&w, real_root, "", e);
    for (size_t i = 0; ok && i < w.links.n; i++) /* their trees may add to them */
        ok = walk_tree(&w, w.leads.item[i], w.links.item[i], e);
    if (ok && w.n_not_utf8)
        ok = err_set(e, ERR_REFUSED,
                     "%zu path%s not UTF-8, the first is %s: rename them, or have SKIP_PATHS "
                     "pass over them",
                     w.n_not_utf8, w.n_not_utf8 == 1 ? " is" : "s are", w.not_utf8.text);
    tdestroy(w.seen, free);
    str_list_free(&w.outside);
    str_list_free(&w.links);
    str_list_free(&w.leads);
    str_free(&w.not_utf8);
    file_list_sort(out);
    return ok;
}
