#include "base/cleanup.h"

#include "base/err.h"

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A signal may come between any two instructions: slots are written text first, pointer last, and
 * the handler calls nothing but unlink and _exit. */
enum { SLOTS = 64 };
static char *volatile pending[SLOTS];

void cleanup_add(const char *path)
{
    for (int i = 0; i < SLOTS; i++) {
        if (!pending[i]) {
            pending[i] = strdup(path);
            return;
        }
    }
}

void cleanup_forget(const char *path)
{
    for (int i = 0; i < SLOTS; i++) {
        char *p = pending[i];
        if (p && strcmp(p, path) == 0) {
            pending[i] = NULL;
            free(p);
            return;
        }
    }
}

static void on_signal(int number)
{
    (void)number;
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
