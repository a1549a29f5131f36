#include "course/walk.h"

#include "base/mem.h"

#include <errno.h>
#include <fts.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool is_below(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    return strncmp(path, folder, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

static const char *link_problem(const char *path, const char *root)
{
    char target[PATH_MAX];
    if (!realpath(path, target))
        return "symbolic link that leads nowhere";
    if (!is_below(target, root))
        return "symbolic link that leaves the root: not followed";
    return "symbolic link: what it points to is scanned under its own name";
}

static bool is_utf8_name(const char *name)
{
    for (const unsigned char *p = (const unsigned char *)name; *p;) {
        int more = *p < 0x80                 ? 0
                   : *p >= 0xc2 && *p < 0xe0 ? 1
                   : (*p & 0xf0) == 0xe0     ? 2
                   : *p >= 0xf0 && *p < 0xf5 ? 3
                                             : -1;
        if (more < 0)
            return false;
        for (p++; more; more--, p++)
            if ((*p & 0xc0) != 0x80)
                return false;
    }
    return true;
}

static void add(const FTSENT *entry, const char *root, struct file_list *out)
{
    const char *relative = entry->fts_path + strlen(root);
    while (*relative == '/')
        relative++;
    struct course_file *f = file_list_add(out, relative);
    f->size = entry->fts_statp->st_size;
    f->mtime_ns =
        entry->fts_statp->st_mtim.tv_sec * 1000000000LL + entry->fts_statp->st_mtim.tv_nsec;
    const char *problem = NULL;
    switch (entry->fts_info) {
    case FTS_F:
        if (!is_utf8_name(relative))
            problem = "file name that is not UTF-8: no manifest can name it; rename it";
        break;
    case FTS_SL:
    case FTS_SLNONE:
        problem = link_problem(entry->fts_path, root);
        break;
    case FTS_DNR:
        problem = "folder that cannot be read";
        break;
    case FTS_NS:
    case FTS_ERR:
        problem = strerror(entry->fts_errno);
        break;
    default:
        problem = "no regular file";
    }
    f->problem = problem ? mem_strdup(problem) : NULL;
}

static bool is_excluded(const char *path, const struct str_list *exclude)
{
    for (size_t i = 0; i < exclude->n; i++)
        if (strcmp(path, exclude->item[i]) == 0)
            return true;
    return false;
}

bool walk(const char *root, const struct str_list *exclude, struct file_list *out, struct err *e)
{
    char real_root[PATH_MAX], real[PATH_MAX];
    if (!realpath(root, real_root))
        return err_errno(e, "%s", root);
    struct str_list outside = {0};
    for (size_t i = 0; i < exclude->n; i++)
        if (realpath(exclude->item[i], real))
            str_list_add(&outside, real);
    char *const roots[] = {real_root, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    bool ok = tree != NULL;
    for (FTSENT *entry; ok && (entry = fts_read(tree));) {
        if (entry->fts_info == FTS_D && is_excluded(entry->fts_path, &outside))
            fts_set(tree, entry, FTS_SKIP);
        else if (entry->fts_info != FTS_D && entry->fts_info != FTS_DP)
            add(entry, real_root, out);
    }
    if (!ok)
        err_errno(e, "%s", root);
    if (tree)
        fts_close(tree);
    str_list_free(&outside);
    file_list_sort(out);
    return ok;
}
