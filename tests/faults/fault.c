/* Makes one system call fail, for tests: to be preloaded (LD_PRELOAD) into a program.
 *
 *     FAULT=CALL:N:ERRNO    the N-th CALL of the process fails with this number; CALL is open,
 *                           read, write, fsync, syncfs, rename, mmap, fork or thread
 *     FAULT_PROGRAM=NAME    only in the program of this name, also where a forked child goes on
 *                           under that name; its calls are counted from there
 *     FAULT_ARGUMENT=TEXT   only when this is among its arguments
 *     FAULT_PATH=TEXT       of open, and of read by its number: only files whose path holds this
 *                           text ("pipe:" of pipes) are counted, and every one from the N-th on
 *                           fails
 *     FAULT_MARK=FILE       is made when it fails, and once it is there nothing fails any more
 *     FAULT_LIST=FILE       instead of FAULT: nothing fails, and each call adds three words: CALL,
 *                           N, and a digest of the way through the program that led to it
 *
 * The C library's own streams count as what they do (fread is a read), since their system calls
 * cannot be seen from here. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum call {
    CALL_OPEN,
    CALL_READ,
    CALL_WRITE,
    CALL_FSYNC,
    CALL_SYNCFS,
    CALL_RENAME,
    CALL_MMAP,
    CALL_FORK,
    CALL_THREAD,
    CALLS
};
static const char *const names[CALLS] = {"open",   "read", "write", "fsync", "syncfs",
                                         "rename", "mmap", "fork",  "thread"};

static struct plan {
    int call; /* CALLS: nothing is to fail */
    long n;
    int code;
    const char *path, *mark, *list;
} plan = {.call = CALLS};
static atomic_long count[CALLS];

/* The arguments of the process, and the name that it had when the plan was read. */
static int argc;
static char **argv;
static const char *planned_for;

static bool is_meant(void)
{
    const char *program = getenv("FAULT_PROGRAM"), *argument = getenv("FAULT_ARGUMENT");
    bool has = !argument;
    for (int i = 1; !has && i < argc; i++)
        has = strcmp(argv[i], argument) == 0;
    return has && (!program || strcmp(program, program_invocation_short_name) == 0);
}

static void read_plan(void)
{
    const char *fault = getenv("FAULT");
    char name[16];
    planned_for = program_invocation_short_name;
    plan = (struct plan){.call = CALLS};
    for (int i = 0; i < CALLS; i++)
        count[i] = 0;
    if (!is_meant())
        return;
    plan.list = getenv("FAULT_LIST");
    if (plan.list || !fault || sscanf(fault, "%15[a-z]:%ld:%d", name, &plan.n, &plan.code) != 3)
        return;
    plan.path = getenv("FAULT_PATH");
    plan.mark = getenv("FAULT_MARK");
    for (plan.call = 0; plan.call < CALLS && strcmp(names[plan.call], name) != 0;)
        plan.call++;
}

__attribute__((constructor)) static void begin(int n, char **arguments)
{
    argc = n;
    argv = arguments;
    read_plan();
}

/* The innermost function, and those of the program itself on the way to it: not what a library does
 * within. Places are counted from where the program or library was loaded. */
static uint64_t site(void)
{
    enum { MOST = 48, OURS = 3 }; /* site, list, fails */
    void *frame[MOST];
    Dl_info self, at;
    uint64_t digest = 14695981039346656037u;
    int n = backtrace(frame, MOST);
    if (!dladdr((void *)getauxval(AT_ENTRY), &self))
        return 0;
    for (int i = OURS; i < n; i++) {
        if (!dladdr(frame[i], &at) || (i > OURS + 1 && at.dli_fbase != self.dli_fbase))
            continue;
        digest = (digest ^ (uint64_t)((char *)frame[i] - (char *)at.dli_fbase)) * 1099511628211u;
    }
    return digest;
}

__attribute__((noinline)) static void list(enum call call)
{
    char line[64];
    int saved = errno;
    int n = snprintf(line, sizeof line, "%s %ld %016llx\n", names[call],
                     atomic_fetch_add(&count[call], 1) + 1, (unsigned long long)site());
    long fd = syscall(SYS_openat, AT_FDCWD, plan.list, O_WRONLY | O_CREAT | O_APPEND, 0666);
    syscall(SYS_write, fd, line, n);
    syscall(SYS_close, fd);
    errno = saved;
}

/* Whether this one fails; errno says how. */
__attribute__((noinline)) static bool fails(enum call call, const char *path)
{
    if (planned_for != program_invocation_short_name)
        read_plan();
    if (plan.list)
        list(call);
    if ((int)call != plan.call || (plan.path && (!path || !strstr(path, plan.path))))
        return false;
    long now = atomic_fetch_add(&count[call], 1) + 1;
    if (plan.path ? now < plan.n : now != plan.n)
        return false;
    int saved = errno;
    if (plan.mark) {
        long fd = syscall(SYS_openat, AT_FDCWD, plan.mark, O_WRONLY | O_CREAT | O_EXCL, 0666);
        if (fd < 0) {
            errno = saved; /* readdir tells its end from an error by what was here before */
            return false;
        }
        syscall(SYS_close, fd);
    }
    errno = plan.code;
    return true;
}

#define REAL(type, name, ...)                                                                      \
    static type (*real)(__VA_ARGS__);                                                              \
    if (!real)                                                                                     \
    *(void **)&real = dlsym(RTLD_NEXT, name)

