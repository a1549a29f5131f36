#include "graph/workers.h"

#include "base/num.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_AUTOMATIC = 4 };

int workers_from_makeflags(const char *makeflags)
{
    const char *end = makeflags ? strstr(makeflags, " -- ") : NULL;
    int n = 0;
    for (const char *at = makeflags; at && *at && at != end;) {
        at += strspn(at, " ");
        size_t word = strcspn(at, " ");
        if (strncmp(at, "-j", 2) == 0 && word > 2) {
            char *stop;
            long value = strtol(at + 2, &stop, 10);
            if (stop == at + word && value >= 1 && value <= INT_MAX)
                n = (int)value;
        }
        at += word;
        if (end && at > end)
            break;
    }
    return n;
}

static bool is_no(const char *text)
{
    static const char *const words[] = {"0", "false", "no", "off", NULL};
    for (const char *const *w = words; text && *w; w++)
        if (strcasecmp(text, *w) == 0)
            return true;
    return false;
}

static int at_least_one(double n)
{
    return n < 1 ? 1 : n > INT_MAX ? INT_MAX : (int)n;
}

static int automatic(const struct workers_input *in)
{
    int n = in->tasks / 2 < 1 ? 1 : in->tasks / 2;
    if (n > MOST_AUTOMATIC)
        n = MOST_AUTOMATIC;
    if (in->allocated > 0)
        n = in->allocated;
    if (n > in->cores)
        n = at_least_one(in->cores);
    if (in->task_mb > 0 && n > in->memory_mb / in->task_mb)
        n = at_least_one(in->memory_mb / in->task_mb);
    return n;
}

struct workers workers_choose(const struct workers_input *in)
{
    int64_t wanted;
    int flag = in->jobs > 0 ? in->jobs : workers_from_makeflags(in->makeflags);
    if (flag)
        return (struct workers){flag, "-j"};
    if (is_no(in->use_parallel))
        return (struct workers){1, "RTPIPELINE_USE_PARALLEL_RADIOMICS"};
    if (in->workers && num_parse_int(in->workers, &wanted) && wanted >= 1 && wanted <= INT_MAX)
        return (struct workers){(int)wanted, "RTPIPELINE_RADIOMICS_WORKERS"};
    return (struct workers){automatic(in), in->allocated > 0 ? "the allocation" : "automatic"};
}
