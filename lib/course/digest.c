#include "course/digest.h"

static void *work(void *argument)
{
    struct digest *d = argument;
    pthread_mutex_lock(&d->lock);
    for (;;) {
        while (!d->data && !d->ending)
            pthread_cond_wait(&d->changed, &d->lock);
        if (!d->data)
            break;
        const void *data = d->data;
        size_t bytes = d->bytes;
        pthread_mutex_unlock(&d->lock);
        sha1_add(&d->sha1, data, bytes);
        pthread_mutex_lock(&d->lock);
        d->data = NULL;
        pthread_cond_broadcast(&d->changed);
    }
    pthread_mutex_unlock(&d->lock);
    return NULL;
}

void digest_begin(struct digest *d)
{
    *d = (struct digest){0};
    sha1_init(&d->sha1);
    pthread_mutex_init(&d->lock, NULL);
    pthread_cond_init(&d->changed, NULL);
    d->threaded = pthread_create(&d->thread, NULL, work, d) == 0;
}

void digest_add(struct digest *d, const void *data, size_t bytes)
{
    if (!d->threaded) {
        sha1_add(&d->sha1, data, bytes);
        return;
    }
    pthread_mutex_lock(&d->lock);
    while (d->data)
        pthread_cond_wait(&d->changed, &d->lock);
    d->data = data;
    d->bytes = bytes;
    pthread_cond_broadcast(&d->changed);
    pthread_mutex_unlock(&d->lock);
}

void digest_end(struct digest *d, char out[41])
{
    char unused[41];
    if (d->threaded) {
        pthread_mutex_lock(&d->lock);
        d->ending = true;
        pthread_cond_broadcast(&d->changed);
        pthread_mutex_unlock(&d->lock);
        pthread_join(d->thread, NULL);
    }
    pthread_mutex_destroy(&d->lock);
    pthread_cond_destroy(&d->changed);
    sha1_hex(&d->sha1, out ? out : unused);
}
