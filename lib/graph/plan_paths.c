#include "graph/plan_parts.h"

#include "base/mem.h"
#include "guard/witness.h"
#include "io/atomic.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *plan_state(const struct plan_course *c, const char *kind, const char *rest)
{
    char *mine = plan_path(c, rest);
    struct str s = {0};
    str_addf(&s, STATE_DIR "/%s/%s", kind, mine);
    free(mine);
    return str_take(&s);
}

char *plan_path(const struct plan_course *c, const char *rest)
{
    return strcmp(c->dir, ".") == 0 ? mem_strdup(rest) : path_join(c->dir, rest);
}

char *plan_state_of(const struct plan_course *c, const char *kind, const char *stage,
                    const char *source, const char *suffix)
{
    struct str s = {0};
    str_addf(&s, "%s%s%s", stage, source, suffix);
    char *path = plan_state(c, kind, s.text);
    str_free(&s);
    return path;
}

void edge_take_in(struct edge *x, char *path)
{
    edge_in(x, path);
    free(path);
}

void edge_take_out(struct edge *x, char *path)
{
    edge_out(x, path);
    free(path);
}

void edge_take_var(struct edge *x, const char *name, char *path)
{
    edge_var(x, name, path);
    free(path);
}

static char *ticket(const char *product)
{
    return path_join(TICKETS_DIR, product);
}

void edge_out_ticket(struct edge *x, const char *product)
{
    edge_take_out(x, ticket(product));
}

void edge_out_table(struct edge *x, const char *path)
{
    edge_out_ticket(x, path);
    edge_var(x, "table", path);
}

bool edge_in_product(struct edge *x, const char *product, bool is_made, struct err *e)
{
    edge_in_ticket(x, product);
    if (is_made)
        return true;
    char *its = ticket(product);
    bool ok = witness_check(its, false, NULL) == WITNESS_HOLDS ||
              witness_write_one(TICKETS_DIR, product, e);
    free(its);
    return ok;
}

void edge_outcome(struct edge *x, const char *record, const char *ticket)
{
    edge_out(x, ticket);
    edge_var(x, "record", record);
    edge_var(x, "ticket", ticket);
}

void edge_in_ticket(struct edge *x, const char *product)
{
    edge_take_in(x, ticket(product));
}

void edge_in_tool(struct edge *x, const char *tool)
{
    struct str s = {0};
    str_addf(&s, STATE_DIR "/tools/%s", tool);
    edge_take_in(x, str_take(&s));
}

char *plan_mask(const struct plan_course *c, const char *source, const char *roi_id)
{
    struct str s = {0};
    str_addf(&s, "masks/%s/%s.nii.gz", source, roi_id);
    char *path = plan_path(c, s.text);
    str_free(&s);
    return path;
}

bool plan_link(const char *target, const char *path, struct err *e)
{
    char now[4096];
    ssize_t n = readlink(path, now, sizeof now - 1);
    if (n >= 0 && (size_t)n == strlen(target) && memcmp(now, target, (size_t)n) == 0)
        return true;
    char *folder = path_dir(path);
    bool ok = make_folders(folder, e);
    free(folder);
    if (ok && ((unlink(path) != 0 && errno != ENOENT) || symlink(target, path) != 0))
        ok = err_errno(e, "linking %s", path);
    return ok;
}
