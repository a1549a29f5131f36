#include "graph/lock.h"

#include "base/str.h"
#include "graph/graph.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#define LOCK_FILE STATE_DIR "/lock"

bool lock_take(struct err *e)
{
    int fd = open(LOCK_FILE, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return err_errno(e, "cannot open " LOCK_FILE);
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return true;
    close(fd);
    return err_set(e, ERR_FAILED, "another run is at work in this OUTDIR");
}

bool lock_is_held(const char *outdir)
{
    char *path = path_join(outdir, LOCK_FILE);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0;
    if (fd >= 0)
        close(fd);
    free(path);
    return held;
}
