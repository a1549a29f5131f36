/* Names of data files that a header gives by a pattern, or from its own folder. */
#include "base/mem.h"
#include "io/voxels.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FILES = 65536, MOST_WIDTH = 32 };

/* The one "%d", "%5d" or "%05d" of a pattern: its parts around it; it is never used as a printf
 * format, since it comes from a file. */
static bool split(const char *pattern, size_t *before, bool *zeros, int *width, const char **behind)
{
    const char *at = strchr(pattern, '%');
    if (!at || strchr(at + 1, '%'))
        return false;
    *before = (size_t)(at++ - pattern);
    *zeros = *at == '0';
    char *end;
    *width = (int)strtol(at, &end, 10);
    *behind = end + 1;
    return (*end == 'd' || *end == 'i' || *end == 'u') && *width >= 0 && *width <= MOST_WIDTH &&
           *at != '+' && *at != '-' && *at != ' ';
}

bool voxel_files_pattern(struct str_list *to, const char *pattern, int64_t first, int64_t last,
                         int64_t step)
{
    size_t before;
    bool zeros;
    int width;
    const char *behind;
    bool ok = split(pattern, &before, &zeros, &width, &behind) && step != 0 && first >= 0 &&
              first <= INT32_MAX && last >= 0 && last <= INT32_MAX && step >= -INT32_MAX &&
              step <= INT32_MAX && (last - first) / step >= 0 && (last - first) / step < MOST_FILES;
    for (int64_t i = first; ok && (step > 0 ? i <= last : i >= last); i += step) {
        struct str name = {0};
        str_addf(&name, "%.*s", (int)before, pattern);
        str_addf(&name, zeros ? "%0*" PRId64 : "%*" PRId64, width, i);
        str_addf(&name, "%s", behind);
        str_list_add(to, name.text);
        str_free(&name);
    }
    return ok;
}

void voxel_files_beside(struct str_list *names, const char *header)
{
    char *folder = path_dir(header);
    for (size_t i = 0; i < names->n; i++) {
        char *path = path_join(folder, names->item[i]);
        free(names->item[i]);
        names->item[i] = path;
    }
    free(folder);
}
