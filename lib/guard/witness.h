/* The witness of products: a small file, called a ticket, that says what was made, so that later
 * damage is noticed. One line for each product, in this order, and a last one by which a ticket
 * that was edited is noticed, too (it counts as damaged, like its products):
 *
 *     "<size> <modified, ns> <changed, ns> <SHA-1 of the content> <path>\n"
 *     "none <path>\n"                 there is no such product, and that is the outcome
 *     "sealed <SHA-1 of the lines above>\n"
 *
 * A product is as it was made when size and both times agree; where only times differ (touched,
 * copied, restored), its content decides. The tasks graph knows products by their tickets: a ticket
 * is always there, also for a product that rightly is not, and its own modification time changes
 * only when the content of a product does. */
#ifndef RADMILL_GUARD_WITNESS_H
#define RADMILL_GUARD_WITNESS_H

#include "base/err.h"
#include "base/str.h"

enum { WITNESS_MOST = 8 }; /* products of one ticket */

/* Writes the ticket of products as they are now, and the folders above it. When they have the
 * content that the ticket spoke of already, it keeps its modification time. Not flushed to the
 * disk: when a ticket is lost or truncated, its products are only made again. error ERR_FAILED: a
 * product cannot be read, or the ticket not be written. */
bool witness_write(const char *ticket, const struct str_list *products, struct err *e);

/* The ticket of one product (a relative path), which is <folder>/<product>. */
bool witness_write_one(const char *folder, const char *product, struct err *e);

/* Does the ticket of a product say that there is one? */
bool witness_expects(const char *folder, const char *product);

enum witness_finding {
    WITNESS_ABSENT,  /* no ticket: nothing was made, or it is to be made again */
    WITNESS_HOLDS,   /* every product is as it was made */
    WITNESS_DAMAGED, /* one is not, or the ticket is broken */
};

/* Compares products with their ticket; content is read where times differ, or of all products when
 * `read_all`. When only times changed, the ticket gets the new times. *which (may be NULL) is the
 * first product that differs (appended; the ticket itself when that is broken). */
enum witness_finding witness_check(const char *ticket, bool read_all, struct str *which);

#endif
