/* The digest of a volume that is made plane by plane. SHA-1 is one chain, which takes about as long
 * as all the rest of making a volume; so a second thread, where there is one, follows the maker a
 * few planes behind. Without one each plane is digested as soon as it is given. The digest is that
 * of the planes in their order, in both cases. */
#ifndef RADMILL_COURSE_DIGEST_H
#define RADMILL_COURSE_DIGEST_H

#include "base/sha1.h"
#include "pool/pool.h"

#include <pthread.h>

enum { DIGEST_AHEAD = 8 }; /* planes that may wait for their digest */

struct digest {
    struct sha1 sha1;
    /* private */
    struct pool *pool; /* NULL: no other thread */
    struct pool_work work;
    size_t bytes; /* of a plane */
    pthread_mutex_t lock;
    pthread_cond_t digested;
    const void *plane[DIGEST_AHEAD];
    size_t given, taken, done; /* planes */
    bool ended;
};

/* Begins; the digest stays where it is until digest_end. pool may be NULL, and is borrowed. */
void digest_begin(struct digest *d, struct pool *pool, size_t plane_bytes);

/* Waits until at most `most` planes (fewer than DIGEST_AHEAD) still have to be digested. */
void digest_wait(struct digest *d, size_t most);

/* The next plane, which stays as it is until it has been digested. There must be room for it. */
void digest_give(struct digest *d, const void *plane);

/* All that was given is digested then. */
void digest_end(struct digest *d);

#endif
