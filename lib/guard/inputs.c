#include "guard/inputs.h"

#include "base/mem.h"
#include "base/str.h"
#include "io/json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 18 };

static bool read_to_end(int fd)
{
    char *piece = mem_must(malloc(PIECE));
    ssize_t n;
    while ((n = read(fd, piece, PIECE)) > 0 || (n < 0 && errno == EINTR))
        ;
    int saved = errno;
    free(piece);
    errno = saved;
    return n == 0;
}

bool input_reads(const char *path, const char *name, bool read_all, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(e, "%s", name);
    bool ok = !read_all || read_to_end(fd) || err_errno(e, "reading %s", name);
    close(fd);
    return ok;
}

static bool check_file(const char *root, const json_t *file, bool read_all, struct err *e)
{
    int64_t size, mtime_ns;
    struct stat st;
    const char *given = json_get_text(file, "path", NULL);
    const char *name = json_get_text(file, "alias", given);
    if (!given || !json_get_int(file, "size", &size) || !json_get_int(file, "mtime_ns", &mtime_ns))
        return true;
    char *path = path_join(root, given);
    bool ok = stat(path, &st) == 0 || err_errno(e, "%s", name);
    if (ok &&
        (st.st_size != size || st.st_mtim.tv_sec * 1000000000LL + st.st_mtim.tv_nsec != mtime_ns))
        ok = err_set(e, ERR_FAILED, "%s has changed since the scan", name);
    ok = ok && input_reads(path, name, read_all, e);
    free(path);
    return ok;
}

static bool check(const char *root, const json_t *value, bool read_all, struct err *e)
{
    const char *key;
    const json_t *inner;
    size_t i;
    bool ok = true;
    if (json_is_object(value)) {
        ok = check_file(root, value, read_all, e);
        json_object_foreach((json_t *)value, key, inner)
        {
            ok = ok && check(root, inner, read_all, e);
        }
    }
    json_array_foreach(value, i, inner)
    {
        ok = ok && check(root, inner, read_all, e);
    }
    return ok;
}

bool inputs_check(const char *job, bool read_all, struct err *e)
{
    json_t *root = json_read(job, e);
    if (!root) {
        e->code = ERR_FAILED;
        return false;
    }
    bool ok = check(json_get_text(root, "root", "."), root, read_all, e);
    json_decref(root);
    return ok;
}
