/* Pieces of work shared among threads, each with tools of its own (buffers, tables), for loops
 * whose pieces write to places of their own. */
#ifndef RADMILL_POOL_SHARE_H
#define RADMILL_POOL_SHARE_H

#include "pool/pool.h"

#include <stdint.h>

struct share {
    void *user;
    /* A thread's tools: opened before its first piece, closed behind its last. open fills *tools,
     * and leaves nothing behind when it fails. NULL: there are none. */
    bool (*open)(void *user, void **tools, struct err *e);
    void (*close)(void *user, void *tools);
    bool (*work)(void *user, void *tools, int64_t piece, struct err *e);
};

/* All pieces from 0 to n - 1, in any order and by any thread. The error is that of the first piece
 * that fails, as by one thread; later ones may have been done. */
bool share_out(const struct share *s, struct pool *pool, int64_t n, struct err *e);

#endif
