#include "graph/flush.h"
#include "graph/graph.h"

#include "io/atomic.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_NOTE_BYTES = 128 };

/* This start of the machine (free()); NULL where the kernel does not tell, which is no start that
 * was noted. */
static char *this_start(void)
{
    struct err ignored = {0};
    return file_read("/proc/sys/kernel/random/boot_id", MOST_NOTE_BYTES, NULL, &ignored);
}

bool flush_is_due(void)
{
    return access(FLUSH_NOTE, F_OK) == 0;
}

bool flush_was_cut(void)
{
    struct err ignored = {0};
    if (!flush_is_due())
        return false;
    char *then = file_read(FLUSH_NOTE, MOST_NOTE_BYTES, NULL, &ignored), *now = this_start();
    bool same = then && now && *now && strcmp(then, now) == 0;
    free(then);
    free(now);
    return !same;
}

/* The note is on the disk before the first product that it is about. */
static bool place_note(const char *text, struct err *e)
{
    if (!out_write(FLUSH_NOTE, text, strlen(text), false, e))
        return false;
    int folder = open(STATE_DIR, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = folder >= 0 && (fsync(folder) == 0 || errno == EINVAL); /* some have no such thing */
    if (!ok)
        err_errno(e, "flushing " STATE_DIR);
    if (folder >= 0)
        close(folder);
    return ok;
}

/* OUTDIR, and the tables' folder when it lies on another file system (a link); else -1. */
static void open_folders(struct flush *f)
{
    static const char *const name[] = {".", "_RESULTS"};
    struct stat st[2];
    for (int i = 0; i < 2; i++) {
        f->folder[i] = open(name[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (f->folder[i] >= 0 && fstat(f->folder[i], &st[i]) == 0 &&
            (i == 0 || st[i].st_dev != st[0].st_dev))
            continue;
        if (f->folder[i] >= 0)
            close(f->folder[i]);
        f->folder[i] = -1;
    }
}

bool flush_begin(struct flush *f, struct err *e)
{
    char *now = this_start();
    bool ok = place_note(now ? now : "", e);
    free(now);
    open_folders(f);
    ok = ok && (f->folder[0] >= 0 || err_errno(e, "the current folder"));
    out_flush_later(ok);
    return ok;
}

bool flush_end(struct flush *f, bool now, struct err *e)
{
    bool ok = true;
    struct err ignored = {0};
    out_flush_later(false);
    for (int i = 0; i < 2; i++) {
        if (f->folder[i] < 0)
            continue;
        if (ok && now && syncfs(f->folder[i]) != 0)
            ok = err_errno(e, "what the run wrote is not all on the disk");
        close(f->folder[i]);
    }
    if (!ok)
        place_note("lost\n", &ignored);
    else if (now)
        unlink(FLUSH_NOTE);
    return ok;
}
