#include "engine/load/facts_task.h"

#include "base/mem.h"
#include "engine/load/facts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct facts_task {
    struct pool *pool;
    struct pool_work work;
    bool taken;
    struct volume image, mask;
    bool has_image;
    struct file_facts of_image;
    char mask_sha1[41];
    pthread_mutex_t lock; /* of what follows */
    bool found;
    struct volume given[2]; /* to be released when all is found */
};

static int take(void *user)
{
    struct facts_task *t = user;
    if (t->taken)
        return POOL_END;
    t->taken = true;
    return 0;
}

static void find(void *user, int task)
{
    struct facts_task *t = user;
    (void)task;
    facts_of_files(t->has_image ? &t->image : NULL, &t->mask, &t->of_image, t->mask_sha1);
    pthread_mutex_lock(&t->lock);
    t->found = true;
    volume_free(&t->given[0]);
    volume_free(&t->given[1]);
    pthread_mutex_unlock(&t->lock);
}

bool facts_task_begin(struct pool *pool, const struct volume *image, const struct volume *mask,
                      struct facts_task **out, struct err *e)
{
    struct facts_task *t = mem_array(1, sizeof *t, e);
    if (!t)
        return false;
    t->pool = pool;
    t->work = (struct pool_work){.user = t, .take = take, .run = find};
    t->has_image = image != NULL;
    if (image)
        t->image = *image;
    t->mask = *mask;
    pthread_mutex_init(&t->lock, NULL);
    pool_start(pool, &t->work);
    *out = t;
    return true;
}

void facts_task_release(struct facts_task *t, struct volume *v)
{
    bool is_image = t->has_image && v->data == t->image.data;
    pthread_mutex_lock(&t->lock);
    if (!t->found && (is_image || v->data == t->mask.data)) {
        t->given[is_image] = *v;
        *v = (struct volume){0};
    }
    pthread_mutex_unlock(&t->lock);
    volume_free(v);
}

void facts_task_end(struct facts_task *t, struct file_facts *of_image, char mask_sha1[41])
{
    pool_finish(t->pool, &t->work);
    if (of_image && t->has_image)
        *of_image = t->of_image;
    if (mask_sha1)
        memcpy(mask_sha1, t->mask_sha1, sizeof t->mask_sha1);
    pthread_mutex_destroy(&t->lock);
    free(t);
}
