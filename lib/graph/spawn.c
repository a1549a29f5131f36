#include "graph/spawn.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TICK_MS = 250, PATIENCE_MS = 700 };

/* The environment for children of the make that called us is not meant for ours; and we read their
 * output. */
static const char *const unset_variables[] = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"};

struct child {
    const struct spawn *spawn;
    pid_t pid;
    int signals, pipe[2]; /* what we read: signals, standard output and error; -1: at its end */
    struct str rest[2];   /* a line that has no end yet */
    int *status;
    bool asked, ended;
    int lost;         /* errno of a read that failed; 0: none did */
    double kill_at_s; /* clock time at which the child is killed */
};

static void become(const struct spawn *s, const int out[2], const int err[2], pid_t parent,
                   const sigset_t *mask)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(127);
    dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    for (size_t i = 0; i < sizeof unset_variables / sizeof unset_variables[0]; i++)
        unsetenv(unset_variables[i]);
    setenv("LC_ALL", "C.UTF-8", 1);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, mask, NULL);
    execvp(s->argv[0], (char *const *)s->argv);
    dprintf(STDERR_FILENO, "radmill: error: cannot run %s: %s\n", s->argv[0], strerror(errno));
    _exit(127);
}

/* Hands on the lines that are whole; `all`: the last one too, though it has no end. */
static void hand_on(struct child *c, int which, bool all)
{
    struct str *rest = &c->rest[which];
    char *at = rest->text, *end;
    while (at && (end = strchr(at, '\n'))) {
        *end = '\0';
        c->spawn->line(c->spawn->of, at);
        at = end + 1;
    }
    if (at && *at && all) {
        c->spawn->line(c->spawn->of, at);
        at += strlen(at);
    }
    struct str left = {0};
    if (at)
        str_add(&left, at);
    str_free(rest);
    *rest = left;
}

/* Reads what is there; a pipe at its end is closed. */
static void take(struct child *c, int which)
{
    char piece[1 << 14];
    ssize_t n = read(c->pipe[which], piece, sizeof piece);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (n < 0)
        c->lost = errno;
    if (n <= 0) {
        close(c->pipe[which]);
        c->pipe[which] = -1;
    } else if (which == 0 && c->spawn->out) {
        str_add_n(c->spawn->out, piece, (size_t)n);
    } else {
        for (ssize_t i = 0; i < n; i++)
            if (piece[i] == '\0') /* our lines are text, which holds no NUL */
                piece[i] = '?';
        str_add_n(&c->rest[which], piece, (size_t)n);
    }
    if (which == 1 || !c->spawn->out)
        hand_on(c, which, n <= 0);
}

static void on_signal(struct child *c)
{
    struct signalfd_siginfo info;
    while (read(c->signals, &info, sizeof info) == sizeof info) {
        if (info.ssi_signo == SIGCHLD)
            continue;
        if (!c->asked)
            c->kill_at_s = clock_s() + PATIENCE_MS * 1e-3;
        c->asked = true;
        kill(c->pid, SIGTERM); /* make does not pass on INT and HUP, expecting that its children got
                                  them from the terminal */
    }
}

static void look(struct child *c)
{
    int how;
    if (waitpid(c->pid, &how, WNOHANG) == c->pid) {
        *c->status = WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how);
        c->ended = true;
    } else if (c->asked && clock_s() > c->kill_at_s) {
        kill(c->pid, SIGKILL);
    }
}

/* Waits until the child has ended and its output is read. Its descendants may hold a pipe open, so
 * only output that has arrived by then is read. */
static void watch(struct child *c)
{
    double told_s = clock_s();
    for (;;) {
        struct pollfd on[3] = {
            {c->signals, POLLIN, 0}, {c->pipe[0], POLLIN, 0}, {c->pipe[1], POLLIN, 0}};
        int n = poll(on, 3, c->ended ? 0 : TICK_MS);
        if (on[0].revents)
            on_signal(c);
        for (int i = 0; i < 2; i++)
            if (on[i + 1].revents)
                take(c, i);
        if (c->ended && (n <= 0 || (!on[1].revents && !on[2].revents)))
            break;
        if (!c->ended)
            look(c);
        if (c->spawn->tick && clock_s() - told_s > TICK_MS * 1e-3) {
            told_s = clock_s();
            c->spawn->tick(c->spawn->of);
        }
    }
    for (int i = 0; i < 2; i++) {
        if (i == 1 || !c->spawn->out)
            hand_on(c, i, true);
        if (c->pipe[i] >= 0)
            close(c->pipe[i]);
        str_free(&c->rest[i]);
    }
}

static bool start(struct child *c, const sigset_t *signals, const sigset_t *before, struct err *e)
{
    int out[2] = {-1, -1}, err[2] = {-1, -1};
    c->signals = signalfd(-1, signals, SFD_CLOEXEC | SFD_NONBLOCK);
    bool ok = c->signals >= 0 && pipe2(out, O_CLOEXEC) == 0 && pipe2(err, O_CLOEXEC) == 0;
    pid_t parent = getpid();
    fflush(stdout);
    c->pid = ok ? fork() : -1;
    if (c->pid == 0)
        become(c->spawn, out, err, parent, before);
    ok = c->pid > 0 || err_errno(e, "cannot run %s", c->spawn->argv[0]);
    close(out[1]);
    close(err[1]);
    c->pipe[0] = out[0];
    c->pipe[1] = err[0];
    if (!ok) {
        close(out[0]);
        close(err[0]);
    }
    return ok;
}

bool spawn_wait(const struct spawn *s, int *status, struct err *e)
{
    sigset_t signals, before;
    sigemptyset(&signals);
    for (const int *x = (const int[]){SIGCHLD, SIGINT, SIGTERM, SIGHUP, 0}; *x; x++)
        sigaddset(&signals, *x);
    sigprocmask(SIG_BLOCK, &signals, &before);
    struct child c = {.spawn = s, .status = status};
    bool ok = start(&c, &signals, &before, e);
    if (ok)
        watch(&c);
    if (c.signals >= 0)
        close(c.signals);
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = c.lost;
    return ok && (!c.asked || err_set(e, ERR_INTERRUPTED, "interrupted")) &&
           (!c.lost || err_errno(e, "reading what %s prints", s->argv[0]));
}

const char *spawn_complaint(const char *line)
{
    static const char mark[] = ": error: ";
    size_t tool = strspn(line, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return tool && strncmp(line + tool, mark, sizeof mark - 1) == 0 ? line + tool + sizeof mark - 1
                                                                    : NULL;
}
