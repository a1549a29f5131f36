#include "guard/products.h"

#include "base/mem.h"
#include "io/atomic.h"
#include "io/folder.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TICKET_SIZE = 64 };
static const char none[] = "none\n";

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
 * mask of a region that is no longer in use. Whoever lists the folder would take it for one. */
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

/* The first thing that should be there and is not; NULL: none. */
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

static void ticket_text(const char *product, char text[TICKET_SIZE])
{
    struct stat st;
    if (stat(product, &st) == 0)
        snprintf(text, TICKET_SIZE, "%lld %lld%09ld\n", (long long)st.st_size,
                 (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
    else
        snprintf(text, TICKET_SIZE, "%s", none);
}

static bool write_ticket(const char *tickets, const char *product, struct err *e)
{
    char text[TICKET_SIZE];
    char *path = path_join(tickets, product), *folder = path_dir(path);
    ticket_text(product, text);
    bool ok = make_folders(folder, e) && out_write(path, text, strlen(text), true, e);
    free(folder);
    free(path);
    return ok;
}

bool products_settle(const struct products *p, struct record *r, struct err *e)
{
    reconsider(p, r);
    bool ok = true;
    for (size_t i = 0; ok && i < p->file.n; i++) {
        if (r->state != RECORD_OK)
            unlink(p->file.item[i]);
        ok = !p->tickets || write_ticket(p->tickets, p->file.item[i], e);
    }
    return ok;
}

void ticket_check(const char *tickets, const char *product)
{
    char now[TICKET_SIZE], then[TICKET_SIZE] = "";
    char *path = path_join(tickets, product);
    FILE *f = fopen(path, "re");
    if (f) {
        then[fread(then, 1, sizeof then - 1, f)] = '\0';
        fclose(f);
        ticket_text(product, now);
        if (strcmp(now, then) != 0)
            unlink(path);
    }
    free(path);
}

void products_free(struct products *p)
{
    str_list_free(&p->file);
}
