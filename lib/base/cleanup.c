#include "base/cleanup.h"

#include "base/err.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A signal may come between any two instructions: slots are written text first, pointer last, and
 * the handler calls nothing but unlink and _exit. Threads take turns; the handler waits for its own
 * a while only, since the thread that it interrupted may have it. */
enum { SLOTS = 64, PATIENCE = 1 << 20 };
static char *volatile pending[SLOTS];
static atomic_flag busy = ATOMIC_FLAG_INIT;

static void lock(void)
{
    while (atomic_flag_test_and_set(&busy))
        continue;
}

static void unlock(void)
{
    atomic_flag_clear(&busy);
}

void cleanup_add(const char *path)
{
    char *copy = strdup(path);
    bool placed = !copy;
    lock();
    for (int i = 0; i < SLOTS && !placed; i++)
        if (!pending[i]) {
            pending[i] = copy;
            placed = true;
        }
    unlock();
    if (!placed)
        free(copy);
}

void cleanup_forget(const char *path)
{
    char *found = NULL;
    lock();
    for (int i = 0; i < SLOTS && !found; i++)
        if (pending[i] && strcmp(pending[i], path) == 0) {
            found = pending[i];
            pending[i] = NULL;
        }
    unlock();
    free(found);
}

void cleanup_disown(void)
{
    for (int i = 0; i < SLOTS; i++)
        pending[i] = NULL; /* not freed: another thread of the parent may have been at it */
    unlock();
}

static void on_signal(int number)
{
    (void)number;
    for (int i = 0; i < PATIENCE && atomic_flag_test_and_set(&busy); i++)
        continue;
    for (int i = 0; i < SLOTS; i++)
        if (pending[i])
            unlink(pending[i]);
    _exit(ERR_INTERRUPTED);
}

void cleanup_on_signals(void)
{
    static const int list[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        struct sigaction old, mine = {.sa_handler = on_signal};
        sigemptyset(&mine.sa_mask);
        if (sigaction(list[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(list[i], &mine, NULL);
    }
}
