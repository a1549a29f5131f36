#include "base/host.h"

#include <locale.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(_WIN32)

typedef _locale_t locale_handle;
#define MAKE_LOCALE()        _create_locale(LC_ALL, "C")
#define FREE_LOCALE(l)       _free_locale(l)
#define STRTOD(text, end, l) _strtod_l(text, end, l)

void *host_pages(size_t bytes)
{
    return calloc(bytes, 1);
}

void host_pages_free(void *p, size_t bytes)
{
    (void)bytes;
    free(p);
}

void host_unmap(void *p, size_t bytes) /* nothing maps files there */
{
    (void)p, (void)bytes;
}

const char *host_release(const char *from, const char *end)
{
    (void)end;
    return from;
}

void host_signals_off(struct host_signals *before)
{
    before->none = 0;
}

void host_signals_back(const struct host_signals *before)
{
    (void)before;
}

#else

#include <sys/mman.h>
#include <unistd.h>
#if defined(__APPLE__)
#include <xlocale.h>
#endif

typedef locale_t locale_handle;
#define MAKE_LOCALE()        newlocale(LC_ALL_MASK, "C", (locale_t)0)
#define FREE_LOCALE(l)       freelocale(l)
#define STRTOD(text, end, l) strtod_l(text, end, l)

/* Large pages must lie at multiples of their size. A rest is rounded up to one when its small pages
 * would take as long: each is a fault of its own. */
enum { LARGE_PAGE = 2 << 20, SMALL_REST = 1 << 20 };

static size_t pages_length(size_t bytes)
{
    size_t rest = bytes % LARGE_PAGE;
    return rest > SMALL_REST ? bytes - rest + LARGE_PAGE : bytes;
}

void *host_pages(size_t bytes)
{
    size_t length = pages_length(bytes), room = length + LARGE_PAGE;
    char *p = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        return NULL;
    size_t before = -(uintptr_t)p % LARGE_PAGE, page = (size_t)sysconf(_SC_PAGESIZE);
    size_t used = (length + page - 1) / page * page;
    if (before > 0)
        munmap(p, before);
    if (before + used < room)
        munmap(p + before + used, room - before - used);
#if defined(MADV_HUGEPAGE)
    madvise(p + before, used, MADV_HUGEPAGE);
#endif
    return p + before;
}

void host_pages_free(void *p, size_t bytes)
{
    munmap(p, pages_length(bytes));
}

void host_unmap(void *p, size_t bytes)
{
    munmap(p, bytes);
}

const char *host_release(const char *from, const char *end)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t lo = ((uintptr_t)from + page - 1) / page * page, hi = (uintptr_t)end / page * page;
    if (hi > lo)
        madvise((void *)lo, hi - lo, MADV_DONTNEED);
    return (const char *)hi;
}

void host_signals_off(struct host_signals *before)
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before->blocked);
}

void host_signals_back(const struct host_signals *before)
{
    pthread_sigmask(SIG_SETMASK, &before->blocked, NULL);
}

#endif

/* Created by the first thread that needs it and shared by all. */
static locale_handle c_locale(void)
{
    static _Atomic(locale_handle) known;
    locale_handle there = atomic_load(&known);
    if (there)
        return there;
    locale_handle made = MAKE_LOCALE();
    if (!made || atomic_compare_exchange_strong(&known, &there, made))
        return made;
    FREE_LOCALE(made);
    return there;
}

double host_strtod(const char *text, char **end)
{
    locale_handle c = c_locale();
    return c ? STRTOD(text, end, c) : strtod(text, end); /* without memory for a locale */
}

const void *host_last_byte(const void *bytes, int value, size_t n)
{
#if defined(__linux__)
    return memrchr(bytes, value, n);
#else
    const unsigned char *b = bytes;
    while (n > 0)
        if (b[--n] == (unsigned char)value)
            return b + n;
    return NULL;
#endif
}

double host_thread_seconds(void)
{
#if defined(CLOCK_THREAD_CPUTIME_ID)
    struct timespec t;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) == 0)
        return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
#endif
    return (double)clock() / CLOCKS_PER_SEC;
}
