#include "base/log_kept.h"

#include <stdlib.h>
#include <string.h>

static void keep(void *user, enum log_level level, const char *text)
{
    struct log_kept *k = user;
    size_t room = strlen(text) + 1;
    struct log_line *line = malloc(sizeof *line + room);
    if (!line)
        return;
    line->next = NULL;
    line->level = level;
    memcpy(line->text, text, room);
    *(k->last ? &k->last->next : &k->first) = line;
    k->last = line;
}

struct log_sink log_keeper(struct log_kept *k)
{
    return (struct log_sink){keep, k};
}

void log_repeat(struct log_kept *k)
{
    for (const struct log_line *line = k->first; line; line = line->next)
        log_say(line->level, "%s", line->text);
    log_forget(k);
}

void log_forget(struct log_kept *k)
{
    while (k->first) {
        struct log_line *line = k->first;
        k->first = line->next;
        free(line);
    }
    k->last = NULL;
}
