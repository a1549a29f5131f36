#include "io/atomic.h"

#include "base/sha1.h"

#include "base/cleanup.h"
#include "base/mem.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Host and process in the name: two machines on one file system, and a child that outlives its
 * killed parent, must not meet. */
static char *temp_name(const char *path)
{
    static atomic_uint serial;
    char host[65] = "";
    gethostname(host, sizeof host - 1);
    struct str s = {0};
    str_addf(&s, "%s.tmp.%s.%ld.%u", path, host, (long)getpid(), atomic_fetch_add(&serial, 1));
    return str_take(&s);
}

bool is_temp_name(const char *name)
{
    const char *at = strstr(name, ".tmp."), *end = name + strlen(name);
    for (int numbers = 0; at && numbers < 2; numbers++) {
        const char *last = end;
        while (last > at && last[-1] >= '0' && last[-1] <= '9')
            last--;
        if (last == end || last[-1] != '.')
            return false;
        end = last - 1;
    }
    return at && end > at + strlen(".tmp");
}

static void release(struct out_file *o, bool remove_temp)
{
    if (o->temp) {
        if (remove_temp)
            unlink(o->temp);
        cleanup_forget(o->temp);
    }
    free(o->temp);
    free(o->path);
    *o = (struct out_file){0};
}

/* A device, a pipe: /dev/null, >(command). A rename would put a file in its place, for root even in
 * that of /dev/null. */
