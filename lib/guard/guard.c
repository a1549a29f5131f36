#include "guard/guard.h"

#include "base/cleanup.h"
#include "base/clock.h"
#include "guard/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Whoever interrupts a run waits for it to end, so a command that does not stop at once is killed.
 * Each poll costs about 30 us; fresh memory comes at about 1.5 GB/s, so at most 15 MB are missed.
 */
enum { LOOK_MS = 10, GRACE_MS = 2000, STOP_MS = 400, HEADROOM_MB = 1024 };

/* Settings that libraries take from the environment only: one thread, one locale. Variables of the
 * scheduler are removed. */
static const char *const set_variables[][2] = {
    {"OMP_NUM_THREADS", "1"},
    {"OMP_THREAD_LIMIT", "1"},
    {"OPENBLAS_NUM_THREADS", "1"},
    {"MKL_NUM_THREADS", "1"},
    {"ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS", "1"},
    {"LC_ALL", "C.UTF-8"},
};
static const char *const unset_variables[] = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "NINJA_STATUS"};

void guard_die_with_parent(void)
{
    pid_t parent = getppid();
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) /* the parent died before prctl took effect */
        raise(SIGTERM);
}

/* --- in the child --- */

static void limit(int what, double value)
{
    struct rlimit r;
    if (getrlimit(what, &r) != 0 || value >= (double)r.rlim_max)
        return;
    r.rlim_cur = (rlim_t)value;
    setrlimit(what, &r);
}

static void set_limits(const struct guard_limits *l)
{
    struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    if (l->wall_s > 0)
        limit(RLIMIT_CPU, ceil(l->wall_s) + 1);
#ifndef __SANITIZE_ADDRESS__ /* the address sanitizer reserves terabytes of shadow memory */
    if (l->memory_mb > 0)
        limit(RLIMIT_DATA, (l->memory_mb + HEADROOM_MB) * 1048576.0);
#endif
    int oom = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (oom >= 0) { /* when the machine runs out, this process goes first, not the scheduler */
        ssize_t ignored = write(oom, "500", 3);
        (void)ignored;
        close(oom);
    }
}

static void set_environment(void)
{
    for (size_t i = 0; i < sizeof set_variables / sizeof set_variables[0]; i++)
        setenv(set_variables[i][0], set_variables[i][1], 1);
    for (size_t i = 0; i < sizeof unset_variables / sizeof unset_variables[0]; i++)
        unsetenv(unset_variables[i]);
}

/* Numbers from `first` on. */
static void close_from(unsigned first)
{
    if (close_range(first, ~0U, 0) == 0)
        return;
    for (long n = first, end = sysconf(_SC_OPEN_MAX); n < end; n++) /* a kernel before 5.9 */
        close((int)n);
}

/* Goes on as the program that this is already: what exec would have replaced is put away. Anything
 * that the program prints or removes at its end is its own. */
static void start_here(const struct guard_command *c)
{
    int argc = 0;
    while (c->argv[argc])
        argc++;
    char *slash = strrchr(c->argv[0], '/');
    program_invocation_name = c->argv[0];
    program_invocation_short_name = slash ? slash + 1 : c->argv[0];
    prctl(PR_SET_NAME, program_invocation_short_name);
    cleanup_disown();
    exit(c->here(argc, c->argv));
}

static void become(const struct guard_command *c, const struct guard_limits *l, int log,
                   pid_t guard, const sigset_t *mask)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != guard)
        _exit(127);
    int null = open("/dev/null", O_RDONLY);
    if (null >= 0)
        dup2(null, STDIN_FILENO);
    if (log >= 0) {
        dup2(log, STDOUT_FILENO);
        dup2(log, STDERR_FILENO);
    }
    set_limits(l);
    set_environment();
    signal(SIGPIPE, SIG_DFL);
    close_from(STDERR_FILENO + 1);
    sigprocmask(SIG_SETMASK, mask, NULL);
    if (c->here)
        start_here(c);
    execvp(c->argv[0], c->argv);
    dprintf(STDERR_FILENO, "cannot run %s: %s\n", c->argv[0], strerror(errno));
    _exit(127);
}

/* --- in the guard --- */

