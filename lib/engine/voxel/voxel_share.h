/* Kernels of a class shared among threads: pieces of work in order, each done by some thread with
 * tools of its own. What a piece writes has its place by voxel, so that the threads do not show. */
#ifndef RADMILL_ENGINE_VOXEL_SHARE_H
#define RADMILL_ENGINE_VOXEL_SHARE_H

#include "base/err.h"
#include "pool/pool.h"

#include <stdint.h>

struct share {
    void *user;
    /* A thread's tools: opened before its first piece, closed behind its last. open fills *tools,
     * and leaves nothing behind when it fails. */
    bool (*open)(void *user, void **tools, struct err *e);
    void (*close)(void *user, void *tools);
    bool (*work)(void *user, void *tools, int64_t piece, struct err *e);
};

/* All pieces from 0 to n - 1. The error is that of the first piece that fails, as by one thread;
 * later ones may have been done. */
bool share_out(const struct share *s, struct pool *pool, int64_t n, struct err *e);

#endif
