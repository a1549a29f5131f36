/* The files that a guarded command is to make, and the tickets (guard/witness.h) that represent
 * them in the graph.
 *
 * A mask may rightly be absent (no voxel inside). Schedulers cannot express that: they would run
 * the command again and again. So the graph knows a product by its ticket, a small file that is
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

/* To be called before the command: removes the witness and the ticket of an earlier run, and files
 * that have a ticket but are no longer products. */
void products_prepare(const struct products *p);

/* To be called after it: a record that says ok becomes failed when a product is missing; one that
 * was refused only in part becomes ok. Products of a command that did not end well are removed, so
 * that older ones are not taken for its result. Writes the tickets. */
bool products_settle(const struct products *p, struct record *r, struct err *e);

/* To be called last, when the record is written: writes the ticket that completes the edge. */
bool products_seal(const struct products *p, const char *record, struct err *e);

void products_free(struct products *p);

#endif
