/* Compares every product with its ticket, by content. */
#include "graph/run.h"

#include "base/log.h"
#include "graph/flush.h"
#include "graph/lock.h"
#include "guard/witness.h"
#include "io/atomic.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TICKET_LIST STATE_DIR "/tickets.txt"

/* --- while the graph is written --- */

static bool list_tickets(const struct graph *g, struct err *e)
{
    struct str list = {0};
    for (size_t i = 0; i < g->n; i++)
        for (size_t k = 0; k < g->edge[i]->out.n; k++)
            str_addf(&list, "%s\n", g->edge[i]->out.item[k]);
    bool ok = out_write(TICKET_LIST, str_text(&list), list.len, true, e);
    str_free(&list);
    return ok;
}

bool run_forget_damaged(const struct graph *g, struct err *e)
{
    size_t damaged = 0;
    struct str first = {0};
    bool read_all = flush_was_cut();
    if (read_all)
        log_warning(
            "what the last run wrote may not all have reached the disk: reading every product");
    for (size_t i = 0; i < g->n; i++)
        for (size_t k = 0; k < g->edge[i]->out.n; k++) {
            const char *ticket = g->edge[i]->out.item[k];
            if (witness_check(ticket, read_all, damaged ? NULL : &first) != WITNESS_DAMAGED)
                continue;
            unlink(ticket);
            damaged++;
        }
    if (damaged)
        log_warning("%s%s not as the last run left %s: made again", str_text(&first),
                    damaged == 1 ? " is" : " and others are", damaged == 1 ? "it" : "them");
    str_free(&first);
    return list_tickets(g, e);
}

/* --- when somebody asks --- */

struct findings {
    size_t n[3]; /* by witness_finding */
};

static void verify_one(const char *ticket, struct findings *f)
{
    struct str which = {0};
    enum witness_finding found = witness_check(ticket, true, &which);
    f->n[found]++;
    if (found == WITNESS_DAMAGED) {
        printf("  changed or removed: %s\n", str_text(&which));
        unlink(ticket); /* so that the next run makes it again, whatever its times are */
    } else if (found == WITNESS_ABSENT) {
        printf("  not made: %s\n", ticket + strlen(STATE_DIR "/tickets/"));
    }
    str_free(&which);
}

bool run_verify(const char *outdir, struct err *e)
{
    size_t bytes;
    struct findings f = {0};
    if (chdir(outdir) != 0)
        return err_errno(e, "%s", outdir);
    if (access(TICKET_LIST, F_OK) != 0)
        return err_set(e, ERR_REFUSED, "%s: no run has been here", outdir);
    if (!lock_take(e))
        return false;
    char *list = file_read(TICKET_LIST, SIZE_MAX / 2, &bytes, e), *rest = NULL;
    if (!list)
        return false;
    for (char *ticket = strtok_r(list, "\n", &rest); ticket; ticket = strtok_r(NULL, "\n", &rest))
        verify_one(ticket, &f);
    free(list);
    printf("radmill: %zu products are as they were made, %zu are not, %zu are still to be made\n",
           f.n[WITNESS_HOLDS], f.n[WITNESS_DAMAGED], f.n[WITNESS_ABSENT]);
    return f.n[WITNESS_DAMAGED] + f.n[WITNESS_ABSENT] == 0 ||
           err_set(e, ERR_FAILED, "not everything is as it was made: the next run makes it again");
}