struct watch {
    pid_t pid;
    const struct guard_limits *limits;
    /* kill_at: when SIGKILL follows a SIGTERM; 0 before the SIGTERM is sent */
    double start, kill_at;
    struct guard_outcome *out;
};

static void ask_to_stop(struct watch *w, enum guard_end why)
{
    if (w->kill_at > 0)
        return;
    w->out->end = why;
    kill(-w->pid, why == GUARD_OVER_MEMORY ? SIGKILL : SIGTERM);
    w->kill_at = clock_s() + (why == GUARD_INTERRUPTED ? STOP_MS : GRACE_MS) * 1e-3;
}

static void look(struct watch *w)
{
    double now = clock_s();
    if (w->kill_at > 0) {
        if (now >= w->kill_at)
            kill(-w->pid, SIGKILL);
        return;
    }
    double mb = memory_of_tree_mb(w->pid);
    if (mb > w->out->peak_mb)
        w->out->peak_mb = mb;
    if (w->limits->memory_mb > 0 && mb > w->limits->memory_mb)
        ask_to_stop(w, GUARD_OVER_MEMORY);
    else if (w->limits->wall_s > 0 && now - w->start > w->limits->wall_s)
        ask_to_stop(w, GUARD_OVER_TIME);
}

static void account(struct watch *w, int status, const struct rusage *u)
{
    struct guard_outcome *o = w->out;
    o->seconds = clock_s() - w->start;
    o->cpu_seconds = (double)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) +
                     (double)(u->ru_utime.tv_usec + u->ru_stime.tv_usec) * 1e-6;
    double peak_mb = (double)u->ru_maxrss / 1024.0;
    if (peak_mb > o->peak_mb)
        o->peak_mb = peak_mb;
    if (WIFSIGNALED(status))
        o->signal = WTERMSIG(status);
    if (w->kill_at > 0)
        return; /* we ended it: `end` is set, and its own exit status does not matter */
    if (o->signal)
        o->end = o->signal == SIGXCPU ? GUARD_OVER_TIME : GUARD_SIGNALLED;
    else
        o->status = WEXITSTATUS(status);
}

static void watch_until_end(struct watch *w, const sigset_t *signals)
{
    const struct timespec pause = {0, LOOK_MS * 1000000L};
    for (;;) {
        int status;
        struct rusage usage;
        pid_t ended = wait4(w->pid, &status, WNOHANG, &usage);
        if (ended == w->pid) {
            account(w, status, &usage);
            return;
        }
        int got = sigtimedwait(signals, NULL, &pause);
        if (got > 0 && got != SIGCHLD)
            ask_to_stop(w, GUARD_INTERRUPTED);
        look(w);
    }
}

static bool open_log(const char *path, int *fd, struct err *e)
{
    *fd = -1;
    if (!path)
        return true;
    *fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
    return *fd >= 0 || err_errno(e, "cannot write %s", path);
}

bool guard_run(const struct guard_command *command, const struct guard_limits *limits,
               const char *log_path, struct guard_outcome *out, struct err *e)
{
    int log;
    if (!open_log(log_path, &log, e))
        return false;

    sigset_t signals, before;
    sigemptyset(&signals);
    for (const int *s = (const int[]){SIGCHLD, SIGINT, SIGTERM, SIGHUP, 0}; *s; s++)
        sigaddset(&signals, *s);
    sigprocmask(SIG_BLOCK, &signals, &before);

    memset(out, 0, sizeof *out);
    out->status = -1;
    struct watch w = {.limits = limits, .start = clock_s(), .out = out};
    pid_t guard = getpid();
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    fflush(NULL); /* what is not yet printed is not printed twice */
    w.pid = fork();
    if (w.pid == 0)
        become(command, limits, log, guard, &before);
    if (log >= 0)
        close(log);
    bool ok = w.pid > 0 || err_errno(e, "cannot start %s", command->argv[0]);
    if (ok) {
        setpgid(w.pid, w.pid); /* parent and child both do it, since either may run first */
        watch_until_end(&w, &signals);
        /* ends its remaining descendants, which became our children (subreaper) */
        kill(-w.pid, SIGKILL);
        while (waitpid(-w.pid, NULL, 0) > 0)
            ;
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ok;
}
