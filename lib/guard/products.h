/* What a guarded command is to make, and the tickets (guard/witness.h) that stand for it in the
 * graph.
 *
 * A mask may rightly be absent (no voxel inside), and a scheduler has no word for that: it would
 * run the command again and again. So the graph knows a product by its ticket, a small file that is
 * always there and changes only when the product does. */
#ifndef RADMILL_GUARD_PRODUCTS_H
#define RADMILL_GUARD_PRODUCTS_H

#include "guard/record.h"

struct products {
    struct str_list file;
    const char *tickets; /* folder: the ticket of P/x is <tickets>/P/x; NULL: none of their own */
    const char *ticket;  /* of the record, the witness, and products without one; NULL: none */
    /* A file that the command writes last, whatever it had to leave out. Where there is one, exit
     * status 3 with it is a good end, and products may be absent. NULL: every product must be. */
    const char *witness;
};

/* Adds the paths in a text file, one a line. */
bool products_read(struct products *p, const char *list, struct err *e);

/* Before the command: the witness and the ticket of an earlier run go, and so does what has a
 * ticket beside it and is no product any more. */
void products_prepare(const struct products *p);

/* After it: a record that says ok without what was to be made becomes failed; one that was refused
 * in part only becomes ok. Products of a command that did not end well are removed, so that nobody
 * takes older ones for its result. Writes the tickets. */
bool products_settle(const struct products *p, struct record *r, struct err *e);

/* Last, when the record is written: the ticket that says that all this has happened. */
bool products_seal(const struct products *p, const char *record, struct err *e);

void products_free(struct products *p);

#endif
