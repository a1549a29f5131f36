/* What a guarded command is to make, and the tickets that stand for it in the graph.
 *
 * A mask may rightly be absent (no voxel inside), and a scheduler has no word for that: it would
 * run the command again and again. So the graph knows a product by its ticket, a small file that is
 * always there and changes only when the product does:
 *
 *     "<size> <modification time in ns>\n"   the product as the command left it
 *     "none\n"                               there is no such product, and that is the outcome */
#ifndef RADMILL_GUARD_PRODUCTS_H
#define RADMILL_GUARD_PRODUCTS_H

#include "guard/record.h"

struct products {
    struct str_list file;
    const char *tickets; /* folder: the ticket of P/x is <tickets>/P/x; NULL: no tickets */
    /* A file that the command writes last, whatever it had to leave out. Where there is one, exit
     * status 3 with it is a good end, and products may be absent. NULL: every product must be. */
    const char *witness;
};

/* Adds the paths in a text file, one a line. */
bool products_read(struct products *p, const char *list, struct err *e);

/* Before the command: the witness of an earlier run goes, and so does what has a ticket beside it
 * and is no product any more. */
void products_prepare(const struct products *p);

/* After it: a record that says ok without what was to be made becomes failed; one that was refused
 * in part only becomes ok. Products of a command that did not end well are removed, so that nobody
 * takes older ones for its result. Writes the tickets. */
bool products_settle(const struct products *p, struct record *r, struct err *e);

/* Removes the ticket of a product that is not what it says, so that the command runs again. */
void ticket_check(const char *tickets, const char *product);

void products_free(struct products *p);

#endif
