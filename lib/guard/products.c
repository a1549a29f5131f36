#include "guard/products.h"

#include "guard/witness.h"
#include "io/atomic.h"
#include "io/folder.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool products_read(struct products *p, const char *list, struct err *e)
{
    size_t bytes;
    char *text = file_read(list, SIZE_MAX / 2, &bytes, e), *rest = NULL;
    if (!text)
        return false;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        str_list_add(&p->file, line);
    free(text);
    return true;
}

/* A file beside the witness that an earlier run made (it has a ticket) and this one will not: the
 * mask of a region that is no longer in use. It must go, or it would be taken for a current one. */
static void drop_unwanted(const struct products *p, const char *folder, const char *name)
{
    char *file = path_join(folder, name), *ticket = path_join(p->tickets, file);
    if (strcmp(file, p->witness) != 0 && !str_list_has(&p->file, file)) {
        unlink(file);
        unlink(ticket);
    }
    free(ticket);
    free(file);
}

void products_prepare(const struct products *p)
{
    if (p->ticket)
        unlink(p->ticket);
    if (!p->witness)
        return;
    unlink(p->witness);
    if (!p->tickets)
        return;
    struct str_list name = {0};
    char *folder = path_dir(p->witness), *tickets = path_join(p->tickets, folder);
    if (folder_names(tickets, &name, NULL))
        for (size_t i = 0; i < name.n; i++)
            drop_unwanted(p, folder, name.item[i]);
    str_list_free(&name);
    free(tickets);
    free(folder);
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

/* The first product that should exist and does not; NULL: none. */
static const char *missing(const struct products *p)
{
    if (p->witness)
        return is_there(p->witness) ? NULL : p->witness;
    for (size_t i = 0; i < p->file.n; i++)
        if (!is_there(p->file.item[i]))
            return p->file.item[i];
    return NULL;
}

static void reconsider(const struct products *p, struct record *r)
{
    const char *lacks = missing(p);
    if (r->state == RECORD_SKIPPED && p->witness && !lacks) {
        record_change(r, RECORD_OK, "");
    } else if (r->state == RECORD_OK && lacks) {
        struct str reason = {0};
        str_addf(&reason, "exit status 0, but %s is not there", lacks);
        record_change(r, RECORD_FAILED, reason.text);
        str_free(&reason);
    }
}

/* Of a product that is neither made nor can be removed: an empty ticket, which counts as none, but
 * changes, so that what is made from the product does not pass for up to date. */
static void spoil_ticket(const struct products *p, const char *file)
{
    char *ticket = path_join(p->tickets, file);
    int fd = open(ticket, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd >= 0)
        close(fd);
    free(ticket);
}

bool products_settle(const struct products *p, struct record *r, struct err *e)
{
    reconsider(p, r);
    bool ok = true;
    for (size_t i = 0; i < p->file.n; i++) {
        if (r->state != RECORD_OK)
            unlink(p->file.item[i]);
        if (p->tickets && !witness_write_one(p->tickets, p->file.item[i], e)) {
            spoil_ticket(p, p->file.item[i]);
            ok = false;
        }
    }
    return ok;
}

bool products_seal(const struct products *p, const char *record, struct err *e)
{
    struct str_list all = {0};
    if (!p->ticket)
        return true;
    str_list_add(&all, record);
    if (p->witness)
        str_list_add(&all, p->witness);
    for (size_t i = 0; !p->tickets && i < p->file.n; i++)
        str_list_add(&all, p->file.item[i]);
    bool ok = witness_write(p->ticket, &all, e);
    str_list_free(&all);
    return ok;
}

void products_free(struct products *p)
{
    str_list_free(&p->file);
}
