/* SHA-1 of a volume in a second thread: one core reads and rescales plane k + 1 while another
 * digests plane k. The digest cannot be parallelised, and takes as long as everything else
 * together. */
#ifndef RADMILL_COURSE_DIGEST_H
#define RADMILL_COURSE_DIGEST_H

#include "base/sha1.h"

#include <pthread.h>
#include <stdbool.h>

struct digest {
    struct sha1 sha1;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    const void *data; /* handed over, not digested yet; NULL: none */
    size_t bytes;
    bool threaded, ending;
};

/* Begins a digest. When no thread can be created, digest_add does the work itself. Ends with
 * digest_end. */
void digest_begin(struct digest *d);

/* Waits for the bytes handed over before, then hands over these; they must stay as they are until
 * the next digest_add or digest_end returns. */
void digest_add(struct digest *d, const void *data, size_t bytes);

/* Waits for everything and gives the 40 digits; out may be NULL. */
void digest_end(struct digest *d, char out[41]);

#endif
