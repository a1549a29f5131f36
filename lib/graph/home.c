#include "graph/home.h"

#include "base/str.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

bool home_find(char **bin, char **rules, struct err *e)
{
    static const char *const places[] = {"../share/radmill", "..", "../..", "../../..", NULL};
    char self[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n < 0)
        return err_errno(e, "/proc/self/exe");
    self[n] = '\0';
    *bin = path_dir(self);
    *rules = NULL;
    for (const char *const *place = places; *place && !*rules; place++) {
        struct str s = {0};
        str_addf(&s, "%s/%s/rules/pipeline.ninja", *bin, *place);
        *rules = realpath(s.text, NULL);
        str_free(&s);
    }
    return *rules || err_set(e, ERR_FAILED, "no rules/pipeline.ninja near %s", *bin);
}