#define OPEN(function)                                                                             \
    int function(const char *path, int flags, ...)                                                 \
    {                                                                                              \
        va_list args;                                                                              \
        va_start(args, flags);                                                                     \
        mode_t mode = va_arg(args, mode_t);                                                        \
        va_end(args);                                                                              \
        REAL(int, #function, const char *, int, ...);                                              \
        return fails(CALL_OPEN, path) ? -1 : real(path, flags, mode);                              \
    }
OPEN(open)
OPEN(open64)

#define FOPEN(function)                                                                            \
    FILE *function(const char *path, const char *mode)                                             \
    {                                                                                              \
        REAL(FILE *, #function, const char *, const char *);                                       \
        return fails(CALL_OPEN, path) ? NULL : real(path, mode);                                   \
    }
FOPEN(fopen)
FOPEN(fopen64)

DIR *opendir(const char *path)
{
    REAL(DIR *, "opendir", const char *);
    return fails(CALL_OPEN, path) ? NULL : real(path);
}

ssize_t read(int fd, void *buffer, size_t bytes)
{
    REAL(ssize_t, "read", int, void *, size_t);
    char link[32], path[256] = "";
    if (plan.path && plan.call == CALL_READ) {
        int saved = errno;
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        if (syscall(SYS_readlink, link, path, sizeof path - 1) < 0)
            path[0] = '\0';
        errno = saved;
    }
    return fails(CALL_READ, path) ? -1 : real(fd, buffer, bytes);
}

#define PREAD(function, offset_type)                                                               \
    ssize_t function(int fd, void *buffer, size_t bytes, offset_type at)                           \
    {                                                                                              \
        REAL(ssize_t, #function, int, void *, size_t, offset_type);                                \
        return fails(CALL_READ, NULL) ? -1 : real(fd, buffer, bytes, at);                          \
    }
PREAD(pread, off_t)
PREAD(pread64, off64_t)

struct dirent *readdir(DIR *folder)
{
    REAL(struct dirent *, "readdir", DIR *);
    return fails(CALL_READ, NULL) ? NULL : real(folder);
}

static void spoil(FILE *file)
{
    file->_flags |= 0x20; /* glibc's mark that ferror looks at */
}

size_t fread(void *buffer, size_t size, size_t n, FILE *file)
{
    REAL(size_t, "fread", void *, size_t, size_t, FILE *);
    if (!fails(CALL_READ, NULL))
        return real(buffer, size, n, file);
    spoil(file);
    return 0;
}

ssize_t write(int fd, const void *buffer, size_t bytes)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    return fails(CALL_WRITE, NULL) ? -1 : real(fd, buffer, bytes);
}

#define PWRITE(function, offset_type)                                                              \
    ssize_t function(int fd, const void *buffer, size_t bytes, offset_type at)                     \
    {                                                                                              \
        REAL(ssize_t, #function, int, const void *, size_t, offset_type);                          \
        return fails(CALL_WRITE, NULL) ? -1 : real(fd, buffer, bytes, at);                         \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

size_t fwrite(const void *buffer, size_t size, size_t n, FILE *file)
{
    REAL(size_t, "fwrite", const void *, size_t, size_t, FILE *);
    if (!fails(CALL_WRITE, NULL))
        return real(buffer, size, n, file);
    spoil(file);
    return 0;
}

int fflush(FILE *file)
{
    REAL(int, "fflush", FILE *);
    return fails(CALL_WRITE, NULL) ? EOF : real(file);
}

int fclose(FILE *file)
{
    REAL(int, "fclose", FILE *);
    bool lost = (fcntl(fileno(file), F_GETFL) & O_ACCMODE) != O_RDONLY && fails(CALL_WRITE, NULL);
    int saved = errno, closed = real(file);
    if (!lost)
        return closed;
    errno = saved;
    return EOF;
}

int fsync(int fd)
{
    REAL(int, "fsync", int);
    return fails(CALL_FSYNC, NULL) ? -1 : real(fd);
}

int fdatasync(int fd)
{
    REAL(int, "fdatasync", int);
    return fails(CALL_FSYNC, NULL) ? -1 : real(fd);
}

int syncfs(int fd)
{
    REAL(int, "syncfs", int);
    return fails(CALL_SYNCFS, NULL) ? -1 : real(fd);
}

int rename(const char *from, const char *to)
{
    REAL(int, "rename", const char *, const char *);
    return fails(CALL_RENAME, to) ? -1 : real(from, to);
}

#define MMAP(function, offset_type)                                                                \
    void *function(void *at, size_t bytes, int protection, int flags, int fd, offset_type offset)  \
    {                                                                                              \
        REAL(void *, #function, void *, size_t, int, int, int, offset_type);                       \
        return fails(CALL_MMAP, NULL) ? MAP_FAILED                                                 \
                                      : real(at, bytes, protection, flags, fd, offset);            \
    }
MMAP(mmap, off_t)
MMAP(mmap64, off64_t)

pid_t fork(void)
{
    REAL(pid_t, "fork", void);
    return fails(CALL_FORK, NULL) ? -1 : real();
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*work)(void *),
                   void *argument)
{
    REAL(int, "pthread_create", pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    return fails(CALL_THREAD, NULL) ? errno : real(thread, attributes, work, argument);
}