static bool is_special(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

/* What is written to it cannot be taken back. */
static bool open_special(struct out_file *o, struct err *e)
{
    o->file = fopen(o->path, "wbe");
    if (o->file)
        return true;
    err_errno(e, "writing %s", o->path);
    free(o->path);
    *o = (struct out_file){0};
    return false;
}

bool out_open(struct out_file *o, const char *path, bool keep_equal, bool binary, struct err *e)
{
    *o = (struct out_file){.keep_equal = keep_equal};
    if (strcmp(path, "-") == 0) {
        if (binary && isatty(STDOUT_FILENO))
            return err_set(e, ERR_USAGE, "binary output is not written to a terminal");
        o->file = stdout;
        return true;
    }
    o->path = mem_strdup(path);
    if (is_special(path))
        return open_special(o, e);
    o->temp = temp_name(path);
    /* registered before the file exists: a signal may come between any two lines */
    cleanup_add(o->temp);
    int fd = open(o->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    o->file = fd < 0 ? NULL : fdopen(fd, "wb");
    if (!o->file) {
        err_errno(e, "writing %s", path);
        if (fd >= 0)
            close(fd);
        release(o, fd >= 0);
        return false;
    }
    return true;
}

bool same_bytes(const char *a, const char *b)
{
    FILE *f = fopen(a, "rb"), *g = fopen(b, "rb");
    bool same = f && g;
    while (same) {
        char x[1 << 14], y[1 << 14];
        size_t n = fread(x, 1, sizeof x, f), m = fread(y, 1, sizeof y, g);
        same = n == m && memcmp(x, y, n) == 0 && !ferror(f) && !ferror(g);
        if (n < sizeof x)
            break;
    }
    if (f)
        fclose(f);
    if (g)
        fclose(g);
    return same;
}

static const char flush_variable[] = "RADMILL_FLUSH", flush_later[] = "later";

void out_flush_later(bool later)
{
    if (later)
        setenv(flush_variable, flush_later, 1);
    else
        unsetenv(flush_variable);
}

static bool must_flush(const struct out_file *o)
{
    const char *when = getenv(flush_variable);
    return o->temp && !o->unflushed && (o->flushed || !when || strcmp(when, flush_later) != 0);
}

bool out_commit(struct out_file *o, struct err *e)
{
    if (!o->path) {
        bool ok = fflush(stdout) == 0 || err_errno(e, "writing standard output");
        *o = (struct out_file){0};
        return ok;
    }
    bool ok =
        fflush(o->file) == 0 && !ferror(o->file) && (!must_flush(o) || fsync(fileno(o->file)) == 0);
    int saved = errno;
    ok = (fclose(o->file) == 0 || (saved = errno, false)) && ok;
    bool keep = ok && o->temp && o->keep_equal && same_bytes(o->temp, o->path);
    if (ok && o->temp && !keep && rename(o->temp, o->path) != 0) {
        saved = errno;
        ok = false;
    }
    if (!ok) {
        errno = saved;
        err_errno(e, "writing %s", o->path);
    }
    release(o, !ok || keep);
    return ok;
}

void out_abort(struct out_file *o)
{
    if (o->path && o->file)
        fclose(o->file);
    release(o, true);
}

/* Does the file hold exactly these bytes? */
static bool holds(const char *path, const void *data, size_t bytes)
{
    FILE *f = fopen(path, "rbe");
    if (!f)
        return false;
    const char *at = data;
    char piece[1 << 14];
    size_t n, done = 0;
    while ((n = fread(piece, 1, sizeof piece, f)) > 0 && n <= bytes - done &&
           memcmp(piece, at + done, n) == 0)
        done += n;
    bool same = n == 0 && done == bytes && !ferror(f);
    fclose(f);
    return same;
}

static bool write_whole(const char *path, const void *data, size_t bytes, bool keep_equal,
                        bool flushed, struct err *e)
{
    if (keep_equal && strcmp(path, "-") != 0 && !is_special(path) && holds(path, data, bytes))
        return true; /* compared first, without a temporary file: flushing one costs milliseconds */
    struct out_file o;
    if (!out_open(&o, path, keep_equal, false, e))
        return false;
    o.flushed = flushed;
    if (bytes && fwrite(data, 1, bytes, o.file) != bytes) {
        err_errno(e, "writing %s", path);
        out_abort(&o);
        return false;
    }
    return out_commit(&o, e);
}

bool out_write(const char *path, const void *data, size_t bytes, bool keep_equal, struct err *e)
{
    return write_whole(path, data, bytes, keep_equal, false, e);
}

bool out_write_flushed(const char *path, const void *data, size_t bytes, struct err *e)
{
    return write_whole(path, data, bytes, true, true, e);
}

bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool out_refuse_input(const char *out, const char *input, struct err *e)
{
    if (!out || !input || strcmp(out, "-") == 0 || strcmp(input, "-") == 0)
        return true;
    if (same_file(out, input))
        return err_set(e, ERR_USAGE, "%s is both input and output", out);
    return true;
}

bool make_folders(const char *path, struct err *e)
{
    struct stat info;
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return true;
    char *parent = path_dir(path);
    bool ok = strcmp(parent, path) == 0 || strcmp(parent, ".") == 0 || make_folders(parent, e);
    free(parent);
    if (!ok || mkdir(path, 0777) == 0)
        return ok;
    if (errno == EEXIST) { /* another process made it meanwhile, or it is a file */
        if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
            return true;
        errno = ENOTDIR;
    }
    return err_errno(e, "making folder %s", path);
}

char *file_read(const char *path, size_t most, size_t *bytes, struct err *e)
{
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!f) {
        err_input(e, "%s", path);
        return NULL;
    }
    struct str s = {0};
    char chunk[1 << 14];
    size_t n;
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0 && s.len <= most)
        str_add_n(&s, chunk, n);
    bool ok = true;
    if (ferror(f))
        ok = err_errno(e, "reading %s", path);
    else if (s.len > most)
        ok = err_set(e, ERR_REFUSED, "%s: larger than %zu bytes", path, most);
    if (f != stdin)
        fclose(f);
    if (!ok) {
        str_free(&s);
        return NULL;
    }
    if (bytes)
        *bytes = s.len;
    return str_take(&s);
}

bool file_sha1(const char *path, char hex[41], struct err *e)
{
    struct sha1 digest;
    size_t bytes;
    char *text = file_read(path, SIZE_MAX / 2, &bytes, e);
    if (!text)
        return false;
    sha1_init(&digest);
    sha1_add(&digest, text, bytes);
    sha1_hex(&digest, hex);
    free(text);
    return true;
}
