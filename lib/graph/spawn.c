#include "graph/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the make above us told its children is not for ours. */
static const char *const unset_variables[] = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"};

static void become(const char *const *argv, int output, pid_t parent, const sigset_t *mask)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(127);
    if (output >= 0)
        dup2(output, STDOUT_FILENO);
    for (size_t i = 0; i < sizeof unset_variables / sizeof unset_variables[0]; i++)
        unsetenv(unset_variables[i]);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, mask, NULL);
    execvp(argv[0], (char *const *)argv);
    dprintf(STDERR_FILENO, "cannot run %s\n", argv[0]);
    _exit(127);
}

static void read_all(int fd, struct str *out)
{
    char piece[1 << 14];
    ssize_t n;
    while ((n = read(fd, piece, sizeof piece)) > 0 || (n < 0 && errno == EINTR))
        if (n > 0)
            str_add_n(out, piece, (size_t)n);
}

/* Waits, handing on the signals that come; true when one came. */
static bool wait_for(pid_t child, const sigset_t *signals, int *status)
{
    bool asked = false;
    for (;;) {
        int how;
        if (waitpid(child, &how, WNOHANG) == child) {
            *status = WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how);
            return asked;
        }
        int got = sigwaitinfo(signals, NULL);
        if (got > 0 && got != SIGCHLD) {
            asked = true;
            kill(child, got);
        }
    }
}

bool spawn_wait(const char *const *argv, struct str *out, int *status, struct err *e)
{
    int ends[2] = {-1, -1};
    if (out && pipe2(ends, O_CLOEXEC) != 0)
        return err_errno(e, "cannot run %s", argv[0]);
    sigset_t signals, before;
    sigemptyset(&signals);
    for (const int *s = (const int[]){SIGCHLD, SIGINT, SIGTERM, SIGHUP, 0}; *s; s++)
        sigaddset(&signals, *s);
    sigprocmask(SIG_BLOCK, &signals, &before);
    fflush(stdout);
    pid_t parent = getpid(), child = fork();
    if (child == 0)
        become(argv, ends[1], parent, &before);
    if (out)
        close(ends[1]);
    bool ok = child > 0 || err_errno(e, "cannot run %s", argv[0]);
    if (ok && out)
        read_all(ends[0], out);
    if (out)
        close(ends[0]);
    bool asked = ok && wait_for(child, &signals, status);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ok && (!asked || err_set(e, ERR_INTERRUPTED, "interrupted"));
}
