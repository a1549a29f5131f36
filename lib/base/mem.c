#include "base/mem.h"

#include "base/host.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A big block carries its mapped length in a header page in front of the caller's bytes. */
enum { BIG_HEADER = 64, BIG_MMAP_FROM = 1 << 17 };

struct big_header {
    void *base;
    size_t mapped; /* 0: from calloc */
};

static bool product(size_t n, size_t size, size_t *bytes)
{
    return !__builtin_mul_overflow(n, size, bytes) && *bytes <= PTRDIFF_MAX - (4u << 20);
}

static void *no_memory(size_t n, size_t size, struct err *e)
{
    err_set(e, ERR_FAILED, "out of memory: %zu elements of %zu bytes", n, size);
    return NULL;
}

void *mem_array(size_t n, size_t size, struct err *e)
{
    size_t bytes;
    if (!product(n, size, &bytes))
        return no_memory(n, size, e);
    void *p = calloc(bytes ? bytes : 1, 1);
    return p ? p : no_memory(n, size, e);
}

/* The header at the first multiple of 64 from base on, and the place behind it. */
static void *big_place(void *base, size_t mapped)
{
    struct big_header head = {base, mapped};
    char *at = (char *)base + (-(uintptr_t)base & (BIG_HEADER - 1));
    memcpy(at, &head, sizeof head);
    return at + BIG_HEADER;
}

/* Freed blocks, the oldest first. */
enum { MOST_SPARE = 24, MOST_SPARE_BYTES = 16 << 20 };
static struct {
    pthread_mutex_t lock;
    struct big_header block[MOST_SPARE];
    int n;
    size_t bytes;
} spare = {.lock = PTHREAD_MUTEX_INITIALIZER};

static struct big_header spare_remove(int i)
{
    struct big_header out = spare.block[i];
    spare.n--;
    spare.bytes -= out.mapped;
    memmove(spare.block + i, spare.block + i + 1, (size_t)(spare.n - i) * sizeof *spare.block);
    return out;
}

/* The smallest spare block of at least `total` bytes and at most twice that; mapped 0: none. */
static struct big_header spare_take(size_t total)
{
    struct big_header out = {0};
    pthread_mutex_lock(&spare.lock);
    int best = -1;
    for (int i = 0; i < spare.n; i++) {
        size_t mapped = spare.block[i].mapped;
        if (mapped >= total && mapped / 2 <= total &&
            (best < 0 || mapped < spare.block[best].mapped))
            best = i;
    }
    if (best >= 0)
        out = spare_remove(best);
    pthread_mutex_unlock(&spare.lock);
    return out;
}

/* Keeps a block; the oldest ones make room. */
static void spare_put(const struct big_header *block)
{
    struct big_header out[MOST_SPARE + 1];
    int n = 0;
    pthread_mutex_lock(&spare.lock);
    while (spare.n > 0 && (spare.n == MOST_SPARE || spare.bytes + block->mapped > MOST_SPARE_BYTES))
        out[n++] = spare_remove(0);
    if (block->mapped <= MOST_SPARE_BYTES) {
        spare.block[spare.n++] = *block;
        spare.bytes += block->mapped;
    } else {
        out[n++] = *block;
    }
    pthread_mutex_unlock(&spare.lock);
    for (int i = 0; i < n; i++)
        host_pages_free(out[i].base, out[i].mapped);
}

void mem_big_trim(void)
{
    struct big_header out[MOST_SPARE];
    pthread_mutex_lock(&spare.lock);
    int n = spare.n;
    memcpy(out, spare.block, sizeof out);
    spare.n = 0;
    spare.bytes = 0;
    pthread_mutex_unlock(&spare.lock);
    for (int i = 0; i < n; i++)
        host_pages_free(out[i].base, out[i].mapped);
}

size_t mem_big_kept(void)
{
    pthread_mutex_lock(&spare.lock);
    size_t bytes = spare.bytes;
    pthread_mutex_unlock(&spare.lock);
    return bytes;
}

static void *big(size_t n, size_t size, bool zero, struct err *e)
{
    size_t bytes;
    if (!product(n, size, &bytes))
        return no_memory(n, size, e);
    size_t total = bytes + BIG_HEADER;
    if (total < BIG_MMAP_FROM) {
        void *p = zero ? calloc(total + BIG_HEADER, 1) : malloc(total + BIG_HEADER);
        return p ? big_place(p, 0) : no_memory(n, size, e);
    }
    struct big_header kept = spare_take(total);
    if (kept.mapped > 0) {
        void *place = big_place(kept.base, kept.mapped);
        return zero ? memset(place, 0, bytes) : place;
    }
    void *p = host_pages(total);
    return p ? big_place(p, total) : no_memory(n, size, e);
}

void *mem_big(size_t n, size_t size, struct err *e)
{
    return big(n, size, true, e);
}

void *mem_big_unset(size_t n, size_t size, struct err *e)
{
    return big(n, size, false, e);
}

void mem_big_free(void *p)
{
    if (!p)
        return;
    struct big_header head;
    memcpy(&head, (char *)p - BIG_HEADER, sizeof head);
    if (head.mapped)
        spare_put(&head);
    else
        free(head.base);
}

void *mem_resize(void *p, size_t n, size_t size, struct err *e)
{
    size_t bytes;
    if (!product(n, size, &bytes))
        return no_memory(n, size, e);
    void *more = realloc(p, bytes ? bytes : 1);
    return more ? more : no_memory(n, size, e);
}

char *mem_copy(const char *text, struct err *e)
{
    char *copy = strdup(text);
    return copy ? copy : no_memory(strlen(text) + 1, 1, e);
}

void *mem_must(void *p)
{
    if (!p) {
        fputs("radmill: error: out of memory\n", stderr);
        _Exit(ERR_FAILED);
    }
    return p;
}

char *mem_strdup(const char *s)
{
    return mem_must(strdup(s));
}

void *mem_grow(void *p, size_t n, size_t size)
{
    size_t bytes;
    if (!product(n, size, &bytes))
        return mem_must(NULL);
    return mem_must(realloc(p, bytes ? bytes : 1));
}
