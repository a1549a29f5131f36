/* One command, alone: its own process group, one thread, limits on memory, wall and CPU time, death
 * with its parent. Whatever the command does, the caller learns how it ended.
 *
 *     command line -> guard_run -> struct guard_outcome -> record_* (guard/record.h)
 *
 * What was tried and dropped: RLIMIT_AS as the only bound on memory (a mapped image counts in full,
 * and the command dies of a failed malloc somewhere instead of a stated reason). Instead, resident
 * memory is polled, and RLIMIT_DATA limits growth between two polls. */
#ifndef RADMILL_GUARD_GUARD_H
#define RADMILL_GUARD_GUARD_H

#include "base/err.h"

struct guard_limits {
    double wall_s;    /* 0: none */
    double memory_mb; /* of the command and its descendants, mapped files aside, MiB; 0: none */
};

enum guard_end {
    GUARD_EXITED,      /* status says how */
    GUARD_SIGNALLED,   /* signal says which */
    GUARD_OVER_TIME,   /* wall or CPU time */
    GUARD_OVER_MEMORY, /* more than memory_mb */
    GUARD_INTERRUPTED, /* the guard itself was asked to stop, or its parent died */
};

struct guard_outcome {
    enum guard_end end;
    int status;         /* exit status; -1 unless GUARD_EXITED */
    int signal;         /* 0 unless a signal ended the command */
    double seconds;     /* wall */
    double cpu_seconds; /* user + system, the command and the descendants it waited for */
    double peak_mb;     /* largest resident memory, mapped files included, MiB */
};

/* A command: the program that argv[0] names, looked up in PATH. Where `here` is given, argv[0] is
 * this very program, and `here` does what its main() would: the child calls it in place of exec.
 * It is a process of its own all the same, under the same limits; what is saved is loading and
 * linking a program that is in memory already, half of the time of a small region. */
struct guard_command {
    char **argv; /* NULL-terminated */
    int (*here)(int argc, char **argv);
};

/* Runs a command with standard input from /dev/null, both outputs into the file log_path (replaced;
 * NULL: inherited) and no other open files, and waits for it. A command that cannot be started
 * exits with 127 and says why in the log. Nothing of its process group survives. The caller has
 * one thread.
 * error ERR_FAILED: the log or the process cannot be made. */
bool guard_run(const struct guard_command *command, const struct guard_limits *limits,
               const char *log_path, struct guard_outcome *out, struct err *e);

/* Asks the kernel to send this process SIGTERM when its parent dies. */
void guard_die_with_parent(void);

#endif
