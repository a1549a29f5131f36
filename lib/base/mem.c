#include "base/mem.h"

#include "base/host.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A big block carries its mapped length in a header page in front of the caller's bytes. */
enum { BIG_HEADER = 64, BIG_MMAP_FROM = 1 << 20 };

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

void *mem_big(size_t n, size_t size, struct err *e)
{
    size_t bytes;
    if (!product(n, size, &bytes))
        return no_memory(n, size, e);
    size_t total = bytes + BIG_HEADER;
    if (total < BIG_MMAP_FROM) {
        void *p = calloc(total + BIG_HEADER, 1);
        return p ? big_place(p, 0) : no_memory(n, size, e);
    }
    void *p = host_pages(total);
    return p ? big_place(p, total) : no_memory(n, size, e);
}

void mem_big_free(void *p)
{
    if (!p)
        return;
    struct big_header head;
    memcpy(&head, (char *)p - BIG_HEADER, sizeof head);
    if (head.mapped)
        host_pages_free(head.base, head.mapped);
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
