#include "engine/files/map_writer.h"

#include "base/mem.h"

#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum state { FREE, WAITING, AT_WORK };

/* A map on its way to a file. */
struct parcel {
    enum state state;
    int number;        /* in the order in which maps are handed over */
    char *path;        /* released by the caller's thread, which made it: a block that another
                        * thread releases is handed out there again, between blocks of this one,
                        * and both then wait for each other's cache lines */
    struct volume map; /* its memory stays for the next one of that size */
};

struct map_writer {
    map_write *write;
    struct pool *pool;
    struct pool_work work;
    pthread_mutex_t lock; /* of what follows */
    bool closed;
    int n, added;
    int failed; /* number of the first map that was not written; INT_MAX: none */
    struct err why;
    struct parcel parcel[];
};

/* The map that has waited longest. */
static int take_parcel(void *user)
{
    struct map_writer *w = user;
    int first = -1;
    pthread_mutex_lock(&w->lock);
    for (int i = 0; i < w->n; i++)
        if (w->parcel[i].state == WAITING &&
            (first < 0 || w->parcel[i].number < w->parcel[first].number))
            first = i;
    if (first >= 0)
        w->parcel[first].state = AT_WORK;
    bool closed = w->closed;
    pthread_mutex_unlock(&w->lock);
    return first >= 0 ? first : closed ? POOL_END : POOL_WAIT;
}

static void write_one(struct map_writer *w, int number, const char *path, const struct volume *map)
{
    struct err why = {0};
    if (w->write(path, map, &why))
        return;
    pthread_mutex_lock(&w->lock);
    if (number < w->failed) {
        w->failed = number;
        w->why = why;
    }
    pthread_mutex_unlock(&w->lock);
}

static void write_parcel(void *user, int i)
{
    struct map_writer *w = user;
    struct parcel *p = &w->parcel[i];
    write_one(w, p->number, p->path, &p->map);
    pthread_mutex_lock(&w->lock);
    p->state = FREE;
    pthread_mutex_unlock(&w->lock);
}

bool map_writer_open(map_write *write, struct pool *pool, struct map_writer **out, struct err *e)
{
    int n = pool ? pool_threads(pool) : 0;
    struct map_writer *w = mem_array(1, sizeof *w + (size_t)n * sizeof *w->parcel, e);
    if (!w)
        return false;
    w->write = write;
    w->pool = pool;
    w->work = (struct pool_work){.user = w, .take = take_parcel, .run = write_parcel};
    w->n = n;
    w->failed = INT_MAX;
    pthread_mutex_init(&w->lock, NULL);
    pool_start(pool, &w->work);
    *out = w;
    return true;
}

static bool fill(struct parcel *p, int number, const char *path, const struct volume *map,
                 struct err *e)
{
    size_t bytes = (size_t)grid_voxels(&map->grid) * pixel_size(map->type);
    p->number = number;
    free(p->path);
    p->path = mem_copy(path, e);
    if (p->map.type != map->type || grid_voxels(&p->map.grid) != grid_voxels(&map->grid))
        volume_free(&p->map);
    if (!p->path || (!p->map.data && !volume_alloc(&p->map, &map->grid, map->type, e)))
        return false;
    p->map.grid = map->grid;
    memcpy(p->map.data, map->data, bytes);
    p->state = WAITING;
    return true;
}

/* Leaves the map to other threads when there is a free place for a copy. */
static bool leave(struct map_writer *w, int number, const char *path, const struct volume *map,
                  bool *left, struct err *e)
{
    bool good = true;
    *left = false;
    pthread_mutex_lock(&w->lock);
    for (int i = 0; i < w->n && !*left; i++)
        if (w->parcel[i].state == FREE) {
            *left = true;
            good = fill(&w->parcel[i], number, path, map, e);
        }
    pthread_mutex_unlock(&w->lock);
    if (*left)
        pool_wake(w->pool);
    return good;
}

static bool tell(struct map_writer *w, struct err *e)
{
    pthread_mutex_lock(&w->lock);
    bool good = w->failed == INT_MAX;
    if (!good && e)
        *e = w->why;
    pthread_mutex_unlock(&w->lock);
    return good;
}

bool map_writer_add(struct map_writer *w, const char *path, const struct volume *map, struct err *e)
{
    bool left;
    int number = w->added++;
    if (!leave(w, number, path, map, &left, e))
        return false;
    if (!left)
        write_one(w, number, path, map);
    return tell(w, e);
}

bool map_writer_close(struct map_writer *w, struct err *e)
{
    if (!w)
        return true;
    pthread_mutex_lock(&w->lock);
    w->closed = true;
    pthread_mutex_unlock(&w->lock);
    pool_finish(w->pool, &w->work);
    bool good = tell(w, e);
    for (int i = 0; i < w->n; i++) {
        free(w->parcel[i].path);
        volume_free(&w->parcel[i].map);
    }
    pthread_mutex_destroy(&w->lock);
    free(w);
    return good;
}
